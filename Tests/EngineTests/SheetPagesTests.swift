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
    let pageByteCount = Int(getpagesize())
    let first = Int(bitPattern: memory.baseAddress) / pageByteCount
    // A word for each page of the process, whose highest bit says that it is there.
    var words = [UInt64](repeating: 0, count: (memory.count + pageByteCount - 1) / pageByteCount)
    let descriptor = open("/proc/self/pagemap", O_RDONLY)
    defer { close(descriptor) }
    let byteCount = words.count * 8
    try #require(pread(descriptor, &words, byteCount, off_t(first * 8)) == byteCount)
    return words.count { $0 >> 63 == 1 } * pageByteCount
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
