import EventLog

/// Walks through the leads of a published snapshot in the order of their keys, value by value.
package final class SnapshotLeads {
  private let rows: CSVRows
  private let lists: [ListWalk?]
  private let scores: [Int]
  /// The values of each as they stand in the file.
  private let choices: [(column: Int, values: [[UInt8]])]
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
    self.rows = rows
    func column(_ name: String) -> Int { rows.header.firstIndex(of: name) ?? -1 }
    account = column("account")
    self.scores = scores.map { column("score.\($0)") }
    self.choices = choices.map { choice in
      (column(choice.column), choice.values.map(fieldBytes))
    }
    self.lists = try lists.map { list in
      snapshot.lists.contains(list)
        ? ListWalk(rows: try snapshot.open("lists/\(list).csv")) : nil
    }
  }

  /// The key of the lead at hand, valid until the next one; nil behind the last.
  package var key: UnsafeBufferPointer<UInt8>? { rows.row == nil ? nil : rows.key }

  /// Passes over the leads that come before a key.
  package func skip(to key: [UInt8]) throws {
    try rows.skip(to: key)
    for list in lists { try list?.skip(to: key) }
  }

  /// The account of the lead at hand; empty without one.
  package var accountName: [UInt8] { unquoted(rows[account]) }

  /// Fills the scores, choices and memberships of the lead at hand into a row; once for each lead.
  package func read(into row: UnsafeMutablePointer<Int64>) throws {
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
    for index in lists.indices {
      row[at] = try lists[index]?.has(rows) ?? false ? 1 : 0
      at += 1
    }
  }

  package func next() throws { try rows.next() }

  /// - Throws: `EventLogError` if what is walked through is not what the manifest says.
  package static func check(folder: String, _ manifest: Manifest) throws {
    try ComparedSnapshot(folder: folder, records: manifest.files).check()
  }

  /// The accounts that are ready; `check` tells whether the file is sound.
  package static func ready(folder: String, _ manifest: Manifest) throws -> Set<[UInt8]> {
    let snapshot = ComparedSnapshot(folder: folder, records: manifest.files)
    let rows = try snapshot.open("accounts.csv")
    let ready = rows.header.firstIndex(of: "ready") ?? -1
    var accounts: Set<[UInt8]> = []
    while rows.row != nil {
      if rows[ready].elementsEqual("true".utf8) { accounts.insert(Array(rows.key)) }
      try rows.next()
    }
    return accounts
  }
}

/// A text as it stands in a file.
private func fieldBytes(_ text: String) -> [UInt8] {
  let csv = CSVWriter()
  return Array(text.utf8).withUnsafeBufferPointer { Array(csv.asField($0)) }
}

/// A whole number that `CSVWriter` wrote; 0 where there is none.
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
