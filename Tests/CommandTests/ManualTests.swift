import Foundation
import Testing

@Suite("what `make install` makes of the commands' help")
struct ManualTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static let hasPython = ["/usr/bin/python3", "/usr/local/bin/python3"]
    .contains { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    "a manual page for each command has its options, sections and example",
    .enabled(if: hasPython, "there is no python3 here"))
  func pages() throws {
    let workplace = try Workplace()
    let made = try workplace.shell(
      "scorebook --experimental-dump-help | python3 '\(Self.package)/tools/manual.py' man")
    #expect(made.code == 0 && made.err == "")
    let pages = try workplace.names(in: "man")
    #expect(pages.contains("scorebook.1") && pages.contains("scorebook-snapshots.1"))
    let page = try workplace.read("man/scorebook-run.1")
    #expect(page.hasPrefix(".TH \"SCOREBOOK\\-RUN\" 1 \"\" \"scorebook "))
    for section in [
      "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLE", "EXIT STATUS", "SEE ALSO",
    ] {
      #expect(page.contains("\n.SH \(section)\n"), "\(section)")
    }
    #expect(page.contains("\n\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR\n"))
    #expect(page.contains("\n\\fB\\-\\-metrics\\-file\\fR \\fIfile\\fR\n"))
    // No line may look like a request to roff that is none of ours.
    let requests: Set = [".TH", ".SH", ".TP", ".PP", ".nf", ".fi", ".BR"]
    for name in pages {
      for line in try workplace.read("man/\(name)").split(separator: "\n") where line.first == "." {
        #expect(requests.contains(String(line.prefix { $0 != " " })), "\(name): \(line)")
      }
      let section = name == "scorebook.1" ? "COMMANDS" : "OPTIONS"
      #expect(try workplace.read("man/\(name)").contains("\n.SH \(section)\n"))
    }
  }

  @Test("completions for three shells know the commands and their options")
  func completions() throws {
    let workplace = try Workplace()
    for shell in ["bash", "zsh", "fish"] {
      let made = try workplace.run("--generate-completion-script", shell)
      #expect(made.code == 0 && made.err == "")
      #expect(made.out.contains("snapshots") && made.out.contains("keep-monthly"), "\(shell)")
    }
    let bash = try workplace.shell("scorebook --generate-completion-script bash | bash -n")
    #expect(bash.code == 0 && bash.err == "")
  }
}
