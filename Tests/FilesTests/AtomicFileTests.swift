import Files
import Foundation
import TestFiles
import Testing

@Suite("files that appear whole or not at all") struct AtomicFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("an atomic file appears at commit and leaves no other file behind")
  func atomic() throws {
    let file = try AtomicFile(to: "\(folder.path)/a.txt")
    try file.write(Array("new".utf8))
    #expect(folder.names.allSatisfy { $0.hasPrefix(".") })
    try file.commit()
    #expect(folder.names == ["a.txt"])
    try AtomicFile.write(Array("newer".utf8), to: "\(folder.path)/a.txt")
    #expect(try folder.bytes(of: "a.txt") == Array("newer".utf8))
    _ = try AtomicFile(to: "\(folder.path)/never")
    #expect(folder.names == ["a.txt"])
    let error = try #require(throws: FileError.self) {
      try AtomicFile(to: "\(folder.path)/no/where")
    }
    #expect(error.exitCode == 73)
  }

  @Test(
    "at every system call that fails, the old file stands or the new one, and what was written is there",
    arguments: FaultyDisk.faults)
  func everyCall(fault: FaultyDisk.Fault) throws {
    let (old, new) = (Array("old".utf8), Array("the new one".utf8))
    let clean = FaultyDisk(at: 0)
    try Disk.$current.withValue(clean.disk) {
      try AtomicFile.write(new, to: "\(folder.path)/clean")
    }
    var isOldWhereItFailed = false
    try FaultyDisk.forEachFault(fault, calls: clean.trace) { faulty, after in
      try AtomicFile.write(old, to: "\(folder.path)/a")
      let isWritten = Disk.$current.withValue(faulty.disk) {
        (try? AtomicFile.write(new, to: "\(folder.path)/a")) != nil
      }
      let found = try folder.bytes(of: "a")
      #expect(found == new || found == old && !isWritten, "\(after)")
      isOldWhereItFailed = isOldWhereItFailed || found == old
      // Only who was killed leaves something, and whoever comes next sweeps it up.
      if case .once = fault { #expect(folder.names == ["a", "clean"], "\(after)") }
      try AtomicFile.removeLeftovers(in: folder.path)
      #expect(folder.names == ["a", "clean"], "\(after)")
    }
    #expect(isOldWhereItFailed)
  }

  @Test("a disk that keeps fewer bytes than it says is found out before the file appears")
  func shortOfBytes() throws {
    var disk = Disk.system
    disk.write = { _, bytes in bytes.count }
    #expect(throws: FileError.self) {
      try Disk.$current.withValue(disk) { try AtomicFile.write([1, 2, 3], to: "\(folder.path)/a") }
    }
    #expect(folder.names == [])
  }
}
