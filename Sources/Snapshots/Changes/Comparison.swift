import EventLog
import Foundation

/// Compares a snapshot with an earlier one and writes down what changed, keeping nothing per lead.
///
/// What it says is about the very files that readers see. Leads are compared in parts, by ranges of their
/// keys, which workers do side by side.
package final class Comparison: @unchecked Sendable {
  private let since: EarlierSnapshot
  private let new: ComparedSnapshot
  private let file: ChangesFile
  /// Keys that divide the leads.
  private let bounds: [[UInt8]]
  /// What each part has counted, once it is done; each is touched by one worker.
  private let counted: UnsafeMutablePointer<Changes>

  package var partCount: Int { bounds.count + 1 }

  /// `partCount`: as many parts as are wished; there are fewer of a small snapshot.
  init(
    since: EarlierSnapshot, _ new: ComparedSnapshot, into file: SnapshotFile, partCount: Int
  ) throws {
    self.since = since
    self.new = new
    self.file = try ChangesFile(file)
    bounds = try CSVReader.keys(dividing: new.path("leads.csv"), into: partCount)
    counted = .allocate(capacity: bounds.count + 1)
    counted.initialize(repeating: Changes(since: since.record), count: bounds.count + 1)
  }

  deinit {
    counted.deinitialize(count: partCount)
    counted.deallocate()
  }

  /// Compares one part; each but the first needs another worker on those before it, or that they are done.
  ///
  /// - Throws: `EventLogError` where a file of the earlier snapshot is missing or cannot be understood.
  package func compare(part: Int) throws {
    do {
      var comparison = ComparedPart(
        old: since.files, new: new, file: ChangesPart(file, part: part),
        changes: Changes(since: since.record))
      if part == 0 { try comparison.compareAccounts() }
      try comparison.compareLeads(
        part == 0 ? nil : bounds[part - 1], part < bounds.count ? bounds[part] : nil)
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
  let old: ComparedSnapshot
  let new: ComparedSnapshot
  let file: ChangesPart
  var changes: Changes

  mutating func finish() throws -> Changes {
    try file.finish()
    changes.file.rows = file.rowCount
    return changes
  }

  mutating func compareAccounts() throws {
    let accounts = SideBySide(
      old: try old.open("accounts.csv"), new: try new.open("accounts.csv"))
    let ready = accounts.column("ready")
    try accounts.walk { hasOld, hasNew in
      let before = hasOld ? accounts.old[ready.old] : nothing
      let after = hasNew ? accounts.new[ready.new] : nothing
      let wasReady = before.elementsEqual("true".utf8)
      let isReady = after.elementsEqual("true".utf8)
      if wasReady == isReady { return }
      changes.accounts.ready.count(isIn: isReady)
      try file.row(
        "account", (hasNew ? accounts.new : accounts.old)[0], account: nothing, "ready",
        isReady ? "in" : "out", before: before, after: after)
    }
  }

  /// Compares the leads from a key on, up to another one, or to the end.
  mutating func compareLeads(_ first: [UInt8]?, _ end: [UInt8]?) throws {
    let leads = SideBySide(old: try old.open("leads.csv"), new: try new.open("leads.csv"))
    let columns = LeadColumns(leads)
    let lists = try ListWalk.all(old, new)
    if let first {
      for list in lists {
        try list.old.skip(to: first)
        try list.new.skip(to: first)
      }
    }
    for list in new.lists { changes.lists[list] = .init() }
    for persona in new.personas {
      changes.personas[persona.group, default: [:]][persona.name] = .init()
    }
    for score in columns.scores { changes.scores[score.name] = .init() }

    // Kept for all leads, not retained for each.
    let (oldLeads, newLeads, file) = (leads.old, leads.new, file)
    let (account, scores, personas) = (columns.account, columns.scores, columns.personas)
    try leads.walk((first, end)) { hasOld, hasNew in
      func note(
        _ what: String, _ change: String, before: UnsafeRawBufferPointer = nothing,
        after: UnsafeRawBufferPointer = nothing
      ) throws {
        let row = hasNew ? newLeads : oldLeads
        try file.row(
          "lead", row[0], account: row[hasNew ? account.new : account.old], what, change,
          before: before, after: after)
      }
      if !hasOld {
        changes.leads.new += 1
        try note("lead", "new")
      } else if !hasNew {
        changes.leads.gone += 1
        try note("lead", "gone")
      } else {
        for index in scores.indices {
          let (before, after) = (
            oldLeads[scores[index].old], newLeads[scores[index].new]
          )
          if same(before, after) { continue }
          let score = scores[index]
          let isUp = number(before) < number(after)
          changes.scores[score.name]?.count(isUp: isUp)
          try note(score.header, isUp ? "up" : "down", before: before, after: after)
        }
      }
      for index in personas.indices {
        let before = hasOld ? oldLeads[personas[index].old] : nothing
        let after = hasNew ? newLeads[personas[index].new] : nothing
        if same(before, after) { continue }
        let group = personas[index]
        for (persona, isIn) in [(before, false), (after, true)] where !persona.isEmpty {
          let name = String(decoding: persona, as: UTF8.self)
          changes.personas[group.name, default: [:]][name, default: .init()].count(isIn: isIn)
          try note("\(group.header).\(name)", isIn ? "in" : "out")
        }
      }
      for index in lists.indices {
        let was = try hasOld && lists[index].old.has(oldLeads)
        let isIn = try hasNew && lists[index].new.has(newLeads)
        if was == isIn { continue }
        let list = lists[index]
        changes.lists[list.name, default: .init()].count(isIn: isIn)
        try note("list.\(list.name)", isIn ? "in" : "out")
      }
    }
  }
}

private var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

@inline(__always)
private func same(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard a.count == b.count, let start = a.baseAddress, let other = b.baseAddress else {
    return a.count == b.count
  }
  return memcmp(start, other, a.count) == 0
}

/// A score, which is a whole number.
private func number(_ text: UnsafeRawBufferPointer) -> Int {
  Int(String(decoding: text, as: UTF8.self)) ?? 0
}

/// The columns of `leads.csv` whose changes are told; -1 where one of the two has none.
private struct LeadColumns {
  struct Column {
    package var name: String
    var header: String
    var old: Int
    var new: Int
  }

  let account: (old: Int, new: Int)
  /// Scores that both have; others cannot go up or down.
  let scores: [Column]
  let personas: [Column]

  init(_ leads: SideBySide) {
    func columns(_ prefix: String) -> [Column] {
      let added = leads.old.header.filter { !leads.new.header.contains($0) }
      return (leads.new.header + added).filter { $0.hasPrefix(prefix) }.map { header in
        let (old, new) = leads.column(header)
        return Column(
          name: String(header.dropFirst(prefix.count)), header: header, old: old, new: new)
      }
    }
    account = leads.column("account")
    scores = columns("score.").filter { $0.old >= 0 && $0.new >= 0 }
    personas = columns("persona.")
  }
}
