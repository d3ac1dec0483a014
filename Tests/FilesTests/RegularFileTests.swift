import Files
import Foundation
import TestFiles
import Testing

@Suite("files that are read at any place") struct RegularFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String) throws -> RegularFile {
    try RegularFile("\(folder.path)/\(name)", path: "shown/\(name)")
  }

  private func fault(_ name: String) -> FileError? {
    #expect(throws: FileError.self) { _ = try open(name) }
  }

  @Test("the bytes from a place on, as many as there are")
  func places() throws {
    try folder.write(Array("0123456789".utf8), to: "a")
    let file = try open("a")
    #expect(file.byteCount == 10)
    for (offset, count, text) in [
      (0, 4, "0123"), (8, 4, "89"), (10, 4, ""), (99, 4, ""), (0, 0, ""), (0, 99, "0123456789"),
    ] {
      var bytes = [UInt8](repeating: 0, count: count)
      let read = try bytes.withUnsafeMutableBytes { try file.read(at: offset, into: $0) }
      #expect(Array(bytes[..<read]) == Array(text.utf8))
    }
  }

  @Test("all bytes at once, if they are not more than make sense")
  func limit() throws {
    try folder.write([1, 2, 3], to: "a")
    #expect(try open("a").bytes() == [1, 2, 3])
    #expect(try open("a").bytes(atMost: 3) == [1, 2, 3])
    let error = try #require(throws: FileError.self) { try open("a").bytes(atMost: 2) }
    #expect(error.kind == .damaged && error.path == "shown/a")
    #expect(error.message == "3 bytes long; at most 2 make sense")
  }

  @Test("what is no file, or is not there, is told and not waited for")
  func others() throws {
    mkfifo("\(folder.path)/pipe", 0o644)
    mkdir("\(folder.path)/folder", 0o755)
    symlink("/dev/zero", "\(folder.path)/device")
    for name in ["pipe", "folder", "device"] {
      #expect(fault(name)?.message == "not a regular file", "\(name)")
      #expect(fault(name)?.path == "shown/\(name)")
    }
    #expect(fault("missing")?.kind == .noInput)
  }

  @Test("a message shows what a terminal would obey, and keeps it from being obeyed")
  func message() {
    let error = FileError(.damaged, path: "a\u{1b}[2J", message: "m\nn")
    #expect(error.description == "a\\u{1b}[2J: m\\u{a}n")
  }
}
