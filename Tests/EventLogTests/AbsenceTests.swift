import Files
import Foundation
import TestFiles
import Testing

@testable import EventLog

/// A name that leads to itself is one that the system cannot look at, for root as for everybody: so it stands
/// for a disk that fails and for a folder that may not be entered.
@Suite("What cannot be looked at is not absent") struct AbsenceTests {
  let folder: TemporaryFolder
  let loop: String

  init() throws {
    folder = try TemporaryFolder()
    loop = "\(folder.path)/loop"
    #expect(symlink(loop, loop) == 0)
  }

  @Test("only where the system knows no such name is nothing there")
  func status() throws {
    #expect(try fileStatus("\(folder.path)/none") == nil)
    try folder.write([1, 2], to: "file")
    #expect(try fileStatus("\(folder.path)/file/below") == nil)
    #expect(try fileStatus("\(folder.path)/file")?.byteCount == 2)
    #expect(try fileStatus(loop, followingLinks: false)?.kind == .link)
    for body in [
      { _ = try fileStatus(loop) }, { _ = try exists("\(loop)/below") },
      { _ = try linkTarget("\(loop)/below") }, { _ = try fileNames(in: loop) },
      { _ = try filePaths(below: loop) }, { _ = try wholeFile(loop) },
      { try removeTree("\(loop)/below") },
    ] as [() throws -> Void] {
      let error = #expect(throws: FileError.self, performing: body)
      #expect(error?.kind == .io)
    }
    #expect(try linkTarget(loop) == loop && linkTarget("\(folder.path)/file") == nil)
    #expect(try fileNames(in: "\(folder.path)/none") == [])
    #expect(try wholeFile("\(folder.path)/none") == nil)
    #expect(try wholeFile("\(folder.path)/file") == [1, 2])
  }

  @Test("a log whose chain cannot be looked at is not begun anew")
  func chain() throws {
    let root = "\(folder.path)/log"
    _ = try LogAppender(log: root).append(lines: [[10]], span: EventSpan(), appended: 1)
    let chain = "\(root)/\(chainFileName)"
    #expect(rename(chain, "\(chain).kept") == 0 && symlink(chain, chain) == 0)
    #expect(throws: FileError.self) { try LogAppender(log: root) }
    #expect(throws: FileError.self) { try LogInventory(log: root) }
    #expect(throws: FileError.self) { try ChainAudit(log: root) }
  }

  @Test("a tree is removed without what its links lead to, whatever its names are")
  func removal() throws {
    try folder.write([1], to: "kept/below/file")
    try folder.write([1], to: "tree/a/b/file")
    try folder.write([1], to: "tree/.hidden")
    #expect(symlink("\(folder.path)/kept", "\(folder.path)/tree/link") == 0)
    #expect(symlink("../../kept/below", "\(folder.path)/tree/a/link") == 0)
    let strange = Array("\(folder.path)/tree/a/\u{1}".utf8).map { $0 == 1 ? 0xFF : $0 }
    let descriptor = (strange + [0]).withUnsafeBytes { raw in
      raw.withMemoryRebound(to: CChar.self) { path in
        path.baseAddress.map { open($0, O_WRONLY | O_CREAT, 0o644) } ?? -1
      }
    }
    try #require(descriptor >= 0)
    close(descriptor)
    #expect(try filePaths(below: "\(folder.path)/tree").count == 5)
    try removeTree("\(folder.path)/tree")
    #expect(folder.names == ["kept", "loop"])
    #expect(try folder.bytes(of: "kept/below/file") == [1])
    try removeTree(loop)
    try removeTree("\(folder.path)/none")
    #expect(folder.names == ["kept"])
    #expect(symlink("kept", "\(folder.path)/link") == 0)
    try removeTree("\(folder.path)/link")
    #expect(try folder.bytes(of: "kept/below/file") == [1])
  }

  @Test("pipes in the place of files that are read hold nobody up", .timeLimit(.minutes(1)))
  func pipes() throws {
    let pipe = "\(folder.path)/pipe.ndjson.gz"
    #expect(mkfifo(pipe, 0o644) == 0)
    let segment = Segment(path: "pipe.ndjson.gz", file: pipe, byteCount: 100)
    for body in [
      { try readLines(of: segment) { _ in } }, { _ = try sha256(of: segment) },
      { _ = try blockSlices(of: segment, inflatedByteCount: 1) },
      { _ = try mapMembers(of: segment) },
      { try readLines(of: segment, [WantedLine(line: 1, markLine: 1, markOffset: 0)]) { _, _ in } },
      { _ = try wholeFile(pipe) },
    ] as [() throws -> Void] {
      let error = #expect(throws: FileError.self, performing: body)
      #expect(error?.message == "not a regular file")
    }
  }
}
