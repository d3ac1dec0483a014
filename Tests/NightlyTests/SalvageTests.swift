import EventLog
import Files
import Foundation
import Snapshots
import TestBooks
import TestFiles
import Testing

@Suite("run --salvage") struct SalvageTests {
  /// The members of a BGZF file that the test damages, by where they begin.
  private func starts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    while let last = starts.last, last + 18 <= bytes.count {
      starts.append(last + Int(bytes[last + 16]) + Int(bytes[last + 17]) * 256 + 1)
    }
    return starts
  }

  private func events(_ book: SmallBook) throws -> Int {
    try book.readings(salvages: true).reduce(0) { $0 + $1.eventCount }
  }

  @Test("a bad block of BGZF is left out, all others are read, and the sums say so everywhere")
  func badBlock() throws {
    let book = try SmallBook(eventCount: 4000)
    var bytes = try book.bytes(of: "log/000002.ndjson.gz")
    let places = starts(bytes)
    bytes[places[1] + 200] ^= 1
    try book.write(bytes, to: "log/000002.ndjson.gz")
    #expect(throws: FileError.self) { try book.run() }

    let report = try book.run(salvages: true)
    let loss = try #require(report.salvaged?.first)
    #expect(report.salvaged?.count == 1 && loss.path == "000002.ndjson.gz")
    #expect(loss.lost.map(\.fromByte) == [places[1]] && loss.lost.map(\.toByte) == [places[2]])
    let missing = try #require(loss.missingEvents)
    #expect(missing > 500 && missing < 1500)
    // The lost lines are known to the line, because all others are there.
    #expect(loss.lost[0].toLine == loss.lost[0].fromLine + missing - 1)
    #expect(loss.uncheckedLines == 0)
    #expect(report.summary.events.read == 8000 - missing)
    #expect(report.summary.salvaged?.missingEvents == missing)
    let latest = "\(book.book.snapshots)/latest"
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: URL(fileURLWithPath: "\(latest)/manifest.json")))
    #expect(manifest.salvaged == report.salvaged)
    // The snapshot is sound by itself; what is damaged is the log.
    #expect(try book.verify().damage.map(\.file) == ["log/000002.ndjson.gz"])
  }

  @Test("what was salvaged is not kept in the cache, and a log that is mended gives all again")
  func mended() throws {
    let book = try SmallBook()
    let whole = try book.bytes(of: "log/000001.ndjson.gz")
    let before = try book.files()
    try book.write(Array(whole.dropLast(40)), to: "log/000001.ndjson.gz")
    usleep(60_000)
    #expect(try events(book) == 3)
    let sheets = try book.files().filter { $0.hasSuffix(".sheet") }
    #expect(sheets == before.filter { $0.hasSuffix(".sheet") })
    try book.write(whole, to: "log/000001.ndjson.gz")
    #expect(try events(book) == 6)
    #expect(try book.run(salvages: true).salvaged == nil)
  }

  @Test("segments and entries of the chain that are gone are told, and the rest is read")
  func missing() throws {
    let book = try SmallBook()
    unlink("\(book.book.log)/000001.ndjson.gz")
    let report = try book.run(salvages: true)
    #expect(report.salvaged?.map(\.missingEvents) == [3])
    #expect(report.salvaged?.first?.path == "000001.ndjson.gz")
    #expect(report.summary.events.read == 3)
    try book.write(Array("nonsense\n".utf8), to: "log/chain.ndjson")
    #expect(try book.run(salvages: true).salvaged?.map(\.path) == ["chain.ndjson"])
  }

  @Test("a line that a loss cuts is refused, not glued to another")
  func cutLines() throws {
    // Members that end within lines, as bgzip makes them: of whole lines and of a line's beginning by turns.
    let lines = (0..<40).map {
      #"{"id":"c\#($0)","time":"1970-01-01T00:00:01Z","type":"page_view","lead":"l"}"# + "\n"
    }
    let text = Array(lines.joined().utf8)
    let end = BlockGzipWriter.endMarker
    let blocks = try stride(from: 0, to: text.count, by: 1000).map {
      Array(try blockGzip(Array(text[$0..<min($0 + 1000, text.count)])).dropLast(end.count))
    }
    for lost in blocks.indices {
      var damaged = blocks
      damaged[lost][30] ^= 4
      damaged[lost][blocks[lost].count - 8] ^= 1
      let book = try SmallBook()
      try book.write(Array(damaged.joined()) + end, to: "log/foreign.ndjson.gz")
      let reading = try #require(try book.readings(salvages: true).last)
      let touched = lines.indices.count { index in
        let start = lines[..<index].reduce(0) { $0 + $1.utf8.count }
        return start < (lost + 1) * 1000 && start + lines[index].utf8.count > lost * 1000
      }
      #expect(reading.eventCount == 40 - touched, "block \(lost)")
      #expect(reading.refusedCount <= 2)
      #expect(reading.salvage?.lost.count == 1)
    }
  }

  @Test(
    "of plain gzip, what inflates before the damage is read and not vouched for, and whole members behind are"
  )
  func plainMembers() throws {
    let groups = (0..<3).map { member in
      (0..<200).map {
        #"{"id":"\#(member)-\#($0)","time":"1970-01-01T00:00:01Z","type":"page_view","lead":"l"}"#
          + "\n"
      }.joined()
    }
    let members = groups.map { gzipMember(Array($0.utf8)) }
    let second = members[0].count
    let cases: [(bytes: [UInt8], events: ClosedRange<Int>, unchecked: ClosedRange<Int>)] = [
      // A wrong checksum: all inflates, a third of it without a voucher.
      (edit(members.joined(), second + members[1].count - 8), 600...600, 200...200),
      // A stored block with a wrong length breaks off at once.
      (edit(members.joined(), second + 12), 400...400, 0...0),
      // No magic: the member is lost, the next is found.
      (edit(members.joined(), second), 400...400, 0...0),
      (Array(members.joined().dropLast(9000)), 400...599, 1...199),
    ]
    for (number, each) in cases.enumerated() {
      let book = try SmallBook()
      try book.write(each.bytes, to: "log/foreign.ndjson.gz")
      #expect(throws: FileError.self) { try book.read() }
      let reading = try #require(try book.readings(salvages: true).last)
      let unchecked = reading.salvage?.uncheckedLines ?? -1
      #expect(each.events.contains(reading.eventCount), "case \(number): \(reading.eventCount)")
      #expect(each.unchecked.contains(unchecked), "case \(number): \(unchecked)")
    }
  }

  private func edit(_ bytes: some Sequence<UInt8>, _ place: Int) -> [UInt8] {
    var bytes = Array(bytes)
    bytes[place] ^= 0x10
    return bytes
  }

  @Test(
    "any bytes whatever are salvaged without a crash, and never give an event that was not there")
  func anyBytes() throws {
    let book = try SmallBook(eventCount: 40)
    let whole = try book.bytes(of: "log/000002.ndjson.gz")
    var seed: UInt64 = 42
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    for round in 0..<300 {
      var bytes = whole
      for _ in 0...next(4) { bytes[next(bytes.count)] = UInt8(next(256)) }
      if round % 3 == 0 { bytes.removeSubrange(next(bytes.count)...) }
      if round % 5 == 0 {
        bytes.insert(contentsOf: whole.prefix(next(60)), at: next(bytes.count + 1))
      }
      try book.write(bytes, to: "log/000002.ndjson.gz")
      let reading = try #require(try book.readings(salvages: true).last)
      #expect(reading.eventCount <= 40, "round \(round)")
    }
  }
}
