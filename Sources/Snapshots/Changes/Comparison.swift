import EventLog
import Foundation
import Tables

/// Compares a snapshot with an earlier one and writes down what changed, keeping nothing per lead.
///
/// What it says is about the very files that readers see. Leads are compared in parts, by ranges of their
/// keys, which workers do side by side.
package final class Comparison: @unchecked Sendable {
  private let since: EarlierSnapshot
  private let new: ComparedFiles
  private let shape: ComparisonShape
  private let file: ChangesFile
  /// Keys that divide the leads.
  private let bounds: [[UInt8]]
  /// What each part has counted, once it is done; each is touched by one worker.
  private let counted: UnsafeMutablePointer<Changes>

  package var partCount: Int { bounds.count + 1 }

  /// `partCount`: as many parts as are wished; there are fewer of a small snapshot.
  init(
    since: EarlierSnapshot, _ new: ComparedFiles, into file: SnapshotFile, partCount: Int
  ) throws {
    self.since = since
    self.new = new
    self.file = try ChangesFile(file)
    bounds = try CSVReader.keys(dividing: new.path("leads.csv"), into: partCount)
    let names = try new.names()
    shape = ComparisonShape(before: try since.files.names(), after: names)
    counted = .allocate(capacity: bounds.count + 1)
    counted.initialize(
      repeating: Changes(since: since.record, of: names, shape), count: bounds.count + 1)
  }

  deinit {
    counted.deinitialize(count: partCount)
    counted.deallocate()
  }

  /// Compares one part; each but the first needs another worker on those before it, or that they are done.
  ///
  /// - Throws: `FileError` where a file of the earlier snapshot is missing or cannot be understood.
  package func compare(part: Int) throws {
    do {
      var comparison = ComparedPart(
        shape: shape, file: ChangesPart(file, part: part), changes: counted[part])
      if part == 0 { try comparison.compareAccounts(since.files, new) }
      try comparison.compareLeads(
        since.files, new, part == 0 ? nil : bounds[part - 1],
        part < bounds.count ? bounds[part] : nil)
      counted[part] = try comparison.finish()
    } catch {
      file.fail(part: part)
      throw error
    }
  }

  /// Returns the counts for `changes.json`, once all parts are compared.
  func finish() throws -> Changes {
    var changes = counted[0]
    for part in 1..<partCount { changes += counted[part] }
    (changes.file.bytes, changes.file.sha256) = try file.finish()
    return changes
  }
}

/// One part of a comparison.
private struct ComparedPart {
  let shape: ComparisonShape
  let file: ChangesPart
  var changes: Changes

  mutating func finish() throws -> Changes {
    try file.finish()
    changes.file.rows = file.rowCount
    return changes
  }

  mutating func compareAccounts(_ old: ComparedFiles, _ new: ComparedFiles) throws {
    let (before, after) = (SnapshotAccounts(old), SnapshotAccounts(new))
    func text(_ row: UnsafeMutablePointer<Int64>?) -> String {
      guard let value = row?.pointee, value != CellTable.absent else { return "" }
      return value == 1 ? "true" : "false"
    }
    try walkSideBySide(before.walk(from: nil), after.walk(from: nil), upTo: nil, width: 1) {
      key, old, new in
      let isReady = new?.pointee == 1
      if (old?.pointee == 1) == isReady { return }
      changes.accounts.ready.count(isIn: isReady)
      try file.row(
        "account", key, account: [], "ready", isReady ? "in" : "out", text(old), text(new))
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
    let (shape, file) = (shape, file)
    try walkSideBySide(before, after, upTo: end, width: shape.width) { key, old, new in
      try shape.forEachChange(old, new) { change in
        if case .grade = change { return }
        changes.count(change, shape)
        try shape.forEachRow(of: change) { what, how, valueBefore, valueAfter in
          try file.row(
            "lead", key, account: (new == nil ? before : after).accountName, what, how,
            valueBefore, valueAfter)
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
    case .grade: break
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
