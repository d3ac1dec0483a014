import Foundation
import Testing

@Suite("append from standard input") struct StandardInputTests {
  @Test("a file is read from where it stands")
  func position() throws {
    let workplace = try Workplace()
    let first = event("1", "t", "ada")
    try workplace.write(first + event("2", "t", "bob"), to: "events")
    let outcome = try workplace.shell(
      "{ dd bs=\(first.utf8.count) count=1 of=/dev/null status=none; scorebook append --book b -; }"
        + " < events; zcat b/log/000001.ndjson.gz")
    #expect(outcome.out.hasPrefix("1 line = 1 appended"))
    #expect(outcome.out.hasSuffix(event("2", "t", "bob")))
  }

  @Test("a socket is read, though no path opens it, and one that does not wait is waited for")
  func socket() throws {
    let workplace = try Workplace()
    var ends: [Int32] = [0, 0]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    try #require(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
    let process = Process()
    process.executableURL = try Workplace.program
    process.arguments = ["append", "--book", "b", "-"]
    process.currentDirectoryURL = URL(fileURLWithPath: workplace.path)
    process.standardInput = FileHandle(fileDescriptor: ends[0])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    close(ends[0])
    let line = Array(event("1", "t", "ada").utf8)
    for piece in [line.prefix(10), line.dropFirst(10)] {
      usleep(20_000)
      #expect(
        Array(piece).withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) } == piece.count)
    }
    close(ends[1])
    let out = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: out, as: UTF8.self).hasPrefix("1 line = 1 appended"))
  }

  @Test("where it is closed, nothing else is taken for it, and nothing is made")
  func closed() throws {
    let workplace = try Workplace()
    let outcome = try workplace.shell("scorebook append --book b - <&-")
    #expect(outcome.code == 74 && outcome.err == "error: -: standard input is closed\n")
    #expect(!workplace.exists("b"))
  }
}
