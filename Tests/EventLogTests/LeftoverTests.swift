import EventLog
import Files
import Foundation
import TestFiles
import Testing

@Suite("What killed processes leave") struct LeftoverTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let strangers = [
    ".a.prom.tmp", ".a.prom.1-2", ".a.prom.1.tmp", ".a.prom.x-0.tmp", ".b.prom.1-0.tmp",
    "a.prom.1-0.tmp",
    ".a.prom.1-0-0.tmp", "x.a.prom.1-0.tmp", ".note.tmp",
  ]

  @Test("a file that is written again takes what was left of it away, and nothing else")
  func stale() throws {
    for name in Self.strangers + [".a.prom.77-0.tmp", ".a.prom.\(getpid())-0.tmp"] {
      try folder.write([1], to: name)
    }
    try AtomicFile.write([2], to: "\(folder.path)/a.prom")
    #expect(folder.names == (Self.strangers + ["a.prom"]).sorted())
  }

  @Test("what another is writing just now is no leftover, up to the moment it appears")
  func held() throws {
    let path = "\(folder.path)/a.prom"
    let first = try AtomicFile(to: path)
    try first.write([1])
    let second = try AtomicFile(to: path)
    try second.write([2])
    #expect(folder.names.count == 2)
    try second.commit()
    try first.commit()
    #expect(folder.names == ["a.prom"])
    #expect(try folder.bytes(of: "a.prom") == [1])
    let third = try AtomicFile(to: path)
    third.abandon()
    #expect(folder.names == ["a.prom"])
  }

  @Test("a folder with a leftover's name goes whole, a link by itself")
  func folders() throws {
    try folder.write([1], to: "kept/file")
    try folder.write([1], to: ".a.1-0.tmp/b/file")
    #expect(symlink("kept", "\(folder.path)/.a.2-0.tmp") == 0)
    #expect(mkfifo("\(folder.path)/.a.3-0.tmp", 0o644) == 0)
    try AtomicFile.write([2], to: "\(folder.path)/a")
    #expect(folder.names == [".a.2-0.tmp", "a", "kept"])
    #expect(try folder.bytes(of: "kept/file") == [1])
  }

  @Test("in a log, what has no name of ours stays")
  func log() throws {
    let strangers = [".a.tmp", ".swap.1-0.tmp", ".rewrite-x.tmp", ".note.ndjson.1-0.tmp"]
    let own = [
      ".000001.ndjson.gz.1-0.tmp", "..000001-000002.000003.ndjson.gz.1-0.tmp", ".rewrite-0.tmp",
      "..rewrite-0.tmp.1-0.tmp",
    ]
    for name in strangers + own { try folder.write([1], to: "log/\(name)") }
    _ = try LogAppender(log: "\(folder.path)/log")
    #expect(try fileNames(in: "\(folder.path)/log") == strangers.sorted())
  }

  @Test("a temporary folder goes with its maker, and one whose maker was killed with the next")
  func temporary() throws {
    let strangers = ["scorebook-temporary-x", "scorebook-\(UUID().uuidString)", "mine"]
    for name in strangers { try folder.write([1], to: "\(name)/file") }
    try folder.write([1], to: "scorebook-temporary-\(UUID().uuidString)/file")
    do {
      let one = try ScratchFolder(in: folder.path)
      let other = try ScratchFolder(in: folder.path)
      #expect(folder.names.count == strangers.count + 2)
      #expect(try exists(one.path) && exists(other.path))
    }
    #expect(folder.names == strangers.sorted())
  }
}
