import EventLog
import Files
import Foundation
import Notation
import Tables
import Workers

/// Compares a snapshot with an earlier one and writes down what changed.
///
/// What it says is about the very files that readers see. Leads are compared in parts, by ranges of their
/// keys, which workers do side by side, some parts at a time: what changed of these is kept until it is known when
/// and through what.
final class Comparison: Sendable {
  private let since: EarlierSnapshot
  private let new: ComparedFiles
  private let names: ResultNames
  private let shape: ComparisonShape
  private let limitedLists: Set<String>
  private let file: SnapshotFile
  /// Keys that divide the leads.
  private let bounds: [[UInt8]]

  /// So much of the leads' file is compared by one worker at a time.
  private static let partByteCount = 16 << 20

  /// `letters`: by grade, those of the earlier snapshot and of the new one, the best first.
  ///
  /// `limitedLists`: lists of accounts of which files do not have all members.
  ///
  /// `partCount`: as many parts as are wished; there are fewer of a small snapshot.
  init(
    since: EarlierSnapshot, _ new: ComparedFiles, letters: GradeLetters,
    limitedLists: Set<String> = [], into file: SnapshotFile, partCount: Int? = nil
  ) throws {
    self.limitedLists = limitedLists
    self.since = since
    self.new = new
    self.file = file
    let leads = new.path("leads.csv")
    let byteCount = try RegularFile(leads, path: leads).byteCount
    bounds = try CSVReader.keys(
      dividing: leads, into: partCount ?? max(4, byteCount / Comparison.partByteCount))
    names = try new.names().with(letters: letters.after)
    shape = ComparisonShape(
      before: try since.files.names().with(letters: letters.before), after: names)
  }

  /// Compares all, and finds meanwhile whether the earlier snapshot is what it was.
  ///
  /// Returns the counts for `changes.json`.
  ///
  /// - Throws: `FileError` where a file of the earlier snapshot is missing or cannot be understood.
  func compare(_ reasons: (any ChangeReasons)?, jobs: Int) throws -> Changes {
    var changes = Changes(since: since.record, of: names, shape)
    try write(Array((csvLine(changesHeader) + "\n").utf8))
    for wave in (0..<bounds.count + 1).pieces(of: jobs * 4) {
      let parts = Slots<ComparedPart>(wave.count)
      let checks = wave.lowerBound == 0
      try parallel(wave.count + (checks ? 1 : 0), jobs: jobs) { task in
        if task == wave.count { return try since.check() }
        parts[task] = try compare(part: wave.lowerBound + task)
      }
      for text in try ChangeRows.csv(parts.elements.map(\.rows), reasons, jobs: jobs) {
        try write(text)
      }
      for part in parts.elements { changes += part.changes }
    }
    (changes.file.bytes, changes.file.sha256) = try file.finish()
    return changes
  }

  private func write(_ text: [UInt8]) throws { try text.withUnsafeBytes { try file.write($0) } }

  private func compare(part: Int) throws -> ComparedPart {
    var compared = ComparedPart(
      shape: shape, changes: Changes(since: since.record, of: names, shape))
    if part == 0 { try compared.compareAccounts(since.files, new, without: limitedLists) }
    try compared.compareLeads(
      since.files, new, part == 0 ? nil : bounds[part - 1],
      part < bounds.count ? bounds[part] : nil)
    compared.changes.file.rows = compared.rows.count
    return compared
  }
}

/// By grade, its letters in an earlier snapshot and in a new one, the best first.
package struct GradeLetters: Sendable {
  package var before: [String: [String]]
  package var after: [String: [String]]

  package init(before: [String: [String]], after: [String: [String]]) {
    self.before = before
    self.after = after
  }
}

/// One part of a comparison.
private struct ComparedPart: Sendable {
  let shape: ComparisonShape
  var changes: Changes
  var rows = ChangeRows()

  init(shape: ComparisonShape, changes: Changes) {
    self.shape = shape
    self.changes = changes
  }

  /// `limited`: lists of accounts that are left out, because files do not have all of their members.
  mutating func compareAccounts(
    _ old: ComparedFiles, _ new: ComparedFiles, without limited: Set<String>
  ) throws {
    let lists = (before: try old.accountLists(), after: try new.accountLists())
    let names = Set(lists.before.keys).union(lists.after.keys).subtracting(limited).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let (before, after) = (SnapshotAccounts(old), SnapshotAccounts(new))
    func text(_ row: UnsafeMutablePointer<Int64>?) -> String {
      guard let value = row?.pointee, value != CellTable.absent else { return "" }
      return value == 1 ? "true" : "false"
    }
    try walkSideBySide(before.walk(from: nil), after.walk(from: nil), upTo: nil, width: 1) {
      key, old, new in
      let isReady = new?.pointee == 1
      if (old?.pointee == 1) != isReady {
        changes.accounts.ready.count(isIn: isReady)
        rows.add(
          .account, key, account: [],
          ChangeRow(
            what: "ready", change: isReady ? "in" : "out", before: text(old), after: text(new),
            state: .ready(isReady)))
      }
      if names.isEmpty { return }
      let account = Array(key)
      for name in names {
        let isOn = lists.after[name]?.contains(account) ?? false
        if isOn == lists.before[name]?.contains(account) ?? false { continue }
        changes.accounts.count(list: name, isIn: isOn)
        rows.add(
          .account, key, account: [],
          ChangeRow(
            what: "list.\(name)", change: isOn ? "in" : "out", state: .list(name, isIn: isOn)))
      }
    }
  }

  /// Compares the leads from a key on, up to another one, or to the end.
  mutating func compareLeads(
    _ old: ComparedFiles, _ new: ComparedFiles, _ first: [UInt8]?, _ end: [UInt8]?
  ) throws {
    let (before, after) = (
      try SnapshotLeads(old, shape).walk(from: first),
      try SnapshotLeads(new, shape).walk(from: first)
    )
    // Kept for all leads, not retained for each.
    let shape = shape
    try walkSideBySide(before, after, upTo: end, width: shape.width) { key, old, new in
      shape.forEachChange(old, new) { change in
        changes.count(change, shape)
        shape.forEachRow(of: change) { row in
          rows.add(.lead, key, account: (new == nil ? before : after).accountName, row)
        }
      }
    }
  }
}

extension Changes {
  /// Begins with nobody in or out of what there is now.
  init(since: Since, of names: ResultNames, _ shape: ComparisonShape) {
    self.init(since: since)
    for score in shape.scores { scores[score] = Moves() }
    for grade in shape.grades { grades?[grade.name] = GradeMoves() }
    for list in names.lists { lists[list] = Members() }
    for group in names.personas {
      for name in group.values { personas[group.name, default: [:]][name] = Members() }
    }
  }

  fileprivate mutating func count(_ change: LeadChange, _ shape: ComparisonShape) {
    switch change {
    case .new: leads.new += 1
    case .gone: leads.gone += 1
    case .score(let index, let before, let after):
      scores[shape.scores[index]]?.count(isUp: before < after)
    case .grade(let index, let before, let after, let isUp):
      grades?[shape.grades[index].name]?.count(before, after, isUp: isUp)
    case .persona(let index, let before, let after):
      let group = shape.personas[index].name
      for (name, isIn) in [(before, false), (after, true)] {
        guard let name else { continue }
        personas[group, default: [:]][name, default: Members()].count(isIn: isIn)
      }
    case .list(let index, let isIn): lists[shape.lists[index], default: Members()].count(isIn: isIn)
    }
  }
}
