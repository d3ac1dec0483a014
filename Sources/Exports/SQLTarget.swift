/// A database that takes SQL.
protocol SQLTarget: AnyObject {
  /// How a transaction that writes begins.
  static var begin: String { get }
  func run(_ sql: String) throws
  /// Runs a query and returns its rows as texts.
  func rows(_ sql: String) throws -> [[String]]
}

extension SQLTarget {
  /// Does all that `body` does, or nothing of it.
  func inTransaction<Result>(_ body: () throws -> Result) throws -> Result {
    try run(Self.begin)
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // What went wrong is told, not that nothing can be taken back any more.
      try? run("ROLLBACK")
      throw error
    }
  }
}

/// The tables of a database that exports made, as they wrote them down there.
struct OwnTables {
  private let target: any SQLTarget
  /// The table that lists them.
  private let list: String
  private let sections: [String: String]

  /// `list`: its name as SQL takes it; it is made where there is none.
  init(of target: any SQLTarget, listedIn list: String) throws {
    (self.target, self.list) = (target, list)
    try target.run(
      "CREATE TABLE IF NOT EXISTS \(list) (name text PRIMARY KEY, section text NOT NULL)")
    let rows = try target.rows("SELECT name, section FROM \(list)")
    sections = Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
  }

  func contains(_ name: String) -> Bool { sections[name] != nil }

  /// Those of some sections that an export has no rows for, in order.
  func unused(but names: Set<String>, of wanted: Set<ExportSection>) -> [String] {
    sections.filter { name, section in
      !names.contains(name) && wanted.contains { $0.rawValue == section }
    }.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func add(_ name: String, _ section: ExportSection) throws {
    try target.run(
      "INSERT INTO \(list) VALUES (\(quotedText(name)), \(quotedText(section.rawValue)))")
  }

  func remove(_ name: String) throws { try target.run(removal(of: name)) }

  /// What takes a table from the list, for whoever drops it by hand.
  func removal(of name: String) -> String { "DELETE FROM \(list) WHERE name = \(quotedText(name))" }
}
