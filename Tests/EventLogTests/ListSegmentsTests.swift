import EventLog
import Files
import Foundation
import TestFiles
import Testing

@Suite("Listing a log")
struct ListSegmentsTests {
  @Test("segments come in the byte order of their paths, at any depth")
  func order() throws {
    let folder = try TemporaryFolder()
    let names = [
      "B.ndjson", "a.ndjson", "a/2.ndjson.gz", "a/10.ndjson.gz", "a-b.ndjson", "z/y/x.ndjson",
      "é.ndjson",
      "e\u{301}.ndjson", "a/chain.ndjson",
    ]
    for name in names { try folder.write([1, 2, 3], to: name) }
    let listed = try listSegments(in: folder.path)
    #expect(
      listed.map(\.path) == [
        "B.ndjson", "a-b.ndjson", "a.ndjson", "a/10.ndjson.gz", "a/2.ndjson.gz", "a/chain.ndjson",
        "e\u{301}.ndjson", "z/y/x.ndjson", "é.ndjson",
      ])
    #expect(listed.allSatisfy { $0.byteCount == 3 && $0.file == "\(folder.path)/\($0.path)" })
  }

  @Test("the chain, dot names, links, other files and folders named like segments are none")
  func leftOut() throws {
    let folder = try TemporaryFolder()
    for name in [
      "chain.ndjson", ".hidden.ndjson", ".git/x.ndjson", "x.json", "x.gz", "x.ndjson.gz.tmp",
      "x.NDJSON",
      "folder.ndjson/in.ndjson", "real/r.ndjson",
    ] { try folder.write([], to: name) }
    #expect(symlink("real", "\(folder.path)/linked") == 0)
    #expect(symlink("real/r.ndjson", "\(folder.path)/link.ndjson") == 0)
    #expect(symlink("nowhere", "\(folder.path)/dangling.ndjson") == 0)
    #expect(mkfifo("\(folder.path)/pipe.ndjson", 0o600) == 0)
    let listed = try listSegments(in: folder.path)
    #expect(listed.map(\.path) == ["folder.ndjson/in.ndjson", "real/r.ndjson"])
  }

  @Test("the root itself may be a link")
  func linkedRoot() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "real/r.ndjson")
    #expect(symlink("real", "\(folder.path)/linked") == 0)
    #expect(try listSegments(in: "\(folder.path)/linked").map(\.path) == ["r.ndjson"])
  }

  @Test("a root that is missing or no folder is no input", arguments: ["nowhere", "file"])
  func missing(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "file")
    let error = try #require(throws: FileError.self) {
      try listSegments(in: "\(folder.path)/\(name)")
    }
    #expect(error.kind == .noInput)
    #expect(error.exitCode == 66)
  }

  @Test(
    "a segment or folder whose name is not UTF-8 is an error, not a silent loss",
    arguments: [(".ndjson", true), (".gz", false), ("", false)])
  func strangeName(ending: String, isSegment: Bool) throws {
    let folder = try TemporaryFolder()
    let name = Array("\(folder.path)/".utf8) + [0xFF] + Array("\(ending)\0".utf8)
    let path = name.map { CChar(bitPattern: $0) }
    let made = open(path, O_CREAT | O_WRONLY, 0o600)
    #expect(made >= 0)
    close(made)
    if isSegment {
      #expect(throws: FileError.self) { try listSegments(in: folder.path) }
    } else {
      #expect(try listSegments(in: folder.path).isEmpty)
    }
    unlink(path)
    #expect(mkdir(path, 0o700) == 0)
    #expect(throws: FileError.self) { try listSegments(in: folder.path) }
    rmdir(path)
  }
}
