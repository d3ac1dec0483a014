import Foundation
import Testing

/// Inside a room, too, what stands in one folder knows nothing of the folders after it.
@Suite("Folders in order") struct FolderOrderTests {
  /// The rooms with folders, each with these in their order.
  private static let order: [String: [String]] = [
    "Engine": ["Log", "Sheets", "Reader", "Leads", "Results"],
    "Snapshots": ["Writing", "CSV", "Published", "Changes", "Draft"],
    "Trials": ["Variants", "Check", "Replay", "Cutoffs", "Sweep", "Live", "Backtest", "Calibrate"],
    "Audit": ["Excerpt", "Explain", "History", "Moments", "Diff", "Ledger", "Reproduce"],
    "Upkeep": ["Book", "Append", "Erase", "Verify"],
    "Explorer": ["Rows", "Answers", ""],
    "Exports": ["Tables", "Writing", "Text", "Parquet", "SQLite"],
  ]

  @Test("every room with folders has them in the list, and nothing beside them")
  func listed() throws {
    for (target, files) in try SwiftFile.ofTargets.get()
    where target.isRoom && target.kind == .library && !files.isEmpty {
      let folders = Set(files.map(\.folder))
      #expect(folders == Set(Self.order[target.name] ?? [""]), "\(target.name)")
    }
  }

  @Test("no file names what a later folder of its room declares")
  func noCircles() throws {
    for (target, files) in try SwiftFile.ofTargets.get() {
      guard let order = Self.order[target.name] else { continue }
      for use in laterUses(in: files, order) { Issue.record("\(use)") }
    }
  }

  @Test(
    "circles are seen through types, functions and extensions, and where there are none none is")
  func seen() {
    func uses(_ first: String, _ second: String) -> [String] {
      laterUses(
        in: [SwiftFile(path: "S/R/A/a", first), SwiftFile(path: "S/R/B/b", second)],
        ["A", "B"])
    }
    let second = "struct Later {}\nfunc work() {}\nprivate struct Own {}"
    #expect(uses("let a = 1\nvar b: Later?", second) == ["S/R/A/a:2: Later is of B"])
    #expect(uses("func f() { work() }", second) == ["S/R/A/a:1: work is of B"])
    #expect(uses("func f() { x.work(); work; Own() }", second) == [])
    #expect(uses("// Later\nlet a = \"Later\"", second) == [])
    #expect(uses("let a = \"\\(Later())\"", second) == ["S/R/A/a:1: Later is of B"])
    #expect(uses("extension Later {}", second) == ["S/R/A/a:1: Later is of B"])
    #expect(uses("struct Early {}", "func f(_ early: Early) {}") == [])
    let early = "struct Early {}"
    #expect(
      uses(early, second + "\nextension Early {\n  func f(_ later: Later) {}\n}")
        == ["S/R/B/b:5: Later is of B, and Early of A"])
    #expect(
      uses(early, second + "\nextension Early {\n  fileprivate func f(_ later: Later) {}\n}") == [])
    #expect(uses(early, second + "\nextension [Early] { func f() {} }") == [])
  }

  /// The uses of names that only a later folder declares.
  private func laterUses(in files: [SwiftFile], _ order: [String]) -> [String] {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    func place(_ folder: String) -> Int { places[folder] ?? 0 }
    /// By name, the folder that declares it; of several the first.
    var homes: [String: (folder: String, isFunction: Bool)] = [:]
    for file in files.sorted(by: { place($0.folder) < place($1.folder) }) {
      for declaration in file.declarations
      where declaration.parent == nil && !declaration.isForFile {
        let isFunction = declaration.keyword == "func"
        guard isFunction || declaration.isType else { continue }
        if homes[declaration.name] == nil { homes[declaration.name] = (file.folder, isFunction) }
      }
    }
    var uses: [String] = []
    for file in files {
      for (at, token) in file.tokens.enumerated() {
        guard let home = homes[token.text], at == 0 || file.tokens[at - 1].text != ".",
          !home.isFunction || file.isCall(at)
        else { continue }
        // What an extension offers to others is a part of its type, wherever it stands.
        let owner = file.extendedType(at)
        let ownerHome = owner.flatMap { homes[$0]?.folder } ?? file.folder
        let folder = place(ownerHome) < place(file.folder) ? ownerHome : file.folder
        guard place(home.folder) > place(folder) else { continue }
        let name = "\(file.path):\(token.line): \(token.text) is of \(home.folder)"
        uses.append(folder == file.folder ? name : "\(name), and \(owner ?? "") of \(folder)")
      }
    }
    return uses
  }
}

extension SwiftFile {
  /// Whether a function is called at a place, not declared.
  fileprivate func isCall(_ place: Int) -> Bool {
    let isDeclared = place > 0 && tokens[place - 1].text == "func"
    return !isDeclared && place + 1 < tokens.count && tokens[place + 1].text == "("
  }

  /// The type of the extension that a place is in, if that has something for other files.
  fileprivate func extendedType(_ place: Int) -> String? {
    guard
      let index = declarations.firstIndex(where: { $0.parent == nil && $0.body.contains(place) }),
      declarations[index].keyword == "extension", !declarations[index].isForFile
    else { return nil }
    let members = declarations.filter { $0.parent == index }
    return members.allSatisfy(\.isForFile) ? nil : declarations[index].name
  }
}
