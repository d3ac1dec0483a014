import Notation

/// The columns of `changes.csv`.
package let changesHeader = [
  "kind", "key", "account", "what", "change", "before", "after", "at", "because",
]

/// Rows of `changes.csv`, which wait until it is known when and through what each came about.
package struct ChangeRows: Sendable {
  /// The rows without the reason, one behind the other.
  private var text: [UInt8] = []
  private var rows: [Row] = []
  private var subjects: [ChangedSubject] = []

  private struct Row {
    var end: Int
    /// The number of its subject, and of the state among those of it; -1 where there is no reason to be told.
    var subject: Int32
    var state: Int32
  }

  package init() {}

  package var count: Int { rows.count }

  package mutating func add(
    _ kind: ChangedSubject.Kind, _ key: UnsafeBufferPointer<UInt8>, account: [UInt8],
    _ row: ChangeRow
  ) {
    appendText(kind.rawValue)
    text.append(UInt8(ascii: ","))
    if needsCSVQuotes(key) {
      text.append(contentsOf: csvField(Array(key)))
    } else {
      text.append(contentsOf: key)
    }
    text.append(UInt8(ascii: ","))
    text.append(contentsOf: csvField(account))
    // Names need no quotes, nor do numbers.
    for field in [row.what, row.change] {
      text.append(UInt8(ascii: ","))
      appendText(field)
    }
    for field in [row.before, row.after] {
      text.append(UInt8(ascii: ","))
      text.append(contentsOf: csvField(Array(field.utf8)))
    }
    guard let state = row.state else {
      rows.append(Row(end: text.count, subject: -1, state: -1))
      return
    }
    let isSame = subjects.last.map { $0.kind == kind && $0.key.elementsEqual(key) } ?? false
    if !isSame { subjects.append(ChangedSubject(kind: kind, key: Array(key))) }
    let last = subjects.count - 1
    subjects[last].states.append(state)
    rows.append(
      Row(end: text.count, subject: Int32(last), state: Int32(subjects[last].states.count - 1)))
  }

  private mutating func appendText(_ field: String) { text.append(contentsOf: field.utf8) }

  /// Returns the rows of several, each ready to be written.
  ///
  /// `finder`: nil where nobody can tell reasons.
  package static func csv(
    _ all: [ChangeRows], _ finder: (any ChangeReasons)?, jobs: Int
  ) throws -> [[UInt8]] {
    let subjects = all.flatMap(\.subjects)
    let reasons = subjects.isEmpty ? [] : try finder?.reasons(of: subjects, jobs: jobs) ?? []
    var first = 0
    return all.map { rows in
      defer { first += rows.subjects.count }
      return rows.csv(reasons.isEmpty ? [] : reasons[first..<first + rows.subjects.count])
    }
  }

  private func csv(_ reasons: ArraySlice<[ChangeReason?]>) -> [UInt8] {
    var csv: [UInt8] = []
    csv.reserveCapacity(text.count + rows.count * 4)
    var start = 0
    for row in rows {
      csv += text[start..<row.end]
      start = row.end
      let reason =
        row.subject < 0 || reasons.isEmpty
        ? nil : reasons[reasons.startIndex + Int(row.subject)][Int(row.state)]
      csv.append(UInt8(ascii: ","))
      if let at = reason?.at { csv += timeText(milliseconds: at).utf8 }
      csv.append(UInt8(ascii: ","))
      if let reason { csv += csvField(Array(reason.because.utf8)) }
      csv.append(UInt8(ascii: "\n"))
    }
    return csv
  }
}

/// What a row says of a change, and what of it has a reason.
package struct ChangeRow {
  let what: String
  let change: String
  let before: String
  let after: String
  let state: ChangedState?

  package init(
    what: String, change: String, before: String = "", after: String = "",
    state: ChangedState? = nil
  ) {
    (self.what, self.change, self.before, self.after) = (what, change, before, after)
    self.state = state
  }
}
