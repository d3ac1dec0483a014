import Files
import Foundation
import TestFiles
import Testing

@testable import EventLog

@Suite("How much a file may inflate to") struct InflationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let line = [UInt8](repeating: UInt8(ascii: "a"), count: 8191) + [0x0A]
  private static let lineCount = 70 * 128

  /// 70 MiB of lines that could hardly be more alike.
  private func dense(level: Int = 9) throws -> [UInt8] {
    let lines = Array([[UInt8]](repeating: Self.line, count: 128).joined())
    var file: [UInt8] = []
    let writer = BlockGzipWriter(level: level) { file += Array($0) }
    for _ in 0..<Self.lineCount / 128 { try writer.write(lines) }
    try writer.finish()
    return file
  }

  @Test("whatever lines we write, no reader takes the file for a bomb", arguments: [1, 9])
  func writer(level: Int) throws {
    let segment = try folder.write(try dense(level: level), to: "dense.ndjson.gz")
    #expect(segment.byteCount > Self.lineCount * Self.line.count / 130)
    #expect(segment.byteCount < Self.lineCount * Self.line.count / 100)
    #expect(try readLines(of: segment) { _ in }.lineCount == Self.lineCount)
    #expect(try readBytes(of: segment) { _ in }.inflatedByteCount == 70 << 20)
    try InflationLimit().check(
      #require(try blockSlices(of: segment, inflatedByteCount: 1 << 20)), of: segment)
    let map = try mapMembers(of: segment)
    #expect(map.isWhole && map.lineCount == Self.lineCount)
  }

  @Test("a block of one line comes out as it went in, with each inflater")
  func padding() throws {
    for count in [1, 127, 128, 640, 641, 8191, 65_279, 65_280, 200_000] {
      let text = [UInt8](repeating: UInt8(ascii: "a"), count: count) + [0x0A]
      let file = try blockGzip(text)
      let segment = try folder.write(file, to: "one.ndjson.gz")
      #expect(try Seen(segment).bytes == text, "\(count)")
      var source = try GzipSource<ZlibInflater>(segment)
      let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 1)
      defer { output.deallocate() }
      let filling = try source.fill(output)
      #expect(filling.damage == nil && Array(output[..<filling.count]) == text, "\(count)")
    }
  }

  @Test("what the chain has is read however dense it is, and nothing else is")
  func chain() throws {
    let limit = InflationLimit(ratioMax: 50)
    let bytes = try dense()
    let root = "\(folder.path)/log"
    let appender = try LogAppender(log: root)
    let draft = try appender.beginSegment(level: 9)
    for _ in 0..<Self.lineCount { try draft.write(Self.line) }
    let entry = try appender.commit(draft, span: EventSpan(), appended: 1)
    try folder.write(bytes, to: "log/foreign.ndjson.gz")
    let segments = try listSegments(in: root)
    #expect(segments.map(\.isInChain) == [true, false])
    for segment in segments {
      let slices = try #require(try blockSlices(of: segment, inflatedByteCount: 1 << 20))
      if segment.path == entry.path {
        #expect(try readLines(of: segment, limit: limit) { _ in }.lineCount == Self.lineCount)
        try limit.check(slices, of: segment)
      } else {
        let error = #expect(throws: FileError.self) {
          try readLines(of: segment, limit: limit) { _ in }
        }
        #expect(error?.kind == .beyondLimit)
        #expect(throws: FileError.self) { try limit.check(slices, of: segment) }
      }
    }
    // Killed before its entry, it is ours all the same.
    unlink("\(root)/\(chainFileName)")
    #expect(try LogAppender(log: root).stray()?.isInChain == true)
  }

  @Test("of a dense file, too, everything behind a damaged member is found")
  func salvage() throws {
    var member = Array(try blockGzip([UInt8](repeating: 0x0A, count: 0xFF00)).dropLast(28))
    let count = 3000
    var file: [UInt8] = []
    for index in 0..<count {
      member[member.count / 2] ^= index == 2 || index == count - 2 ? 1 : 0
      file += member
      member[member.count / 2] ^= index == 2 || index == count - 2 ? 1 : 0
    }
    let segment = try folder.write(file + BlockGzipWriter.endMarker, to: "damaged.ndjson.gz")
    let map = try mapMembers(of: segment)
    #expect(map.stretches.map(\.condition) == [.whole, .lost, .whole, .lost, .whole])
    #expect(map.lineCount == (count - 2) * 0xFF00)
  }
}
