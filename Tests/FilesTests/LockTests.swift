import Files
import Foundation
import TestFiles
import Testing

@Suite("The lock's file") struct LockTests {
  let folder: TemporaryFolder
  private let text = Array("important\n".utf8)

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(text, to: "victim")
  }

  private var lock: String { "\(folder.path)/lock" }

  @Test("a link, a pipe or a folder is no lock, and what a link leads to stays as it is")
  func special() throws {
    for make in [
      { symlink("victim", lock) }, { symlink("none", lock) }, { symlink("lock", lock) },
      { mkfifo(lock, 0o644) }, { mkdir(lock, 0o755) },
    ] as [() -> Int32] {
      #expect(make() == 0)
      let error = #expect(throws: FileError.self) { try BookLock(book: folder.path) }
      #expect(error?.exitCode == 73)
      #expect(try folder.bytes(of: "victim") == text)
      #expect(!folder.names.contains("none"))
      #expect(unlink(lock) == 0 || rmdir(lock) == 0)
    }
  }

  @Test("another name of somebody's file locks, and its text stays")
  func hardLink() throws {
    #expect(link("\(folder.path)/victim", lock) == 0)
    do {
      let held = try BookLock(book: folder.path)
      let error = #expect(throws: FileError.self) { try BookLock(book: folder.path) }
      #expect(error?.message == "another process writes to this book")
      #expect(try folder.bytes(of: "victim") == text)
      held.release()
    }
    #expect(try folder.bytes(of: "victim") == text)
  }

  @Test("what a killed holder left in the file is written over")
  func killed() throws {
    try folder.write(Array("pid 123456789 since 2026-01-01T00:00:00.000Z\n".utf8), to: "lock")
    let held = try BookLock(book: folder.path)
    #expect(
      String(decoding: try folder.bytes(of: "lock"), as: UTF8.self).hasPrefix("pid \(getpid()) "))
    held.release()
    #expect(try folder.bytes(of: "lock") == [])
  }
}
