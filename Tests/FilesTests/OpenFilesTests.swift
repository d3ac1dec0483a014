import Files
import Foundation
import TestFiles
import Testing

@Suite("what others have open") struct OpenFilesTests {
  @Test("an entry counts while another process has a file of it open, and no longer")
  func others() throws {
    let folder = try TemporaryFolder()
    for name in ["held/deep/a", "inside/a", "free/a"] { try folder.write([1], to: name) }
    #expect(entriesInUse(in: folder.path) == [])
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/bin/sh")
    holder.arguments = ["-c", "exec 3< held/deep/a; cd inside; echo held; read line"]
    holder.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    #expect(output.fileHandleForReading.availableData.count > 0)
    #expect(entriesInUse(in: folder.path) == ["held", "inside"])
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    #expect(entriesInUse(in: folder.path) == [])
    #expect(entriesInUse(in: "/nowhere") == [])
  }
}
