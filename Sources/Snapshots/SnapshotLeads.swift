import EventLog

/// Walks through the leads of a published snapshot in the order of their keys, value by value.
package final class SnapshotLeads {
  private let snapshot: ComparedSnapshot
  private let rows: CSVRows
  private let lists: [ListWalk?]
  private let scores: [Int]
  private let choices: [(column: Int, numbers: [[UInt8]: Int64], none: Int64)]
  private let account: Int

  /// `choices`: columns with one of several values; a value's number is its place among them, and one
  /// that is empty or not there is numbered behind the last.
  ///
  /// - Throws: `EventLogError` where a file is missing.
  package init(
    folder: String, _ manifest: Manifest, scores: [String],
    choices: [(column: String, values: [String])], lists: [String]
  ) throws {
    let snapshot = ComparedSnapshot(folder: folder, records: manifest.files)
    let rows = try snapshot.open("leads.csv")
    self.snapshot = snapshot
    self.rows = rows
    func column(_ name: String) -> Int { rows.header.firstIndex(of: name) ?? -1 }
    account = column("account")
    self.scores = scores.map { column("score.\($0)") }
    self.choices = choices.map { choice in
      let numbers = choice.values.enumerated().map { (Array($1.utf8), Int64($0)) }
      return (
        column(choice.column), Dictionary(numbers) { first, _ in first }, Int64(numbers.count)
      )
    }
    self.lists = try lists.map { list in
      snapshot.lists.contains(list)
        ? ListWalk(rows: try snapshot.open("lists/\(list).csv")) : nil
    }
  }

  /// The key of the lead at hand; nil behind the last one.
  package var key: [UInt8]? { rows.row == nil ? nil : rows.withKey { Array($0) } }

  /// The account of the lead at hand; empty without one.
  package var accountName: [UInt8] { unquoted(rows[account]) }

  /// Fills the scores, choices and memberships of the lead at hand into a row; once for each lead.
  package func read(into row: UnsafeMutablePointer<Int64>) throws {
    var at = 0
    for column in scores {
      row[at] = Int64(String(decoding: rows[column], as: UTF8.self)) ?? 0
      at += 1
    }
    for choice in choices {
      row[at] = choice.numbers[unquoted(rows[choice.column])] ?? choice.none
      at += 1
    }
    for list in lists {
      row[at] = try list?.has(rows) ?? false ? 1 : 0
      at += 1
    }
  }

  package func next() throws { try rows.next() }

  /// - Throws: `EventLogError` if what was walked through is not what the manifest says.
  package func check() throws { try snapshot.check() }

  /// The accounts that are ready; `check` tells whether the file is sound.
  package static func ready(folder: String, _ manifest: Manifest) throws -> Set<[UInt8]> {
    let snapshot = ComparedSnapshot(folder: folder, records: manifest.files)
    let rows = try snapshot.open("accounts.csv")
    let ready = rows.header.firstIndex(of: "ready") ?? -1
    var accounts: Set<[UInt8]> = []
    while rows.row != nil {
      if rows[ready].elementsEqual("true".utf8) { accounts.insert(rows.withKey { Array($0) }) }
      try rows.next()
    }
    return accounts
  }
}

/// A field as it was before it was quoted.
private func unquoted(_ field: UnsafeRawBufferPointer) -> [UInt8] {
  let quote = UInt8(ascii: "\"")
  guard field.first == quote else { return Array(field) }
  var text: [UInt8] = []
  var at = 1
  while at < field.count - 1 {
    text.append(field[at])
    at += field[at] == quote ? 2 : 1
  }
  return text
}
