import EventLog
import Foundation

/// Compares a snapshot with an earlier one and writes down what changed, keeping nothing per lead.
///
/// What it says is about the very files that readers see.
struct Comparison {
  private let old: ComparedSnapshot
  private let new: ComparedSnapshot
  private let file: ChangesFile
  private var changes: Changes

  /// Writes `changes.csv`; returns the counts for `changes.json`.
  ///
  /// - Throws: `EventLogError` where a file of the earlier snapshot is missing or cannot be understood.
  static func run(
    since: Changes.Since, _ old: ComparedSnapshot, _ new: ComparedSnapshot, into file: SnapshotFile
  ) throws -> Changes {
    var comparison = Comparison(
      old: old, new: new, file: ChangesFile(file), changes: Changes(since: since))
    try comparison.compareAccounts()
    try comparison.compareLeads()
    comparison.changes.file = try comparison.file.finish()
    return comparison.changes
  }

  private mutating func compareAccounts() throws {
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

  private mutating func compareLeads() throws {
    let leads = SideBySide(old: try old.open("leads.csv"), new: try new.open("leads.csv"))
    let columns = LeadColumns(leads)
    let lists = try ListWalk.all(old, new)
    for list in new.lists { changes.lists[list] = .init() }
    for persona in new.personas {
      changes.personas[persona.group, default: [:]][persona.name] = .init()
    }
    for score in columns.scores { changes.scores[score.name] = .init() }

    try leads.walk { hasOld, hasNew in
      let row = hasNew ? leads.new : leads.old
      let (key, account) = (row[0], row[hasNew ? columns.account.new : columns.account.old])
      func note(
        _ what: String, _ change: String, before: UnsafeRawBufferPointer = nothing,
        after: UnsafeRawBufferPointer = nothing
      ) throws {
        try file.row("lead", key, account: account, what, change, before: before, after: after)
      }
      if !hasOld {
        changes.leads.new += 1
        try note("lead", "new")
      } else if !hasNew {
        changes.leads.gone += 1
        try note("lead", "gone")
      } else {
        for score in columns.scores {
          let (before, after) = (leads.old[score.old], leads.new[score.new])
          if same(before, after) { continue }
          let isUp = number(before) < number(after)
          changes.scores[score.name]?.count(isUp: isUp)
          try note(score.header, isUp ? "up" : "down", before: before, after: after)
        }
      }
      for group in columns.personas {
        let before = hasOld ? leads.old[group.old] : nothing
        let after = hasNew ? leads.new[group.new] : nothing
        if same(before, after) { continue }
        for (persona, isIn) in [(before, false), (after, true)] where !persona.isEmpty {
          let name = String(decoding: persona, as: UTF8.self)
          changes.personas[group.name, default: [:]][name, default: .init()].count(isIn: isIn)
          try note("\(group.header).\(name)", isIn ? "in" : "out")
        }
      }
      for list in lists {
        let was = try hasOld && list.old.has(leads.old)
        let isIn = try hasNew && list.new.has(leads.new)
        if was == isIn { continue }
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
    var name: String
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
