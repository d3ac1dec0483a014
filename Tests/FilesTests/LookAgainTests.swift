import Files
import Foundation
import TestFiles
import Testing

@Suite("looking again at what others change") struct LookAgainTests {
  private struct Spoiled: Error {}

  @Test("what goes wrong while nothing changes is told at once")
  func unchanged() throws {
    var count = 0
    #expect(throws: Spoiled.self) {
      try lookAgain(at: { 1 }) { _ in
        count += 1
        throw Spoiled()
      }
    }
    #expect(count == 1)
    #expect(try lookAgain(at: { 1 }, isDoubtful: { $0 == 2 }) { $0 + 1 } == 2)
  }

  @Test("what goes wrong while something changes is looked at again, from the new beginning")
  func changed() throws {
    var (state, seen) = (0, [Int]())
    let answer = try lookAgain(at: { state }) { before in
      seen.append(before)
      if state < 3 {
        state += 1
        throw Spoiled()
      }
      return before
    }
    #expect(answer == 3 && seen == [0, 1, 2, 3])
  }

  @Test("a change that spoils no look is no reason to look again")
  func harmless() throws {
    var state = 0
    #expect(throws: Spoiled.self) {
      try lookAgain(at: { state }, isDisturbing: { $1 < $0 }) { _ in
        state += 1
        throw Spoiled()
      }
    }
    #expect(state == 1)
  }

  @Test("what changes for ever is given up, with what came of the last look")
  func bounded() throws {
    var count = 0
    #expect(throws: Spoiled.self) {
      try lookAgain(at: { count }) { _ in
        count += 1
        throw Spoiled()
      }
    }
    #expect(count > 1 && count < 100)
  }

  @Test(
    "a file that was listed is not read where another stands in its place, but where it has grown")
  func listed() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("one\n".utf8), to: "file")
    let path = "\(folder.path)/file"
    let listed = try #require(try fileStatus(path))
    #expect(try RegularFile(path, path: path, listed: listed).bytes().count == 4)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("two\n".utf8))
    try handle.close()
    #expect(try RegularFile(path, path: path, listed: listed).bytes().count == 8)
    try folder.write(Array("another\n".utf8), to: "other")
    #expect(rename("\(folder.path)/other", path) == 0)
    let error = #expect(throws: FileError.self) {
      _ = try RegularFile(path, path: path, listed: listed)
    }
    #expect(error?.kind == .changed)
  }
}
