import EventLog
import Files
import Foundation
import TestFiles
import Testing

@Suite("Writing to a book")
struct BookTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func span(_ times: Int64...) -> EventSpan {
    var span = EventSpan()
    for time in times { span.add(time: time) }
    return span
  }

  @Test("an appended segment is in the log and in the chain, each head following from the last")
  func append() throws {
    let root = "\(folder.path)/log"
    let appender = try LogAppender(log: root)
    let first = try appender.append(
      lines: [Array("{\"id\":\"1\"}\n".utf8), Array("{\"id\":\"2\"}\n".utf8)],
      span: span(1_700_000_000_000, 1_600_000_000_123), appended: 1_800_000_000_000)
    #expect(first.path == "000001.ndjson.gz")
    #expect(first.first == "2020-09-13T12:26:40.123Z")
    #expect(first.last == "2023-11-14T22:13:20.000Z")
    #expect(first.appended == "2027-01-15T08:00:00.000Z")
    let again = try LogAppender(log: root)
    let second = try again.append(lines: [Array("{}\n".utf8)], span: EventSpan(), appended: 0)
    #expect(second.number == 2)
    #expect(try Chain(log: root).entries == [first, second])

    let lines = try folder.bytes(of: "log/chain.ndjson").split(separator: 10)
    var head = String(repeating: "0", count: 64)
    for (line, entry) in zip(lines, [first, second]) {
      let text = String(decoding: line, as: UTF8.self)
      let bare = text.replacingOccurrences(of: ",\"head\":\"\(entry.head)\"", with: "")
      #expect(SHA256Hasher.hex(of: head + bare) == entry.head)
      head = entry.head
      #expect(try SHA256Hasher.hex(of: folder.bytes(of: "log/\(entry.path)")) == entry.sha256)
    }
    #expect(try listSegments(in: root).map(\.path) == [first.path, second.path])
    #expect(try Seen(listSegments(in: root)[0]).text == "{\"id\":\"1\"}\n{\"id\":\"2\"}\n")
  }

  @Test("a number is never given twice, whether the chain or the disk has it")
  func numbers() throws {
    try folder.write([], to: "log/000041.ndjson.gz")
    try folder.write([], to: "log/2024-11.ndjson.gz")
    try folder.write([], to: "log/9223372036854775807.ndjson.gz")
    let appender = try LogAppender(log: "\(folder.path)/log")
    let entry = try appender.append(lines: [[10]], span: EventSpan(), appended: 0)
    #expect(entry.number == 42)
    unlink("\(folder.path)/log/000042.ndjson.gz")
    unlink("\(folder.path)/log/000041.ndjson.gz")
    #expect(try appender.append(lines: [[10]], span: EventSpan(), appended: 0).number == 43)
  }

  @Test("an end that a crash tore off the chain is passed over, then cut off")
  func tornChain() throws {
    let root = "\(folder.path)/log"
    let appender = try LogAppender(log: root)
    let first = try appender.append(lines: [[10]], span: EventSpan(), appended: 0)
    let whole = try folder.bytes(of: "log/chain.ndjson")
    try folder.write(whole + whole.prefix(20), to: "log/chain.ndjson")
    let torn = try Chain(log: root)
    #expect(torn.hasTornEnd)
    #expect(torn.entries == [first])
    let second = try LogAppender(log: root).append(lines: [[10]], span: EventSpan(), appended: 0)
    #expect(try Chain(log: root).entries == [first, second])
  }

  @Test("a segment that cannot be entered in the chain is taken back")
  func failedEntry() throws {
    let appender = try LogAppender(log: "\(folder.path)/log")
    #expect(symlink("no/where", "\(folder.path)/log/chain.ndjson") == 0)
    let error = try #require(throws: FileError.self) {
      try appender.append(lines: [[10]], span: EventSpan(), appended: 0)
    }
    #expect(error.exitCode == 73)
    #expect(try listSegments(in: "\(folder.path)/log").isEmpty)
    unlink("\(folder.path)/log/chain.ndjson")
    #expect(try appender.append(lines: [[10]], span: EventSpan(), appended: 0).number == 1)
  }

  @Test("any byte changed in the chain is noticed")
  func changedChain() throws {
    let root = "\(folder.path)/log"
    let appender = try LogAppender(log: root)
    for time in [1, 2] as [Int64] {
      _ = try appender.append(lines: [[10]], span: span(time), appended: time)
    }
    let whole = try folder.bytes(of: "log/chain.ndjson")
    for index in whole.indices.dropLast() {
      var changed = whole
      changed[index] ^= 1
      try folder.write(changed, to: "log/chain.ndjson")
      #expect(throws: FileError.self, "byte \(index)") { try Chain(log: root) }
    }
  }

  @Test("a segment that is given up leaves nothing, and what a killed append left is removed")
  func leftovers() throws {
    let root = "\(folder.path)/log"
    let draft = try LogAppender(log: root).beginSegment()
    try draft.write(Array("{}\n".utf8))
    draft.abandon()
    try folder.write([1], to: "log/.000001.ndjson.gz.77-0.tmp")
    _ = try LogAppender(log: root)
    #expect(try FileManager.default.contentsOfDirectory(atPath: root) == [])
  }

  @Test("quarantine keeps a line as text where it is text, else as base64")
  func quarantine() throws {
    let file = try QuarantineFile(to: "\(folder.path)/q.ndjson")
    for line in [Array("{\"a\":\t1\n".utf8), [0xFF, 0x00]] as [[UInt8]] {
      try line.withUnsafeBytes {
        try file.add(
          line: $0, byteCount: line.count == 2 ? 5_000_000 : nil, source: "a\"b", number: 3,
          reason: "json")
      }
    }
    #expect(folder.names.allSatisfy { $0.hasPrefix(".") })
    try file.commit()
    let text = String(decoding: try folder.bytes(of: "q.ndjson"), as: UTF8.self)
    #expect(
      text == """
        {"file":"a\\"b","line":3,"reason":"json","bytes":7,"text":"{\\"a\\":\\t1"}
        {"file":"a\\"b","line":3,"reason":"json","bytes":5000000,"base64":"/wA="}

        """)
  }
}
