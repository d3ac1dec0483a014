import EventLog
import Files
import Foundation
import Testing

/// What the system itself does when there is no room, beside the calls that other tests let fail.
@Suite("append on a full disk", .serialized)
struct FullDiskTests {
  /// So much that it does not compress away: some 40 KB of segment.
  private static let lines = (0..<1000).map { number in
    event(SHA256Hasher.hex(of: "\(number)"), "t", "lead-\(number)")
  }

  private func check(_ workplace: Workplace, _ book: String, after outcome: Outcome) throws {
    let log = "\(workplace.path)/\(book)/log"
    var count = 0
    if FileManager.default.fileExists(atPath: log) {
      for segment in try listSegments(in: log) {
        count += try readLines(of: segment) { _ in }.lineCount
      }
    }
    #expect(count % 200 == 0)
    if outcome.code == 0 {
      #expect(count == Self.lines.count)
    } else {
      #expect([73, 74].contains(outcome.code), "\(outcome.err)")
      let committed = outcome.out.split(separator: "\n").count { $0.hasPrefix("committed ") }
      #expect(count >= committed * 200)
    }
  }

  @Test("a limit on the size of files", arguments: [0, 1, 4, 9])
  func fileSizeLimit(kilobytes: Int) throws {
    let workplace = try Workplace()
    try workplace.write(Self.lines.joined(), to: "input.ndjson")
    let outcome = try workplace.shell(
      "trap '' XFSZ; ulimit -f \(kilobytes); "
        + "scorebook append --book acme --batch-events 200 input.ndjson")
    #expect((outcome.code == 0) == (kilobytes == 9) || outcome.code == 74)
    try check(workplace, "acme", after: outcome)
    let again = try workplace.run("append", "--book", "acme", "input.ndjson")
    #expect(again.code == 0)
    try check(workplace, "acme", after: again)
  }

  /// Whether this process may mount a file system of its own; mostly in containers, and only as root.
  private static let canMount: Bool = {
    guard geteuid() == 0, let workplace = try? Workplace() else { return false }
    let script = "mkdir m && mount -t tmpfs -o size=64k tmpfs m && umount m"
    return (try? workplace.shell(script))?.code == 0
  }()

  @Test(
    "a disk with too little room, and then enough", .enabled(if: canMount, "needs a mount"),
    arguments: [16, 32, 48, 64, 80])
  func fullDisk(kilobytes: Int) throws {
    let workplace = try Workplace()
    try workplace.write(Self.lines.joined(), to: "input.ndjson")
    #expect(
      try workplace.shell("mkdir m && mount -t tmpfs -o size=\(kilobytes)k tmpfs m").code == 0)
    defer { _ = try? workplace.shell("umount m") }
    let outcome = try workplace.run(
      "append", "--book", "m/acme", "--batch-events", "200", "input.ndjson")
    try check(workplace, "m/acme", after: outcome)
    #expect(try workplace.shell("mount -o remount,size=1m m").code == 0)
    let again = try workplace.run("append", "--book", "m/acme", "input.ndjson")
    #expect(again.code == 0)
    try check(workplace, "m/acme", after: again)
  }

  private static let hasStrace = (try? Workplace().shell("strace -qq -o /dev/null true"))?.code == 0

  @Test(
    "killed at system calls and at random, append, compact and erase lose nothing",
    .enabled(if: hasStrace, "needs strace"))
  func killed() throws {
    let workplace = try Workplace()
    let outcome = try workplace.shell(
      "python3 \(Page.root)/tools/torture/kill_writers.py \(Workplace.program.path) "
        + "--seed 1 --rounds 3 --every 7 2>&1")
    #expect(outcome.code == 0, "\(outcome.out)")
  }
}
