import Files
import Foundation
import Testing

@testable import EventLog

/// Single lines read out of a segment's middle.
@Suite("Line lookup")
struct LineLookupTests {
  /// Lines of very different lengths; the last one lacks its line feed.
  private static let lines: [String] = (1...3000).map { number in
    number % 500 == 0
      ? String(repeating: "long \(number) ", count: 12_000)
      : "line \(number) " + String(repeating: "x", count: number * 7 % 90)
  }
  private static let text = Array(lines.joined(separator: "\n").utf8)

  /// Every wanted line with a mark some lines before it.
  private static func wanted(markEvery step: Int) -> [WantedLine] {
    var offsets = [0]
    for line in lines { offsets.append(offsets[offsets.count - 1] + line.utf8.count + 1) }
    return stride(from: 1, through: lines.count, by: 37).map { line in
      let mark = (line - 1) / step * step + 1
      return WantedLine(line: line, markLine: mark, markOffset: offsets[mark - 1])
    } + [WantedLine(line: lines.count, markLine: lines.count, markOffset: offsets[lines.count - 1])]
  }

  private func blocked() throws -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = BlockGzipWriter { bytes += Array($0) }
    try writer.write(Self.text)
    try writer.finish()
    return bytes
  }

  private func find(_ file: String, step: Int) throws -> [Int: String] {
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    var found: [Int: String] = [:]
    try readLines(
      of: Segment(path: (file as NSString).lastPathComponent, file: file, byteCount: size ?? 0),
      Self.wanted(markEvery: step)
    ) { found[$0.line] = String(decoding: $1, as: UTF8.self) }
    return found
  }

  private func write(_ bytes: [UInt8], to name: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lookup-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }

  @Test(
    "every line is found, whatever the file is and however far its mark", arguments: [1, 10, 250])
  func found(step: Int) throws {
    var expected: [Int: String] = [:]
    for wanted in Self.wanted(markEvery: step) {
      expected[wanted.line] = Self.lines[wanted.line - 1]
    }
    let gzip = try blocked()
    // Padding behind the last member makes it gzip like any other, which is read from its start.
    let files = [
      ("a.ndjson", Self.text), ("a.ndjson.gz", gzip),
      ("b.ndjson.gz", gzip + [UInt8](repeating: 0, count: 512)),
    ]
    for (name, bytes) in files {
      let file = try write(bytes, to: name)
      let found = try find(file, step: step)
      #expect(found == expected, "\(name), a mark every \(step) lines")
      try FileManager.default.removeItem(atPath: (file as NSString).deletingLastPathComponent)
    }
  }

  @Test("a damaged member is an error that names the byte it begins at")
  func damaged() throws {
    var gzip = try blocked()
    gzip[gzip.count - 200] ^= 0x55
    let file = try write(gzip, to: "a.ndjson.gz")
    let error = #expect(throws: FileError.self) { try find(file, step: 10) }
    #expect(error?.kind == .damaged)
    #expect(error?.message.contains("byte") == true)
  }

  @Test("a line behind the end is an error")
  func behindTheEnd() throws {
    let file = try write(Self.text, to: "a.ndjson")
    let segment = Segment(path: "a.ndjson", file: file, byteCount: Self.text.count)
    let error = #expect(throws: FileError.self) {
      try readLines(of: segment, [WantedLine(line: 3001, markLine: 1, markOffset: 0)]) { _, _ in }
    }
    #expect(error?.message.contains("line 3001") == true)
  }
}
