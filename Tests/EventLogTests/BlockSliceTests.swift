import Chance
import EventLog
import Files
import TestFiles
import Testing

@Suite("Slices of a BGZF file")
struct BlockSliceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The lines that the slices of a file have, each with its number in the file.
  private func lines(_ segment: Segment, _ slices: [BlockSlice]) throws -> [String] {
    var lines: [String] = []
    var lineBase = 0
    for slice in slices {
      lineBase += try readLines(of: segment, slice: slice) { batch in
        let text = String(decoding: batch.bytes, as: UTF8.self)
        var number = lineBase + batch.firstLine
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
          lines.append("\(number) \(batch.isOverlong ? "\(batch.byteCount) " : "")\(line)")
          number += 1
        }
        if text.hasSuffix("\n") { lines.removeLast() }
      }
    }
    return lines
  }

  private func wholeLines(_ segment: Segment) throws -> [String] {
    var lines: [String] = []
    try readLines(of: segment) { batch in
      let text = String(decoding: batch.bytes, as: UTF8.self)
      var number = batch.firstLine
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        lines.append("\(number) \(batch.isOverlong ? "\(batch.byteCount) " : "")\(line)")
        number += 1
      }
      if text.hasSuffix("\n") { lines.removeLast() }
    }
    return lines
  }

  private func text(_ lineCount: Int, _ dice: inout SeededDice) -> [UInt8] {
    Array(
      (0..<lineCount).map { number in
        String(repeating: "x\(number)", count: Int.random(in: 0...300, using: &dice))
      }.joined(separator: "\n").utf8)
  }

  @Test("slices have the lines of the file, each once, in order", arguments: [1, 40_000, 200_000])
  func ours(sliceByteCount: Int) throws {
    var dice = SeededDice(seed: 11)
    for lineCount in [0, 1, 900] {
      let bytes = text(lineCount, &dice)
      let segment = try folder.write(try blockGzip(bytes), to: "a.ndjson.gz")
      let slices = try #require(
        try blockSlices(of: segment, inflatedByteCount: sliceByteCount))
      #expect(slices.reduce(0) { $0 + $1.inflatedByteCount } == bytes.count)
      #expect(slices.reduce(0) { $0 + $1.byteCount } == segment.byteCount)
      if lineCount == 900, sliceByteCount == 1 { #expect(slices.count > 3) }
      #expect(try lines(segment, slices) == wholeLines(segment))
    }
  }

  @Test("members that cut lines, empty ones, and lines longer than a slice are put together")
  func foreign() throws {
    var dice = SeededDice(seed: 11)
    for round in 0..<16 {
      var bytes = text(Int.random(in: 1...60, using: &dice), &dice)
      if round % 3 == 0 { bytes += [UInt8](repeating: 0x79, count: 200_000) + [0x0A, 0x7A] }
      if round % 2 == 0 { bytes.append(0x0A) }
      var file: [UInt8] = []
      var at = 0
      while at < bytes.count {
        let count = min(Int.random(in: 1...4000, using: &dice), bytes.count - at)
        // Each is closed by an end marker of its own, as joined files are.
        file += try blockGzip(Array(bytes[at..<at + count]))
        at += count
      }
      let segment = try folder.write(file, to: "b.ndjson.gz")
      for sliceByteCount in [1, 3000, 50_000] {
        let slices = try #require(
          try blockSlices(of: segment, inflatedByteCount: sliceByteCount))
        #expect(try lines(segment, slices) == wholeLines(segment))
      }
    }
  }

  @Test("a line longer than 1 MiB over several slices is one overlong line")
  func overlong() throws {
    let bytes = Array("a\n".utf8) + [UInt8](repeating: 0x78, count: 2_500_000) + Array("\nb\n".utf8)
    let segment = try folder.write(try blockGzip(bytes), to: "c.ndjson.gz")
    let slices = try #require(try blockSlices(of: segment, inflatedByteCount: 100_000))
    #expect(slices.count > 15)
    #expect(try lines(segment, slices) == wholeLines(segment))
  }

  @Test("what is not BGZF from its first byte to its end marker has no slices")
  func notBlocked() throws {
    let sound = try blockGzip(Array("a\nb\n".utf8))
    let files: [[UInt8]] = [
      [], gzipMember(Array("a\n".utf8)), Array(sound.dropLast()), Array(sound.dropLast(28)),
      sound + [0], sound + gzipMember(Array("c\n".utf8)), gzipMember([]) + sound,
      Array(sound.prefix(10)), Array("not gzip at all, but long enough".utf8),
    ]
    for (number, file) in files.enumerated() {
      let segment = try folder.write(file, to: "\(number).ndjson.gz")
      #expect(try blockSlices(of: segment, inflatedByteCount: 1) == nil, "file \(number)")
    }
  }

  @Test("damage in a slice is an error that names file and byte")
  func damage() throws {
    var file = try blockGzip(Array(String(repeating: "event\n", count: 40_000).utf8))
    let segment = try folder.write(file, to: "d.ndjson.gz")
    let slices = try #require(try blockSlices(of: segment, inflatedByteCount: 1))
    file[slices[1].start + 40] ^= 0x10
    try folder.write(file, to: "d.ndjson.gz")
    #expect(try readLines(of: segment, slice: slices[0]) { _ in } > 0)
    let error = #expect(throws: FileError.self) {
      _ = try readLines(of: segment, slice: slices[1]) { _ in }
    }
    #expect(error?.message.contains("begins at byte \(slices[1].start)") ?? false)
  }
}
