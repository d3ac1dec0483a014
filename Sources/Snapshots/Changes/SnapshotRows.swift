import EventLog
import Files
import Notation
import Tables

/// A snapshot's files that are compared: one that is published, or one that is being written.
package struct ComparedFiles: Sendable {
  package let folder: String
  /// What its manifest says of them.
  let records: [Manifest.FileRecord]

  package init(folder: String, _ records: [Manifest.FileRecord]) {
    self.folder = folder
    self.records = records
  }

  package func names() throws -> ResultNames {
    ResultNames(leadsHeader: try open("leads.csv").header, records: records)
  }

  func path(_ path: String) -> String { "\(folder)/\(path)" }

  func open(_ path: String) throws -> CSVReader { try CSVReader(self.path(path)) }

  /// Opens the lists of these names, with nil for each that is not there.
  func openLists(_ names: [String]) throws -> [CSVReader?] {
    let present = Set(records.map(\.path))
    let areMany = names.count > ComparedFiles.openListsMax
    return try names.map { name in
      let path = "lists/\(name).csv"
      guard present.contains(path) else { return nil }
      return try areMany
        ? CSVReader(self.path(path), windowByteCount: 1 << 13, rests: true) : open(path)
    }
  }

  /// How many lists stay open, each with a window on it, while leads are compared (a guess).
  private static let openListsMax = 16

  /// - Throws: `FileError` where a file that is compared is not what the manifest says.
  package func check() throws {
    for file in records where isCompared(file.path) {
      guard try SHA256Hasher.hex(ofFile: path(file.path)) == file.sha256 else {
        throw FileError(
          .damaged, path: path(file.path), message: "not what its manifest says")
      }
    }
  }

  /// Whether a file tells who is on which list.
  var hasMemberships: Bool { records.contains { $0.path == "memberships.csv" } }

  /// Lists of personas tell nothing that the leads do not.
  private func isCompared(_ path: String) -> Bool {
    if path.hasPrefix(ComparedFiles.accountListPrefix) { return true }
    if path.hasPrefix("lists/") {
      return !hasMemberships && !path.dropLast(".csv".count).contains(".")
    }
    return ["accounts.csv", "leads.csv", "memberships.csv"].contains(path)
  }
}

extension ComparedFiles {
  fileprivate static let accountListPrefix = "lists/accounts."

  /// By list of accounts, the keys that its file has.
  package func accountLists() throws -> [String: Set<[UInt8]>] {
    var lists: [String: Set<[UInt8]>] = [:]
    for record in records where record.path.hasPrefix(ComparedFiles.accountListPrefix) {
      let rows = try open(record.path)
      // A group of personas may have been called accounts.
      guard rows.header.first == "account" else { continue }
      var keys: Set<[UInt8]> = []
      while rows.row != nil {
        keys.insert(Array(rows.key))
        try rows.next()
      }
      let name = record.path.dropFirst(ComparedFiles.accountListPrefix.count)
      lists[String(name.prefix { $0 != "." })] = keys
    }
    return lists
  }
}

/// The leads of a snapshot.
package struct SnapshotLeads: RowSource {
  package let files: ComparedFiles
  let shape: ComparisonShape

  package init(_ files: ComparedFiles, _ shape: ComparisonShape) {
    self.files = files
    self.shape = shape
  }

  package func walk(from key: [UInt8]?) throws -> any RowWalk {
    try SnapshotLeadWalk(files, shape, from: key)
  }

  package func check() throws { try files.check() }
}

private final class SnapshotLeadWalk: RowWalk {
  private let rows: CSVReader
  private let lists: SnapshotLists
  private let scores: [Int]
  /// The values of each as they stand in the file.
  private let choices: [(column: Int, values: [[UInt8]])]
  private let account: Int

  init(_ files: ComparedFiles, _ shape: ComparisonShape, from key: [UInt8]?) throws {
    let rows = try files.open("leads.csv")
    self.rows = rows
    let columns = Dictionary(zip(rows.header, rows.header.indices)) { first, _ in first }
    func column(_ name: String) -> Int { columns[name] ?? -1 }
    account = column("account")
    scores = shape.scores.map { column("score.\($0)") }
    func choice(_ prefix: String, _ choice: ResultNames.Choice) -> (Int, [[UInt8]]) {
      (column("\(prefix).\(choice.name)"), choice.values.map { csvField(Array($0.utf8)) })
    }
    choices =
      shape.grades.map { choice("grade", $0) } + shape.personas.map { choice("persona", $0) }
    lists = try SnapshotLists(files, shape, from: key)
    if let key { try rows.skip(to: key) }
  }

  var key: UnsafeBufferPointer<UInt8>? { rows.row == nil ? nil : rows.key }
  var accountName: [UInt8] { csvText(rows[account]) }

  func read(into row: UnsafeMutablePointer<Int64>) throws {
    var at = 0
    // By index: going through the arrays themselves would keep a reference to each, for every lead.
    for index in scores.indices {
      row[at] = wholeNumber(rows[scores[index]])
      at += 1
    }
    for index in choices.indices {
      let field = rows[choices[index].column]
      row[at] = Int64(
        choices[index].values.firstIndex(where: field.elementsEqual)
          ?? choices[index].values.count)
      at += 1
    }
    try lists.mark(rows.key, in: row + at)
  }

  func next() throws { try rows.next() }
}

/// The accounts of a snapshot with whether they are ready: a row is 1 where one is, 0 where it is not, else
/// absent.
package struct SnapshotAccounts: RowSource {
  package let files: ComparedFiles

  package init(_ files: ComparedFiles) { self.files = files }

  package func walk(from key: [UInt8]?) throws -> any RowWalk {
    let walk = try SnapshotAccountWalk(files)
    if let key { try walk.rows.skip(to: key) }
    return walk
  }

  package func check() throws { try files.check() }

  /// Those that are ready; `check` tells whether the file is sound.
  package func ready() throws -> Set<[UInt8]> {
    let walk = try walk(from: nil)
    var accounts: Set<[UInt8]> = []
    var row: Int64 = 0
    while let key = walk.key {
      try walk.read(into: &row)
      if row == 1 { accounts.insert(Array(key)) }
      try walk.next()
    }
    return accounts
  }
}

private final class SnapshotAccountWalk: RowWalk {
  let rows: CSVReader
  private let ready: Int

  init(_ files: ComparedFiles) throws {
    rows = try files.open("accounts.csv")
    ready = rows.header.firstIndex(of: "ready") ?? -1
  }

  var key: UnsafeBufferPointer<UInt8>? { rows.row == nil ? nil : rows.key }
  var accountName: [UInt8] { [] }

  func read(into row: UnsafeMutablePointer<Int64>) {
    let field = rows[ready]
    row.pointee =
      field.isEmpty ? CellTable.absent : field.elementsEqual("true".utf8) ? 1 : 0
  }

  func next() throws { try rows.next() }
}

/// A whole number of a CSV file of ours; 0 where there is none.
///
/// No version has written scores of more than thirteen digits; what has more is no score, and held there.
private func wholeNumber(_ field: UnsafeRawBufferPointer) -> Int64 {
  var number: Int64 = 0
  let isNegative = field.first == UInt8(ascii: "-")
  if field.count > 14 { return isNegative ? -scoreMax : scoreMax }
  // Counted downwards, where there is one number more.
  for byte in field.dropFirst(isNegative ? 1 : 0) {
    number = number &* 10 &- Int64(byte &- UInt8(ascii: "0"))
  }
  return isNegative ? number : 0 &- number
}

/// The most that thirteen digits say.
private let scoreMax: Int64 = 9_999_999_999_999
