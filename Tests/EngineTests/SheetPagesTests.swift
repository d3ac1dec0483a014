import Definition
import Foundation
import Reading
import TestBooks
import Testing

@testable import Engine

@Suite("Pages of sheets") struct SheetPagesTests {
  private static let lines = (0..<20_000).map { number in
    #"{"id":"\#(number)","time":"2026-01-01T00:00:00Z","type":"view","lead":"lead \#(number % 9000)"}"#
  }.joined(separator: "\n")

  private let plan: ReadingPlan

  init() throws {
    plan = ReadingPlan(
      try Definition.load(
        text:
          "name: d\ninteractions: { view: { type: view } }\nscores: { s: { points: { view: 1 } } }",
        file: "d.yaml"))
  }

  /// How much of some memory is in this process's own.
  private func residentByteCount(_ memory: UnsafeRawBufferPointer) throws -> Int {
    let start = UInt(bitPattern: memory.baseAddress)
    var isInside = false
    var sum = 0
    for line in try String(contentsOfFile: "/proc/self/smaps", encoding: .utf8).split(
      separator: "\n")
    {
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      if ends.count == 2 { isInside = ends[0] >= start && ends[0] < start + UInt(memory.count) }
      if isInside, words[0] == "Rss:" { sum += (Int(words[1]) ?? 0) << 10 }
    }
    return sum
  }

  @Test("what is let go of comes again as it was, and a touch brings only what is near")
  func mapped() throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", Array(Self.lines.utf8))])
    let reader = try LogReader(Log(of: scratch.book))
    let sheet = try #require(try reader.sheets(for: plan, .apart).all.first)
    #expect(sheet.isMapped)
    let bytes = Array(sheet.region)
    #if os(Linux)
      #expect(try residentByteCount(sheet.memory) >= bytes.count)
    #endif
    SheetPages([sheet]).letGo()
    #if os(Linux)
      #expect(try residentByteCount(sheet.memory) == 0)
      #expect(sheet.region[bytes.count / 2] == bytes[bytes.count / 2])
      let touched = try residentByteCount(sheet.memory)
      #expect(touched > 0 && touched <= 1 << 19)
    #endif
    #expect(Array(sheet.region) == bytes)
  }

  @Test("a sheet that is in no file keeps what it has")
  func unmapped() throws {
    let decoder = SegmentDecoder(plan: plan)
    var text = Array(Self.lines.utf8)
    let count = text.count
    text += [UInt8](repeating: 0, count: 64)
    text.withUnsafeBytes {
      decoder.decode(UnsafeRawBufferPointer(rebasing: $0[..<count]), firstLine: 1)
    }
    let sheet = decoder.seal()
    #expect(!sheet.isMapped)
    let bytes = Array(sheet.region)
    SheetPages([sheet]).letGo()
    #expect(Array(sheet.region) == bytes)
    #expect(sheet.rowCount == 20_000)
  }
}
