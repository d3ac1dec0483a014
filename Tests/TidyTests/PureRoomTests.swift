import Foundation
import Testing

/// Rooms in which results are worked out: what they are given decides all that they return.
@Suite("Pure rooms") struct PureRoomTests {
  /// Each with what it stands on that is not pure itself.
  private static let rooms: [String: Set<String>] = [
    "Notation": [], "Tables": ["Workers"], "Vocabulary": [], "Definition": ["Yams"],
    "Describing": [], "Intake": [], "Statistics": [],
    "Reading": ["CPrimitives"], "Judging": [], "Identity": ["Workers"],
  ]

  /// Names that may not appear in them, and what to use there.
  private static let bans: [(pattern: String, instead: String)] = [
    (#"\bDate\(\)"#, "the as-of that is passed in"),
    (#"\bDate\.now\b|\bcurrentMilliseconds\b"#, "the as-of that is passed in"),
    (#"\bHasher\("#, "keyHash: Swift's own is seeded per process"),
    (#"\.hashValue\b"#, "keyHash: Swift's own is seeded per process"),
    (#"\b(debugP|p)rint\("#, "a value that is returned; commands print"),
    (#"\bFileManager\b|\bfopen\("#, "Files, EventLog or Snapshots"),
    (#"\bProcessInfo\b|\bgetenv\("#, "a parameter"),
    (#"\bLocale\b|\.autoupdatingCurrent\b|TimeZone\.current\b"#, "the definition's time zone"),
    (#"\bDispatchQueue\b|\bThread\b|\bTask\s*\{"#, "Workers, for whoever calls"),
    (#"\bSystemRandomNumberGenerator\b|\.random\(|\bshuffled\("#, "nothing: results are no dice"),
  ]

  private func banned(_ text: String) -> [(line: Int, instead: String)] {
    SwiftText(text).lines.enumerated().flatMap { number, line in
      Self.bans.filter { line.range(of: $0.pattern, options: .regularExpression) != nil }
        .map { (number + 1, $0.instead) }
    }
  }

  @Test("no clock, seed, environment, file or thread reaches them")
  func bans() throws {
    for room in Self.rooms.keys.sorted() {
      let files = try SourceFile.all(in: "Sources/\(room)", ending: ".swift")
      #expect(!files.isEmpty)
      for file in files {
        for (line, instead) in banned(file.text) {
          Issue.record("\(file.path):\(line): use \(instead)")
        }
      }
    }
  }

  @Test("they stand on each other alone, but for what is named")
  func ground() throws {
    let targets = Dictionary(uniqueKeysWithValues: try Target.all().map { ($0.name, $0) })
    for (room, others) in Self.rooms {
      let target = try #require(targets[room])
      let below = target.dependencies.filter { Self.rooms[$0] == nil }
      #expect(below == others, "'\(room)'")
    }
  }

  @Test("the bans see what they are to see")
  func seen() {
    #expect(banned("let a = Date()").count == 1)
    #expect(banned("let a = Date(timeIntervalSince1970: 0) // Date()").isEmpty)
    #expect(banned("print(a); var h = Hasher()").count == 2)
    #expect(banned("func hash(into hasher: inout Hasher) { imprint(a) }").isEmpty)
    #expect(banned("let a = \"FileManager\"").isEmpty)
    #expect(banned("FileManager.default").first?.instead == "Files, EventLog or Snapshots")
  }
}
