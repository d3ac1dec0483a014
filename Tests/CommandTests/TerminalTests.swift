import Foundation
import Notation
import Testing

@Suite("What reaches a terminal") struct TerminalTests {
  /// A title, a colour, a bell, eight-bit control, another line, and text that is turned around.
  private static let hostile = "\u{1b}]0;t\u{7}\u{1b}[31m\u{9b}2Jx\nerror: y\u{202e}z\u{7f}"
  private static let escaped = String(
    decoding: (try? JSONEncoder().encode(hostile)) ?? Data(), as: UTF8.self)

  /// A book in which everything that comes from outside has such text in it.
  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    _ = try workplace.run("init", "b")
    let text = Self.escaped
    var lines = [
      #"{"id":\#(text),"time":"2026-02-01T00:00:00Z","type":\#(text),"lead":\#(text),"account":\#(text),"path":\#(text)}"#,
      #"{"id":"2","time":"2026-02-01T00:00:01Z","type":"page_view","lead":\#(text),"path":"/pricing"}"#,
      #"{"id":"3","time":"2026-02-01T00:00:02Z","type":"profile","lead":\#(text),"fields":{"job_title":\#(text)}}"#,
      #"{"id":"4","time":"2026-02-01T00:00:03Z","type":"merge","lead":\#(text),"from":"\#("x")"}"#,
      #"{"id":"5","time":"2026-02-01T00:00:04Z","type":"account_profile","account":\#(text),"fields":{"industry":\#(text)}}"#,
      #"{"id":"6","time":"2026-02-20T00:00:00Z","type":"outcome","lead":\#(text),"outcome":"won"}"#,
    ]
    lines.append(Self.hostile.replacingOccurrences(of: "\n", with: " "))
    try workplace.write(lines.joined(separator: "\n") + "\n", to: "events")
    try workplace.write(
      lines[1].replacingOccurrences(of: #""2""#, with: #""9""#) + "\n",
      to: "b/log/\(Self.hostile.replacingOccurrences(of: "\n", with: "")).ndjson")
    return workplace
  }

  private static let commands = [
    ["append", "--book", "b", "events"], ["append", "--book", "b", "no\(hostile)file"],
    ["log", "--book", "b"],
    ["run", "--book", "b", "--as-of", "2026-03-01T00:00:00Z", "--max-refused", "1", "--details"],
    ["run", "--book", "b", "--as-of", "2026-03-01T00:00:00Z", "--since", hostile],
    ["explain", "--book", "b", hostile], ["explain", "--book", "b", "--account", hostile],
    ["explain", "--book", "b", "nobody\(hostile)"],
    ["history", "--book", "b", hostile], ["history", "--book", "b", "--account", hostile],
    ["diff", "--book", "b", "latest", "@2026-02-01T12:00:00Z", "--all"],
    ["replay", "--book", "b", "--set", "scores.engagement.points.pricing-view=50"],
    ["replay", "--book", "b", "--set", hostile], ["replay", "--book", "b", "--against", hostile],
    ["sweep", "--book", "b"], ["calibrate", "--book", "b"], ["backtest", "--book", "b"],
    ["check", "b/pipeline.yaml", "--coverage", "b"], ["check", hostile], ["check", "bad.yaml"],
    ["verify", "--book", "b"], ["verify", "--book", "b", "--snapshot", "latest"],
    ["snapshots", "--book", "b"], ["cache", "--book", "b"], ["cache", "--book", hostile],
    ["init", hostile], ["no\(hostile)command"], ["run", "--no\(hostile)option"],
    ["run", "--book", "b", "--as-of", hostile],
    ["log", "compact", "--book", "b"], ["erase", "--book", "b", hostile, "--purge"],
  ]

  /// What a terminal would obey in some output, but for the ends of lines.
  private func obeyed(_ text: String) -> [String] {
    text.unicodeScalars.filter { isObeyedByTerminals($0) && $0 != "\n" }
      .map { String($0.value, radix: 16) }
  }

  private func hasForgedLine(_ text: String) -> Bool {
    text.split(separator: "\n").contains { $0.hasPrefix("error: y") }
  }

  @Test("nothing that comes from outside is obeyed, in any command, as text or as JSON")
  func everyCommand() throws {
    let workplace = try workplace()
    try workplace.write("name: \"\\e[31m\"\nscores: { \"\\e[31m\": 1 }\n", to: "bad.yaml")
    var printed = ""
    for command in Self.commands {
      for json in [[], ["--json"]] as [[String]] {
        if command[0] == "erase", json.isEmpty { continue }
        let outcome = try workplace.run(command + json)
        for text in [outcome.out, outcome.err] {
          #expect(obeyed(text).isEmpty, "\(command) \(json): \(visibleText(text))")
          #expect(!hasForgedLine(text), "\(command) \(json): \(visibleText(text))")
        }
        printed += outcome.out + outcome.err
      }
    }
    // It was there, in both forms.
    #expect(printed.contains("\\u{1b}]0;t\\u{7}") && printed.contains("\\u001b"))
    #expect(printed.contains("\\u009b") && printed.contains("\\u202e"))
  }

  @Test("on a terminal there are colours of ours, and of nobody else")
  func colours() throws {
    let workplace = try workplace()
    _ = try workplace.run("append", "--book", "b", "events")
    let command = [
      "replay", "--book", "b", "--against", "b/pipeline.yaml", "--as-of", "2026-03-01T00:00:00Z",
      "--set", "scores.engagement.points.pricing-view=50",
    ]
    let text = try onTerminal(command, in: workplace)
    #expect(text.contains("\u{1b}[1m") && text.contains("\u{1b}[0m"))
    let rest = [1, 31, 32, 0].reduce(text) {
      $0.replacingOccurrences(of: "\u{1b}[\($1)m", with: "")
    }
    #expect(obeyed(rest).isEmpty, "\(visibleText(rest))")
    #expect(!text.contains("\u{1b}[31mx") && text.contains("\\u{1b}[31m"))
    let csv = try onTerminal(command + ["--csv"], in: workplace)
    #expect(obeyed(csv).isEmpty && csv.contains("\\u{1b}"))
    // To a program CSV is what it is.
    #expect(try workplace.run(command + ["--csv"]).out.contains("\u{1b}"))
  }

  /// Runs a command whose output is a terminal; returns what it printed, with line feeds alone.
  private func onTerminal(_ arguments: [String], in workplace: Workplace) throws -> String {
    // What posix_openpt and the like do, which the C library shows only to whoever asks for them.
    let (unlock, giveNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var number: Int32 = 0
    try #require(terminal >= 0 && ioctl(terminal, unlock, &number) == 0)
    try #require(ioctl(terminal, giveNumber, &number) == 0)
    defer { close(terminal) }
    let end = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(end >= 0)
    let process = Process()
    process.executableURL = try Workplace.program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: workplace.path)
    process.environment = ["TERM": "xterm", "PATH": "/usr/bin:/bin"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(fileDescriptor: end)
    process.standardError = FileHandle.nullDevice
    try process.run()
    close(end)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // Once nobody has the other end open, reading is an error.
      let count = read(terminal, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer.prefix(count)
    }
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
  }
}
