import Foundation
import Testing

/// What no compiler checks about the sources: who imports whom, and names that some rooms go without.
@Suite("Tidiness")
struct TidyTests {
  /// What each room may import: data flows through them one way, and only the Engine knows workers.
  private static let arrows: [String: Set<String>] = [
    "CZlib": [], "CCrypto": [], "CISAL": [],
    "EventLog": ["CZlib", "CCrypto", "CISAL", "Foundation", "Synchronization"],
    "Definition": ["Yams", "Foundation"],
    "Intake": [],
    "Statistics": ["Glibc", "Darwin"],
    "Reading": ["Definition", "Glibc", "Darwin"],
    "Judging": ["Definition", "Foundation"],
    "Snapshots": ["Definition", "EventLog", "Foundation", "Glibc", "Darwin"],
    "Engine": [
      "EventLog", "Definition", "Intake", "Reading", "Judging", "Snapshots", "Statistics",
      "Foundation", "Dispatch", "Synchronization",
    ],
    "scorebook": [
      "Engine", "Definition", "EventLog", "Snapshots", "ArgumentParser", "Foundation",
      "Synchronization",
    ],
    // Makes logs to try things with; no part of the program.
    "samplebook": ["EventLog", "ArgumentParser", "Foundation", "Dispatch", "Synchronization"],
  ]

  /// Names that may not appear where results are worked out, and what to use there.
  private static let bans: [(pattern: String, instead: String)] = [
    (#"\bDate\(\)"#, "the as-of that is passed in"),
    (#"\bDate\.now\b|\bcurrentMilliseconds\b"#, "the as-of that is passed in"),
    (#"\bHasher\("#, "keyHash: Swift's own is seeded per process"),
    (#"\.hashValue\b"#, "keyHash: Swift's own is seeded per process"),
    (#"\b(debugP|p)rint\("#, "a value that is returned; commands print"),
    (#"\bFileManager\b|\bfopen\("#, "EventLog or Snapshots"),
    (#"\bProcessInfo\b|\bgetenv\("#, "a parameter"),
    (#"\bLocale\b|\.autoupdatingCurrent\b|TimeZone\.current\b"#, "the definition's time zone"),
    (#"\bDispatchQueue\b|\bThread\b|\bTask\s*\{"#, "Engine, which hands out the work"),
    (#"\bSystemRandomNumberGenerator\b|\.random\(|\bshuffled\("#, "nothing: results are no dice"),
  ]
  private static let pureRooms = ["Definition", "Reading", "Judging", "Intake", "Statistics"]

  private static let lineCountMax = 400

  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private struct SourceFile {
    var path: String
    var text: String
    var room: String { String(path.split(separator: "/")[1]) }
    var lines: [String] { text.components(separatedBy: "\n") }
  }

  /// The files with an ending below some folders, but for hidden ones and what is built.
  private func files(in folder: String, ending: String) throws -> [SourceFile] {
    let root = Self.package + (folder.isEmpty ? "" : "/\(folder)")
    let paths = try #require(FileManager.default.enumerator(atPath: root))
    var files: [SourceFile] = []
    for case let path as String in paths {
      if path.hasPrefix(".") || path.contains("/.") {
        paths.skipDescendants()
      } else if path.hasSuffix(ending) {
        let name = folder.isEmpty ? path : "\(folder)/\(path)"
        let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
        files.append(SourceFile(path: name, text: text))
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  /// A line without its comment; a `//` inside a text is taken for one, which hides nothing here.
  private func code(_ line: String) -> String {
    line.components(separatedBy: "//")[0]
  }

  private func imports(_ text: String) -> [String] {
    text.components(separatedBy: "\n").compactMap { line in
      let words = code(line).split { $0 == " " || $0 == "\t" }
      let levels = ["public", "package", "internal", "private"]
      guard let place = words.firstIndex(of: "import"),
        words[..<place].allSatisfy({ $0.hasPrefix("@") || levels.contains(String($0)) })
      else { return nil }
      return words.last?.split(separator: ".").first.map(String.init)
    }
  }

  private func banned(_ text: String) -> [(line: Int, instead: String)] {
    text.components(separatedBy: "\n").enumerated().flatMap { number, line in
      Self.bans.filter { code(line).range(of: $0.pattern, options: .regularExpression) != nil }
        .map { (number + 1, $0.instead) }
    }
  }

  /// The targets of the links in a Markdown text that lead to files.
  private func links(_ text: String) -> [String] {
    var isFenced = false
    var found: [String] = []
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isFenced.toggle() }
      if isFenced { continue }
      let prose = line.replacingOccurrences(
        of: "`[^`]*`", with: "", options: .regularExpression)
      for part in prose.components(separatedBy: "](").dropFirst() {
        let target = part.components(separatedBy: ")")[0].components(separatedBy: " ")[0]
          .components(separatedBy: "#")[0]
        if target.isEmpty || target.contains(":") { continue }
        found.append(target.removingPercentEncoding ?? target)
      }
    }
    return found
  }

  @Test("every room imports only what it may")
  func arrows() throws {
    let files = try files(in: "Sources", ending: ".swift")
    #expect(files.count > 100)
    let rooms = try FileManager.default.contentsOfDirectory(atPath: "\(Self.package)/Sources")
    #expect(Set(rooms.filter { !$0.hasPrefix(".") }).isSubset(of: Set(Self.arrows.keys)))
    for file in files {
      let surplus = imports(file.text).filter { !(Self.arrows[file.room] ?? []).contains($0) }
      #expect(surplus.isEmpty, "\(file.path) may not import \(surplus)")
    }
  }

  @Test("the package gives no target more of ours than it may import")
  func manifest() throws {
    let text = try String(contentsOfFile: "\(Self.package)/Package.swift", encoding: .utf8)
    let targets = text.components(separatedBy: "arget(").dropFirst()
    var met: Set<String> = []
    for target in targets {
      let quoted = target.components(separatedBy: "\"")
      guard quoted.count > 1, let allowed = Self.arrows[quoted[1]] else { continue }
      met.insert(quoted[1])
      let dependencies = target.components(separatedBy: "dependencies: [").dropFirst().first ?? ""
      let named = dependencies.components(separatedBy: "]")[0].components(separatedBy: "\"")
      let surplus = named.filter { Self.arrows[$0] != nil && !allowed.contains($0) }
      #expect(surplus.isEmpty, "target \(quoted[1]) depends on \(surplus)")
    }
    #expect(met == Set(Self.arrows.keys).subtracting(["CZlib", "CCrypto"]))
  }

  @Test("no clock, seed, environment or file reaches the rooms where results are worked out")
  func pureRooms() throws {
    for room in Self.pureRooms {
      let files = try files(in: "Sources/\(room)", ending: ".swift")
      #expect(!files.isEmpty)
      for file in files {
        for (line, instead) in banned(file.text) {
          Issue.record("\(file.path):\(line): use \(instead)")
        }
      }
    }
  }

  @Test("nothing is left to do in the sources, and no file is a giant")
  func leftovers() throws {
    // Spelled in two halves, so that this file does not name itself.
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    for file in try files(in: "Sources", ending: ".swift") + files(in: "Tests", ending: ".swift") {
      for (number, line) in file.lines.enumerated() where marks.contains(where: line.contains) {
        Issue.record("\(file.path):\(number + 1): do it or drop it")
      }
    }
    for file in try files(in: "Sources", ending: ".swift")
    where file.lines.count > Self.lineCountMax {
      Issue.record("\(file.path): \(file.lines.count) lines; at most \(Self.lineCountMax)")
    }
  }

  @Test("every relative link of every Markdown page leads to a file")
  func markdown() throws {
    let pages = try files(in: "", ending: ".md")
    #expect(!pages.isEmpty)
    for page in pages {
      let folder = (page.path as NSString).deletingLastPathComponent
      for link in links(page.text) {
        let target = link.hasPrefix("/") ? link : "/\(folder)/\(link)"
        #expect(
          FileManager.default.fileExists(atPath: Self.package + target), "\(page.path): \(link)")
      }
    }
  }

  @Test("the rules here see what they are to see")
  func rules() {
    let text = """
      import A
        @testable import B
      @preconcurrency package import struct C.D
      // import E
      let important = 1
      """
    #expect(imports(text) == ["A", "B", "C"])
    #expect(banned("let a = Date()").count == 1)
    #expect(banned("let a = Date(timeIntervalSince1970: 0) // Date()").isEmpty)
    #expect(banned("print(a); var h = Hasher()").count == 2)
    #expect(banned("func hash(into hasher: inout Hasher) { imprint(a) }").isEmpty)
    #expect(banned("FileManager.default").first?.instead == "EventLog or Snapshots")
    let page = """
      [a](a.md) and [b](../b.md#part), not [c](https://example.com) nor [d](#here) nor `[e](e)`
      ```
      [f](f.md)
      ```
      ![g](g%20h.png "title")
      """
    #expect(links(page) == ["a.md", "../b.md", "g h.png"])
  }
}
