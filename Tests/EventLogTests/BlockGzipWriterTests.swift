import EventLog
import Foundation
import TestFiles
import Testing

@Suite("Writing BGZF")
struct BlockGzipWriterTests {
  /// Returns where each member of a BGZF file begins and ends, by the sizes they state.
  private func members(of file: [UInt8]) -> [ArraySlice<UInt8>] {
    var members: [ArraySlice<UInt8>] = []
    var start = 0
    while start + 18 <= file.count {
      guard Array(file[start..<start + 4]) == [0x1F, 0x8B, 8, 4] else { break }
      let size = Int(file[start + 16]) + Int(file[start + 17]) << 8 + 1
      members.append(file[start..<start + size])
      start += size
    }
    #expect(start == file.count)
    return members
  }

  private func lines(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { index in
      Array("{\"id\":\"\(index)\",\"time\":\"2026-01-01T00:00:0\(index % 10)Z\"}\n".utf8)
    }
  }

  @Test("each member states its size and ends at a line's end", arguments: [0, 1, 6, 9])
  func blocks(level: Int) throws {
    let folder = try TemporaryFolder()
    let text = lines(20_000)
    let file = try blockGzip(text, level: level)
    let members = members(of: file)
    #expect(members.count > 2)
    #expect(members.last.map(Array.init) == BlockGzipWriter.endMarker)
    for member in members.dropLast() {
      let seen = try Seen(
        folder.write(Array(member) + BlockGzipWriter.endMarker, to: "m.ndjson.gz"))
      #expect(seen.bytes.last == 10)
      #expect(seen.bytes.count <= BlockGzipWriter.blockByteCountMax)
    }
    #expect(try Seen(folder.write(file, to: "w.ndjson.gz")).bytes == text)
  }

  @Test("the file does not depend on how the lines arrive")
  func pieces() throws {
    let text = lines(5000)
    var file: [UInt8] = []
    let writer = BlockGzipWriter { file += Array($0) }
    var rest = text[...]
    var size = 1
    while !rest.isEmpty {
      try writer.write(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
      size = size * 7 % 9973
    }
    try writer.finish()
    #expect(try file == blockGzip(text))
  }

  @Test("a long line spans members, and the line after it begins one")
  func longLine() throws {
    let folder = try TemporaryFolder()
    let long = [UInt8](repeating: UInt8(ascii: "l"), count: 150_000) + [10]
    let text = Array("before\n".utf8) + long + Array("after\n".utf8)
    let members = try members(of: blockGzip(text))
    let texts = try members.map {
      try Seen(folder.write(Array($0) + BlockGzipWriter.endMarker, to: "m.ndjson.gz")).bytes
    }
    #expect(texts.first == Array("before\n".utf8))
    #expect(Array(texts.dropFirst().dropLast(2).joined()) == long)
    #expect(texts.dropLast().last == Array("after\n".utf8))
  }

  @Test("incompressible lines still fit in members of 64 KiB", arguments: [0, 1, 6, 9])
  func incompressible(level: Int) throws {
    let folder = try TemporaryFolder()
    var state: UInt64 = 88
    let noise = (0..<300_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    let file = try blockGzip(noise, level: level)
    #expect(members(of: file).allSatisfy { $0.count <= 1 << 16 })
    var seen: [UInt8] = []
    try readLines(of: folder.write(file, to: "n.ndjson.gz")) { seen += Array($0.bytes) }
    #expect(seen == noise)
  }

  @Test("nothing written is the end marker alone")
  func empty() throws {
    #expect(try blockGzip([]) == BlockGzipWriter.endMarker)
  }

  @Test("gzip finds nothing wrong with it")
  func gzipReads() throws {
    let folder = try TemporaryFolder()
    try folder.write(blockGzip(lines(20_000)), to: "g.ndjson.gz")
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-t", "\(folder.path)/g.ndjson.gz"]
    try gzip.run()
    gzip.waitUntilExit()
    #expect(gzip.terminationStatus == 0)
  }
}
