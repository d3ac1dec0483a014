import Definition
import EventLog
import TestBooks
import Testing

@testable import Engine
@testable import Reading

@Suite("Joining leads") struct LeadJoinTests {
  /// The sheets of some segments, all of whose keys have one hash and so stand in one partition.
  private func sheets(_ segments: [[String]]) throws -> [Sheet] {
    let definition = try Definition.load(
      text: "name: d\njourney: [a]\ninteractions: { v: { type: view, stage: a } }\n", file: "d.yaml"
    )
    let scratch = try ScratchBook()
    try scratch.writeLog(
      segments.enumerated().map { number, leads in
        let lines = leads.enumerated().map { line, lead in
          #"{"id":"\#(number)-\#(line)","time":"2026-01-01T00:00:00Z","#
            + #""type":"view","lead":"\#(lead)"}"#
        }
        return ("\(number + 1).ndjson", Array((lines.joined(separator: "\n") + "\n").utf8))
      })
    return try readSegments(
      listSegments(in: scratch.book.log), plan: ReadingPlan(definition), cache: nil,
      jobs: 1
    ) { _ in }.map { try withOneHash($0.sheets[0]) }
  }

  private func withOneHash(_ sheet: Sheet) throws -> Sheet {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: sheet.region.count + SheetEnding.byteCount(behind: sheet.region.count),
      alignment: 8)
    memory.copyMemory(from: sheet.region)
    let base = try #require(sheet.region.baseAddress)
    let keys = UnsafeRawPointer(sheet.keys) - base
    for key in 0..<sheet.keyCount {
      memory.storeBytes(
        of: 5, toByteOffset: keys + key * MemoryLayout<SheetKey>.stride, as: UInt64.self)
    }
    let partitions = UnsafeRawPointer(sheet.partitions) - base
    for partition in 1...Sheet.partitionCount {
      memory.storeBytes(
        of: UInt32(sheet.keyCount), toByteOffset: partitions + partition * 4, as: UInt32.self)
    }
    let ending = SheetEnding(
      of: UnsafeRawBufferPointer(rebasing: memory[..<sheet.region.count]))
    ending.words.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: memory[sheet.region.count...]).copyMemory(from: $0)
    }
    // The hashes are not those of the keys, so nobody is to look at them.
    let opened = Sheet.open(UnsafeRawBufferPointer(memory), events: .later) { $0.deallocate() }
    opened?.hasEvents = true
    return try #require(opened)
  }

  @Test(
    "keys of one hash are told apart by their bytes, in few sheets and in many",
    arguments: 1...7 as ClosedRange<Int>)
  func oneHash(sheetCount: Int) throws {
    let leads = ["ann@a.example", "bob@a.example", "cas@a.example", "dee@a.example"]
    // Each lead in other sheets, and the second in none but the first.
    let segments = (0..<sheetCount).map { sheet in
      leads.indices.filter { $0 == 1 ? sheet == 0 : sheet % ($0 + 1) == 0 || sheet == 0 }
        .map { leads[$0] }
    }
    let set = try SheetSet(sheets(segments), dictionaryCount: 0, jobs: 1)
    var join = LeadJoin()
    var found: [String: [Int]] = [:]
    join.forEachLead(set, 0, excluding: KeyMarks(set.sheets)) { places in
      let names = Set(
        places.map {
          String(decoding: set.sheets[Int($0.sheet)].key(Int($0.key)), as: UTF8.self)
        })
      #expect(names.count == 1)
      #expect(found.updateValue(places.map { Int($0.sheet) }, forKey: names.first ?? "") == nil)
    }
    let wanted = Dictionary(
      uniqueKeysWithValues: leads.map { lead in
        (lead, segments.indices.filter { segments[$0].contains(lead) })
      })
    #expect(found == wanted)
  }
}
