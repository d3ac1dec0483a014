import Files
import Foundation
import Testing

@Suite("Pages that are lost") struct LostPagesTests {
  @Test("a file that is cut while it is mapped ends the process with exit code 74 and its name")
  func cut() async throws {
    let ended = try #require(
      await #expect(
        processExitsWith: .exitCode(74), observing: [\.standardErrorContent]
      ) {
        endOnLostPages()
        let folder = try ScratchFolder()
        let path = "\(folder.path)/cut.sheet"
        try Data(count: 1 << 20).write(to: URL(fileURLWithPath: path))
        let file = try MappedFile(path, path: path)
        truncate(path, 4096)
        // Far behind the page that is left.
        exit(Int32(file.bytes[1 << 19]))
      })
    let said = String(decoding: ended.standardErrorContent, as: UTF8.self)
    #expect(said.hasPrefix("error: a file was cut while it was being read, or its disk failed"))
    #if canImport(Glibc)
      #expect(said.contains("/cut.sheet\n"))
    #endif
  }
}
