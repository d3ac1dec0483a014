import Foundation
import Testing

/// Keeps the documentation true: its commands are run, its links followed, its options compared.
///
/// What the fences of a page mean:
/// - `sh`: run by bash with `-eu`, in order, in one scratch folder for each page; must exit with 0.
/// - `sh fails=65`: must exit with that code.
/// - `sh not-run`: not run; an HTML comment above says why.
/// - `text output`: its lines were printed by the block before, in this order; a line or a part of
///   one that is `…` stands for anything.
/// - `text make-run`: the same, of what the Makefile's `run` does.
@Suite("the documentation")
struct DocumentationTests {
  @Test("every command in it does what it says", arguments: Page.all)
  func commandsRun(_ page: Page) throws {
    let blocks = page.blocks.filter { $0.isShell || $0.isOutput }
    guard blocks.contains(where: \.isShell) else { return }
    let scratch = try Scratch()
    var printed: [String]?
    for block in blocks {
      if block.isOutput {
        let lines = try #require(printed, "\(page.path):\(block.line): nothing was run before this")
        let missing = block.firstLine(missingIn: lines)
        let isPrinted = missing == nil
        #expect(
          isPrinted,
          "\(page.path):\(block.line): not printed: \(missing ?? "")\n\(lines.joined(separator: "\n"))"
        )
      } else if block.words.contains("not-run") {
        #expect(block.hasReason, "\(page.path):\(block.line): say above why it is not run")
        printed = nil
      } else {
        let (code, output) = try scratch.run(block.text)
        let isExpected = code == block.expectedCode
        #expect(isExpected, "\(page.path):\(block.line): exit code \(code)\n\(output)")
        guard isExpected else { return }
        printed = output.components(separatedBy: "\n")
      }
    }
  }

  @Test("the README shows what `make run` prints, and where its results are")
  func readmeShowsTheRun() throws {
    let page = try Page(path: "README.md")
    let scratch = try Scratch()
    let makefile = try Page(path: "Makefile").lines
    let recipe = makefile.drop { $0 != "run: build" }.dropFirst().prefix { !$0.isEmpty }
    var script = recipe.filter { $0.hasPrefix("\t") }.map { line in
      let command = line.drop { $0 == "\t" || $0 == "@" }
      let built = ".build/release/"
      return command.hasPrefix(built) ? command.dropFirst(built.count) : command
    }.joined(separator: "\n")
      .replacingOccurrences(of: "$(BOOK)", with: "demo-book")
    for name in ["AS_OF", "WEEK_BEFORE"] {
      let line = try #require(makefile.first { $0.hasPrefix("\(name) = ") })
      script = script.replacingOccurrences(of: "$(\(name))", with: line.dropFirst(name.count + 3))
    }
    let (code, output) = try scratch.run(script)
    let isDone = code == 0
    #expect(isDone, "\(script): \(output)")
    let shown = try #require(page.blocks.first { $0.words == ["text", "make-run"] })
    let missing = shown.firstLine(missingIn: output.components(separatedBy: "\n"))
    #expect(missing == nil)
    let words = page.lines.flatMap { $0.split { " `|".contains($0) } }
    let results = Set(words.filter { $0.hasPrefix("demo-book/") })
    #expect(results.count > 5)
    for path in results {
      let isThere = FileManager.default.fileExists(atPath: "\(scratch.folder)/\(path)")
      #expect(isThere, "make run does not make \(path)")
    }
  }

  @Test("every link leads somewhere", arguments: Page.all)
  func linksLead(_ page: Page) throws {
    for (target, line) in page.links where !target.contains("://") {
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file = parts[0].isEmpty ? page.path : Page.resolve(String(parts[0]), from: page.path)
      #expect(Page.exists(file), "\(page.path):\(line): no such file: \(target)")
      guard parts.count == 2, file.hasSuffix(".md"), Page.exists(file) else { continue }
      let hasAnchor = try Page(path: file).anchors.contains(String(parts[1]))
      #expect(hasAnchor, "\(page.path):\(line): no such heading: \(target)")
    }
  }

  @Test("every file it mentions is there", arguments: Page.all)
  func mentionedFilesExist(_ page: Page) {
    let roots = ["pipelines/", "docs/", "Sources/", "Tests/", "sample-data/", "tools/"]
    for (number, line) in page.lines.enumerated() {
      let words = line.split { !($0.isLetter || $0.isNumber || "./_-+".contains($0)) }
      for word in words where roots.contains(where: word.hasPrefix) {
        let path = word.last == "." ? String(word.dropLast()) : String(word)
        #expect(Page.exists(path), "\(page.path):\(number + 1): no such file: \(path)")
      }
    }
  }

  @Test("every page can be reached from the README")
  func pagesAreReached() throws {
    var reached: Set<String> = []
    var next = ["README.md"]
    while let path = next.popLast() {
      guard reached.insert(path).inserted, path.hasSuffix(".md"), Page.exists(path) else {
        continue
      }
      next += try Page(path: path).links.map(\.target).filter { !$0.contains("://") }.map {
        Page.resolve(String($0.prefix { $0 != "#" }), from: path)
      }
    }
    for page in Page.all {
      #expect(reached.contains(page.path), "\(page.path) is linked by nothing")
    }
  }

  /// The exports that one section tells of together.
  private static let exports = ["parquet", "ndjson", "spreadsheet", "sqlite", "postgres"]

  @Test("the page of commands has all options of each command, and no others")
  func optionsAreDocumented() throws {
    let scratch = try Scratch()
    let page = try Page(path: "docs/reference/commands.md")
    let help = try scratch.help([]).components(separatedBy: "SUBCOMMANDS:\n").last ?? ""
    let names = help.components(separatedBy: "\n").prefix { !$0.isEmpty }
      // What is indented further goes on with the line above.
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count >= 4)
    for name in names + ["export crm"] {
      let section = page.section("scorebook \(name)")
      #expect(!section.isEmpty, "no section about '\(name)'")
      let commands =
        name == "export" ? Self.exports.map { [name, $0] } : [name.components(separatedBy: " ")]
      let offered = try commands.reduce(into: Set<String>()) {
        $0.formUnion(options(in: try scratch.help($1)))
      }.subtracting(["--help", "--version"])
      let documented = options(in: section)
      #expect(offered.isSubset(of: documented), "'\(name)': \(offered.subtracting(documented))")
      #expect(documented.isSubset(of: offered), "'\(name)': \(documented.subtracting(offered))")
    }
  }

  @Test("the page of snapshots has every key of summary.json and manifest.json")
  func keysAreDocumented() throws {
    let scratch = try Scratch()
    let (code, output) = try scratch.run(Self.everySection)
    let isDone = code == 0
    #expect(isDone, "\(output)")
    let page = try Page(path: "docs/reference/snapshots.md").lines.flatMap { line in
      line.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    for file in ["summary", "manifest"] {
      let path = "\(scratch.folder)/book/snapshots/latest/\(file).json"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let json = try JSONSerialization.jsonObject(with: bytes)
      // Names of the definition begin with x; letters, reasons and scores are not this page's.
      let others: Set = ["A", "refusedByReason"]
      // A column such as raw.xscore is named by both.
      let words = keys(of: json, leavingOut: others).flatMap { $0.split(separator: ".") }
      for key in words.map(String.init) where !key.hasPrefix("x") && Int(key) == nil {
        let isThere = page.contains(key)
        #expect(isThere, "\(file).json has '\(key)'")
      }
    }
  }

  private static let everySection = """
    mkdir -p book/log
    cat > book/pipeline.yaml <<'END'
    name: x
    interactions: { xview: { type: page_view } }
    scores: { xscore: { points: { xview: 1 }, caps: [ { interactions: [xview], points: 9 } ] } }
    grades:
      xgrade:
        letters: { A: 0 }
        criteria: [ { attribute: a, weight: 1, values: [ { is: b, value: 1 } ] } ]
    nps: { answers: { type: nps }, value: value, scale: [1, 10] }
    personas: { xgroup: [ { name: xpersona } ] }
    lists: { xlist: { activities: 1 } }
    accounts: { ready: { leads: 1 } }
    END
    echo '{"id":"1","time":"2026-01-01T00:00:00Z","type":"nps","lead":"l","value":9}' > book/log/1.ndjson
    scorebook run --book book
    """

  private func options(in text: String) -> Set<String> {
    let words = text.split { !($0.isLetter || $0 == "-") }
    return Set(
      words.filter { $0.hasPrefix("--") && $0.contains(where: \.isLetter) }.map(String.init))
  }

  private func keys(of json: Any, leavingOut others: Set<String>) -> Set<String> {
    switch json {
    case let object as [String: Any]:
      let inner = object.filter { !others.contains($0.key) }
      return Set(inner.keys).union(inner.values.flatMap { keys(of: $0, leavingOut: others) })
    case let list as [Any]: return Set(list.flatMap { keys(of: $0, leavingOut: others) })
    default: return []
    }
  }
}

/// A page of the documentation.
struct Page: Sendable, CustomTestStringConvertible {
  /// Below the root of the repository.
  let path: String
  let lines: [String]

  var testDescription: String { path }

  init(path: String) throws {
    self.path = path
    lines = try String(contentsOfFile: "\(Page.root)/\(path)", encoding: .utf8)
      .components(separatedBy: "\n")
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// All pages that are there, so that a new one is tested without being named here.
  static let all: [Page] = {
    let docs = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/docs")) ?? []
    let paths = docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    return (["README.md", "CONTRIBUTING.md"] + paths).compactMap { try? Page(path: $0) }
  }()

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(root)/\(path)")
  }

  /// Returns where a link of a page leads, below the root.
  static func resolve(_ target: String, from page: String) -> String {
    var parts = page.split(separator: "/").dropLast()
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  /// A fenced block: the words behind the fence and what is inside.
  struct Block {
    var words: [String]
    /// Where its fence stands, from 1.
    var line: Int
    var lines: [String] = []
    /// Whether an HTML comment ends right above it.
    var hasReason: Bool

    var text: String { lines.joined(separator: "\n") + "\n" }
    var isShell: Bool { words.first == "sh" }
    var isOutput: Bool { words.starts(with: ["text", "output"]) }
    var expectedCode: Int32 {
      words.compactMap { $0.hasPrefix("fails=") ? Int32($0.dropFirst(6)) : nil }.first ?? 0
    }

    /// Returns the first line that does not follow in what was printed; nil if all do.
    func firstLine(missingIn printed: [String]) -> String? {
      var rest = printed[...]
      for line in lines where line != "…" {
        guard let index = rest.firstIndex(where: { Block.matches($0, line) }) else { return line }
        rest = rest[(index + 1)...]
      }
      return nil
    }

    private static func matches(_ printed: String, _ line: String) -> Bool {
      let parts = line.components(separatedBy: "…")
      guard let first = parts.first, let last = parts.last, parts.count > 1 else {
        return printed == line
      }
      return printed.hasPrefix(first) && printed.hasSuffix(last)
    }
  }

  var blocks: [Block] {
    var blocks: [Block] = []
    var open: Block?
    for (index, line) in lines.enumerated() {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let block = open {
        blocks.append(block)
        open = nil
      } else {
        open = Block(
          words: line.dropFirst(3).split(separator: " ").map(String.init), line: index + 1,
          hasReason: index > 0 && lines[index - 1].hasSuffix("-->"))
      }
    }
    return blocks
  }

  /// The lines outside of fences, with their numbers.
  private var prose: [(text: String, line: Int)] {
    var isOpen = false
    return lines.enumerated().compactMap { index, line in
      if line.hasPrefix("```") {
        isOpen.toggle()
        return nil
      }
      return isOpen ? nil : (line, index + 1)
    }
  }

  /// The targets of links, with their lines.
  var links: [(target: String, line: Int)] {
    prose.flatMap { text, line in
      text.components(separatedBy: "](").dropFirst().map { rest in
        (String(rest.prefix { $0 != ")" }), line)
      }
    }
  }

  /// The anchors of its headings, as GitHub makes them.
  var anchors: Set<String> {
    Set(
      prose.filter { $0.text.hasPrefix("#") }.map { heading in
        heading.text.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
          .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
          .replacingOccurrences(of: " ", with: "-")
      })
  }

  /// What stands below a heading of the second level, up to the next.
  func section(_ heading: String) -> String {
    let below = lines.drop { $0 != "## \(heading)" }.dropFirst()
    return below.prefix { !$0.hasPrefix("## ") }.joined(separator: "\n")
  }
}

/// A folder with the sample's log and the pipelines, where `scorebook` is on the path.
private final class Scratch {
  let folder: String
  private let root: String
  private let environment: [String: String]

  init() throws {
    let files = FileManager.default
    root =
      files.temporaryDirectory
      .appendingPathComponent("scorebook-docs-\(UUID().uuidString)").path
    folder = "\(root)/here"
    for path in [folder, "\(root)/bin"] {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    for name in ["pipelines", "sample-data"] {
      try files.copyItem(atPath: "\(Page.root)/\(name)", toPath: "\(folder)/\(name)")
    }
    // The built program stands beside the tests.
    let built = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    try files.createSymbolicLink(
      atPath: "\(root)/bin/scorebook",
      withDestinationPath: built.appendingPathComponent("scorebook").path)
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = "\(root)/bin:" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment["LC_ALL"] = "C.UTF-8"
    self.environment = environment
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Runs a script; returns its exit code and all it printed.
  func run(_ script: String) throws -> (code: Int32, output: String) {
    try run("/usr/bin/env", ["bash", "-eu", "-c", script])
  }

  func help(_ command: [String]) throws -> String {
    try run("\(root)/bin/scorebook", command + ["--help"]).output
  }

  private func run(
    _ program: String, _ arguments: [String]
  ) throws -> (code: Int32, output: String) {
    let path = "\(root)/output"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    // A file, because a pipe that nobody reads yet would stop a talkative process.
    let output = try #require(FileHandle(forWritingAtPath: path))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    try output.close()
    return (process.terminationStatus, try String(contentsOfFile: path, encoding: .utf8))
  }
}
