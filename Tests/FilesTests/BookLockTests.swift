import Files
import Foundation
import TestFiles
import Testing

@Suite("the lock of a book") struct BookLockTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("the lock has one holder, says who it is, and is free again afterwards")
  func lock() throws {
    let lock = try BookLock(book: folder.path)
    let error = try #require(throws: FileError.self) { try BookLock(book: folder.path) }
    #expect(error.kind == .locked)
    #expect(error.exitCode == 75)
    #expect(error.message.contains("pid \(getpid()) since 20"))
    lock.release()
    _ = try BookLock(book: folder.path)
    _ = try BookLock(book: folder.path)
  }

  @Test("a lock held by another process counts, until that process ends")
  func lockElsewhere() throws {
    let path = "\(folder.path)/lock"
    try folder.write([], to: "lock")
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = ["flock", path, "sh", "-c", "echo held; read line"]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    #expect(output.fileHandleForReading.availableData.count > 0)
    #expect(throws: FileError.self) { try BookLock(book: folder.path) }
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    _ = try BookLock(book: folder.path)
  }
}
