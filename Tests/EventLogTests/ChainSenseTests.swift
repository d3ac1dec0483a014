import Files
import Foundation
import Notation
import TestFiles
import Testing

@testable import EventLog

@Suite("A chain that says what cannot be") struct ChainSenseTests {
  let folder: TemporaryFolder
  let root: String

  init() throws {
    folder = try TemporaryFolder()
    root = "\(folder.path)/log"
    let appender = try LogAppender(log: root)
    for time in [1, 2] as [Int64] {
      _ = try appender.append(lines: [Array("{}\n".utf8)], span: EventSpan(), appended: time)
    }
  }

  /// An entry whose head follows, whatever it says.
  private func enter(
    number: Int = 3, path: String = "000001-000002.000003.ndjson.gz", byteCount: Int = 29,
    events: Int = 1, replaces: [String]? = nil, parts: [ChainEntry.Part]? = nil
  ) throws {
    let entry = ChainEntry(
      number: number, path: path, written: WrittenFile(byteCount: byteCount, sha256: "0"),
      events: events, first: nil, last: nil, appended: 3, replaces: replaces,
      because: replaces == nil ? nil : .compact, parts: parts)
    let line = entry.linked(to: try Chain(log: root).head).line
    try folder.write(
      try folder.bytes(of: "log/\(chainFileName)") + line.utf8, to: "log/\(chainFileName)")
  }

  private static let part = ChainEntry.Part(bytes: 1, lines: 1, events: 1, appended: "t")

  /// Expects that both readers of the chain find fault with its last line, and that listing the log ends.
  private func expectFault(_ comment: String) throws {
    let error = #expect(throws: FileError.self, "\(comment)") { try Chain(log: root) }
    #expect(error?.kind == .damaged && error?.message.hasPrefix("line 3: ") == true, "\(comment)")
    let audit = try ChainAudit(log: root)
    #expect(audit.faults.map(\.line) == [3] && audit.records.count == 2, "\(comment)")
    #expect(throws: FileError.self, "\(comment)") { try LogAppender(log: root) }
    _ = try SegmentListing(log: root)
  }

  @Test(
    "a path that a segment cannot have is damage, and the file it names stays",
    arguments: [
      "../victim", "../log/../victim", "/etc/victim", "a/../../victim", "", ".", "victim",
      "000002.ndjson.gz/", "chain.ndjson", "sub/000001.ndjson.gz",
    ])
  func paths(path: String) throws {
    let victim = try folder.write([1], to: "victim")
    try folder.write([1], to: "log/victim")
    try enter(replaces: ["000001.ndjson.gz", path], parts: [Self.part])
    // What is to take the place is there already, as a crash could leave it.
    try folder.write([UInt8](repeating: 0, count: 29), to: "log/000001-000002.000003.ndjson.gz")
    try expectFault("replaces \(path)")
    #expect(exists(victim.file) && exists("\(root)/victim") && exists("\(root)/000001.ndjson.gz"))
  }

  @Test(
    "an entry's own path is one that its number gives",
    arguments: [
      "../000003.ndjson.gz", "000002.ndjson.gz", "000004.ndjson.gz", "chain.ndjson", "a.ndjson.gz",
      "0000003.ndjson.gz", "000001-000002.000003.ndjson.gz",
    ])
  func ownPath(path: String) throws {
    try enter(path: path)
    try expectFault(path)
  }

  @Test("what replaces itself, or what does not stand, is damage and no endless search")
  func circles() throws {
    let path = "000001-000002.000003.ndjson.gz"
    let whole = try folder.bytes(of: "log/\(chainFileName)")
    for replaces in [[path], ["000001.ndjson.gz", "000001.ndjson.gz"], ["000009.ndjson.gz"]] {
      try enter(replaces: replaces, parts: [Self.part])
      try expectFault("\(replaces)")
      try folder.write(whole, to: "log/\(chainFileName)")
    }
  }

  @Test("lengths and counts that no file has, or that do not add up, are damage")
  func counts() throws {
    let whole = try folder.bytes(of: "log/\(chainFileName)")
    let names = ["000001.ndjson.gz"]
    let path = "000001-000001.000003.ndjson.gz"
    let huge = ChainEntry.Part(bytes: .max, lines: .max, events: .max, appended: "t")
    for (bytes, events, replaces, parts) in [
      (-1, 1, nil, nil), (29, -1, nil, nil), (.max, 1, nil, nil), (29, .max, nil, nil),
      (29, 1, names, nil), (29, 1, nil, [Self.part]), (30, 1, names, [Self.part]),
      (29, 2, names, [Self.part]), (29, 1, names, [huge, huge]), (29, 1, names, []),
    ] as [(Int, Int, [String]?, [ChainEntry.Part]?)] {
      try enter(
        path: replaces == nil ? "000003.ndjson.gz" : path, byteCount: bytes, events: events,
        replaces: replaces, parts: parts)
      try expectFault("\(bytes) \(events)")
      try folder.write(whole, to: "log/\(chainFileName)")
    }
    try enter(path: path, replaces: names, parts: [Self.part])
    #expect(try Chain(log: root).entries.count == 3)
  }

  @Test("a link, a pipe or somebody's text in the chain's place is refused, and stays as it is")
  func notAChain() throws {
    let chain = "\(root)/\(chainFileName)"
    let text = Array("important".utf8)
    let victim = try folder.write(text, to: "victim")
    for make in [
      { symlink(victim.file, chain) }, { symlink(chain, chain) }, { link(victim.file, chain) },
      { symlink("no/where", chain) }, { mkfifo(chain, 0o644) }, { mkdir(chain, 0o755) },
    ] as [() -> Int32] {
      #expect(unlink(chain) == 0 || rmdir(chain) == 0)
      #expect(make() == 0)
      #expect(throws: FileError.self) { try Chain(log: root) }
      #expect(throws: FileError.self) { try LogAppender(log: root) }
      #expect(try folder.bytes(of: "victim") == text)
      #expect(!exists("\(root)/no"))
    }
  }

  @Test("zeros behind the last line are what a crash leaves, too, and are cut off")
  func zeros() throws {
    let whole = try folder.bytes(of: "log/\(chainFileName)")
    try folder.write(whole + [UInt8](repeating: 0, count: 5000), to: "log/\(chainFileName)")
    _ = try LogAppender(log: root).append(lines: [[10]], span: EventSpan(), appended: 3)
    let entries = try Chain(log: root).entries
    #expect(entries.count == 3)
    #expect(try folder.bytes(of: "log/\(chainFileName)") == whole + entries[2].line.utf8)
  }

  @Test("a chain that another has taken the place of meanwhile is not written to")
  func exchanged() throws {
    let appender = try LogAppender(log: root)
    try folder.write(Array("{".utf8), to: "log/\(chainFileName)")
    #expect(throws: FileError.self) {
      try appender.append(lines: [[10]], span: EventSpan(), appended: 3)
    }
    #expect(try folder.bytes(of: "log/\(chainFileName)") == Array("{".utf8))
  }

  @Test("nothing goes for a segment that is not as long as its entry says")
  func unfinishedSwap() throws {
    let path = "000001-000001.000003.ndjson.gz"
    try enter(path: path, replaces: ["000001.ndjson.gz"], parts: [Self.part])
    for name in [path, ".\(path)"] { try folder.write([1, 2, 3], to: "log/\(name)") }
    _ = try LogAppender(log: root)
    #expect(exists("\(root)/000001.ndjson.gz"))
  }

  @Test("an entry may be longer than a line of events may be")
  func longEntry() throws {
    let part = ChainEntry.Part(
      bytes: 0, lines: 0, events: 0, appended: timeText(milliseconds: 1_700_000_000_000))
    let parts = [ChainEntry.Part](repeating: part, count: 20_000) + [Self.part]
    try enter(path: "000001-000001.000003.ndjson.gz", replaces: ["000001.ndjson.gz"], parts: parts)
    #expect(try folder.bytes(of: "log/\(chainFileName)").count > LineBatch.lineByteCountMax)
    #expect(try Chain(log: root).entries[2].parts?.count == 20_001)
    #expect(try ChainAudit(log: root).faults.isEmpty)
    _ = try LogAppender(log: root).append(lines: [[10]], span: EventSpan(), appended: 3)
    #expect(try Chain(log: root).entries.count == 4)
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
