import Foundation
import Testing

/// What has to be done with care is done in one place.
@Suite("One place for each") struct OnePlaceTests {
  private struct Rule {
    /// A regular expression of what is meant.
    var pattern: String
    /// The files that may, below `Sources`.
    var files: Set<String> = []
    /// What all others use, and why.
    var instead: String
  }

  private static let rules = [
    Rule(
      pattern: #"\b(debugP|p)rint\(|\bdump\(|\bf?puts\(|\bfwrite\(|standardOutput\b|write\(STDOUT"#,
      // What opens a browser must not print, either.
      files: ["scorebook/Printing.swift", "scorebook/OpenBrowser.swift"],
      instead: "printLines, printJSON or printCSV, of which a terminal obeys nothing"),
    Rule(
      pattern: #"standardError\b|write\(STDERR"#,
      files: [
        "Files/LostPages.swift", "scorebook/OpenBrowser.swift", "scorebook/Printing.swift",
        "scorebook/StopSignals.swift",
      ],
      instead: "printError, of which a terminal obeys nothing"),
    Rule(
      pattern: #"\\u\{1b\}|\\e\["#, files: ["scorebook/Printing.swift", "scorebook/Ink.swift"],
      instead: "Ink: what looks like a colour elsewhere is not printed as one"),
    Rule(
      pattern: #"\baccess\(|\bfaccessat\("#, files: ["Upkeep/Append/Append.swift"],
      instead: "exists: a disk that cannot tell is not one that has nothing"),
    Rule(
      pattern: #"\bFileManager\b|\bFileHandle\(|contentsOf: *URL|contentsOfFile|\bfopen\("#,
      files: [
        // The system's folder for what is temporary, /proc, the folders above a book, and a program of the desktop.
        "Files/ScratchFolder.swift", "Files/OpenFiles.swift", "Nightly/PeakMemory.swift",
        "Engine/Log/Book.swift", "scorebook/OpenBrowser.swift",
      ],
      instead: "fileStatus, fileNames, wholeFile or removeTree: they tell absent from unreadable, "
        + "and follow no link where something is removed"),
    Rule(
      pattern: #"\bopendir\(|\bnftw\("#,
      files: ["Files/FolderContents.swift", "EventLog/SegmentFiles.swift"],
      instead: "fileNames or filePaths"),
    Rule(
      pattern: #"\brmdir\("#,
      files: ["Files/FolderContents.swift", "Engine/Reader/CacheFolder.swift"],
      instead: "removeTree"),
    Rule(
      pattern: #"\busleep\(|\bnanosleep\(|\bThread\.sleep|\bsleep\(|\battempts? *(-=|\+=)"#,
      files: [
        // Waiting for a lock, for an erasure to be done, for the one who prunes, for a command to end, and for Ctrl-C.
        "Files/LookAgain.swift", "Engine/Log/Book+Lock.swift", "EventLog/WaitForWriter.swift",
        "Snapshots/Published/SnapshotHold.swift", "Nightly/ShellCommand.swift",
        "scorebook/ExploreCommand.swift",
      ],
      instead: "lookAgain or besideWriters: they know when there is a reason to try again"),
    Rule(
      pattern: #"O_TRUNC"#,
      instead: "O_EXCL: what is emptied before anybody knows what it is may be somebody's"),
    Rule(
      pattern: #"O_CREAT(?!.*(O_EXCL|O_NOFOLLOW))"#,
      instead: "O_EXCL or O_NOFOLLOW: a link leads to what is somebody's"),
    Rule(
      pattern: #"O_RDONLY(?!.*(O_NONBLOCK|O_DIRECTORY))"#,
      files: ["EventLog/FileInput.swift", "Nightly/ShellCommand.swift"],
      instead: "openRegularFile: a pipe in the place of a file must hold nobody up"),
  ]

  private func broken(_ line: String, in path: String) -> [String] {
    let code = line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
    return Self.rules.filter { rule in
      !rule.files.contains(path)
        && code.range(of: rule.pattern, options: .regularExpression) != nil
    }.map(\.instead)
  }

  @Test("printing, and what can lose or hold up somebody's files, is done in one place each")
  func sources() throws {
    var met: Set<String> = []
    // samplebook makes logs to try things with; nobody else's files are near.
    for file in try SourceFile.all(in: "Sources", ending: ".swift")
    where !file.path.hasPrefix("Sources/samplebook/") {
      let path = String(file.path.dropFirst("Sources/".count))
      met.insert(path)
      for (number, line) in file.lines.enumerated() {
        for instead in broken(line, in: path) {
          Issue.record("\(file.path):\(number + 1): use \(instead)")
        }
      }
    }
    // A file that is gone or renamed must not leave its rule without meaning.
    #expect(Set(Self.rules.flatMap(\.files)).subtracting(met) == [])
  }

  @Test("the rules see what they are to see")
  func seen() {
    for line in [
      "print(text)", "FileHandle.standardOutput.write(d)", #"let red = "\u{1b}[31m""#,
      "guard access(path, F_OK) == 0", "try? FileManager.default.removeItem(atPath: path)",
      "open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)", "open(path, O_WRONLY | O_CREAT, 0o644)",
      "open(path, O_RDONLY | O_CLOEXEC)", "rmdir(path)",
    ] {
      #expect(!broken(line, in: "Nightly/Run.swift").isEmpty, "\(line)")
    }
    for line in [
      "printLines(lines)", "// print(text)", "open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)",
      "open(path, O_RDONLY | O_NONBLOCK)", "reprint(a)",
    ] {
      #expect(broken(line, in: "Nightly/Run.swift").isEmpty, "\(line)")
    }
  }
}
