import Files
import Foundation
import TestFiles
import Testing

@Suite("folders") struct FolderTests {
  @Test(
    "the folder that holds a path",
    arguments: [("a", "."), ("/a", "/"), ("/a/b", "/a"), ("a/b/c", "a/b"), ("/", "/")])
  func holder(path: String, folder: String) {
    #expect(folderPath(of: path) == folder)
  }

  @Test("a folder is made unless there is one; where none can be, that is told")
  func making() throws {
    let folder = try TemporaryFolder()
    let disk = Disk.current
    try disk.makeFolderDurably("\(folder.path)/new")
    try disk.makeFolderDurably("\(folder.path)/new")
    #expect(folder.names == ["new"])
    let error = try #require(throws: FileError.self) {
      try disk.makeFolderDurably("\(folder.path)/no/where")
    }
    #expect(error.exitCode == 73 && error.path == "\(folder.path)/no/where")
  }

  @Test("bytes are written to the last, however few the system takes at a time")
  func fewAtATime() throws {
    let folder = try TemporaryFolder()
    var disk = Disk.system
    disk.write = { Disk.system.write($0, UnsafeRawBufferPointer(rebasing: $1.prefix(3))) }
    let bytes = Array("more than three bytes".utf8)
    try Disk.$current.withValue(disk) { try AtomicFile.write(bytes, to: "\(folder.path)/a") }
    #expect(try folder.bytes(of: "a") == bytes)
  }
}
