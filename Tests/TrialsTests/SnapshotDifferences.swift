import Foundation
import TestBooks
import Testing
import Trials

/// What two snapshots differ in, worked out from their files alone.
struct SnapshotDifferences {
  /// A key by its bytes: text that looks alike is equal, keys are not.
  typealias Key = [UInt8]

  private let before: [Key: [String: String]]
  private let after: [Key: [String: String]]
  private let lists: (before: [String: Set<Key>], after: [String: Set<Key>])
  private let ready: (before: Set<Key>, after: Set<Key>)
  private let accountLists: (before: [String: AccountList], after: [String: AccountList])

  /// How many accounts a list has, and the keys that its file has room for.
  private struct AccountList {
    var members = 0
    var keys: Set<Key> = []
    var isLimited = false
  }

  init(_ before: [String: [UInt8]], _ after: [String: [UInt8]]) {
    self.before = Self.leads(before)
    self.after = Self.leads(after)
    lists = (Self.lists(before), Self.lists(after))
    ready = (Self.ready(before), Self.ready(after))
    accountLists = (Self.accountLists(before), Self.accountLists(after))
  }

  static func key(_ text: String) -> Key { Array(text.utf8) }

  private static func leads(_ files: [String: [UInt8]]) -> [Key: [String: String]] {
    Dictionary(
      uniqueKeysWithValues: NamedRows(files["leads.csv"] ?? []).rows.map {
        (key($0["lead"] ?? ""), $0)
      })
  }

  /// Who is on each list, whatever its file has room for.
  private static func lists(_ files: [String: [UInt8]]) -> [String: Set<Key>] {
    var lists: [String: Set<Key>] = [:]
    for path in files.keys where path.hasPrefix("lists/") {
      let name = String(path.dropFirst(6).dropLast(4))
      if !name.contains(".") { lists[name] = [] }
    }
    for row in NamedRows(files["memberships.csv"] ?? []).rows {
      if let list = row["list"], let lead = row["lead"] { lists[list]?.insert(key(lead)) }
    }
    return lists
  }

  private static func ready(_ files: [String: [UInt8]]) -> Set<Key> {
    Set(
      NamedRows(files["accounts.csv"] ?? []).rows.filter { $0["ready"] == "true" }
        .compactMap { $0["account"].map(key) })
  }

  private static func accountLists(_ files: [String: [UInt8]]) -> [String: AccountList] {
    let summary = try? JSONSerialization.jsonObject(with: Data(files["summary.json"] ?? []))
    let accounts = (summary as? [String: Any])?["accounts"] as? [String: Any]
    var lists: [String: AccountList] = [:]
    for (name, count) in accounts?["lists"] as? [String: Any] ?? [:] {
      let limited = count as? [String: Any]
      let members = limited?["members"] ?? count
      let rows = NamedRows(files["lists/accounts.\(name).csv"] ?? []).rows
      lists[name] = AccountList(
        members: members as? Int ?? -1, keys: Set(rows.compactMap { $0["account"].map(key) }),
        isLimited: limited != nil)
    }
    return lists
  }

  /// The leads that both have.
  private var common: Set<Key> { Set(before.keys).intersection(after.keys) }
  private var all: Set<Key> { Set(before.keys).union(after.keys) }

  /// The leads that only one has, because a definition leaves them out, or that are moved.
  var changedLeads: Set<Key> { all.subtracting(common).union(movedLeads) }

  /// The leads of both of which a score, a grade, a persona or a list differs.
  private var movedLeads: Set<Key> {
    Set(
      common.filter { lead in
        let columns = (after[lead] ?? [:]).keys.filter { column in
          ["score.", "grade.", "persona."].contains(where: column.hasPrefix)
        }
        return columns.contains { before[lead]?[$0] != after[lead]?[$0] }
          || Set(lists.before.keys).union(lists.after.keys).contains {
            lists.before[$0]?.contains(lead) ?? false != lists.after[$0]?.contains(lead) ?? false
          }
      })
  }

  func check(_ report: ReplayReport, _ what: String) {
    #expect(report.leads.compared == common.count, "\(what)")
    #expect(report.leads.new == after.count - common.count, "\(what)")
    #expect(report.leads.gone == before.count - common.count, "\(what)")
    #expect(report.leads.moved == movedLeads.count, "\(what)")
    for score in report.scores {
      let changes = after.keys.compactMap { lead -> Int64? in
        guard let old = Int64(before[lead]?["score.\(score.name)"] ?? ""),
          let new = Int64(after[lead]?["score.\(score.name)"] ?? "")
        else { return nil }
        return new - old
      }
      #expect(score.up == changes.count { $0 > 0 }, "\(what): \(score.name)")
      #expect(score.down == changes.count { $0 < 0 }, "\(what): \(score.name)")
      #expect(score.same == changes.count { $0 == 0 }, "\(what): \(score.name)")
      for change in score.changes {
        #expect(change.leads == changes.count { $0 == change.points }, "\(what): \(score.name)")
      }
      let furthest = changes.map(\.magnitude).sorted(by: >).prefix(10).filter { $0 > 0 }
      #expect(
        score.movers.map { ($0.after - $0.before).magnitude } == furthest, "\(what): \(score.name)")
    }
    for (prefix, migrations) in [("grade", report.grades), ("persona", report.personas)] {
      for migration in migrations {
        check(migration, column: "\(prefix).\(migration.name)", what)
      }
    }
    check(report.lists, report.betweenLists, what)
    if let accounts = report.accounts {
      #expect(accounts.readyBefore == ready.before.count, "\(what)")
      #expect(accounts.readyAfter == ready.after.count, "\(what)")
      #expect(
        Set(accounts.entering.map(Self.key)) == ready.after.subtracting(ready.before), "\(what)")
      #expect(
        Set(accounts.leaving.map(Self.key)) == ready.before.subtracting(ready.after), "\(what)")
    } else {
      #expect(ready.before.isEmpty && ready.after.isEmpty, "\(what)")
    }
    checkAccountLists(report, what)
  }

  private func checkAccountLists(_ report: ReplayReport, _ what: String) {
    let told = Set(report.accountLists.map(\.name))
    for (name, list) in accountLists.before where !told.contains(name) {
      #expect(list.isLimited, "\(what)")
    }
    for name in accountLists.after.keys where !told.contains(name) {
      #expect(accountLists.before[name]?.isLimited == true, "\(what)")
    }
    for list in report.accountLists {
      let before = accountLists.before[list.name] ?? AccountList()
      let after = accountLists.after[list.name] ?? AccountList()
      #expect(list.before == before.members && list.after == after.members, "\(what)")
      if !before.isLimited, !after.isLimited {
        #expect(list.entering == after.keys.subtracting(before.keys).count, "\(what)")
        #expect(list.leaving == before.keys.subtracting(after.keys).count, "\(what)")
      }
      #expect(list.entering - list.leaving == list.after - list.before, "\(what)")
    }
  }

  private func check(_ migration: ReplayReport.Migration, column: String, _ what: String) {
    var counts: [String: Int] = [:]
    for lead in all {
      let (from, to) = (before[lead]?[column] ?? "", after[lead]?[column] ?? "")
      counts["\(from)>\(to)", default: 0] += 1
    }
    func name(_ index: Int) -> String {
      migration.values[index].hasPrefix("(") ? "" : migration.values[index]
    }
    var told: [String: Int] = [:]
    for (row, cells) in migration.leads.enumerated() {
      for (column, count) in cells.enumerated() where count > 0 {
        told["\(name(row))>\(name(column))", default: 0] += count
      }
    }
    #expect(told == counts, "\(what): \(column)")
  }

  private func check(
    _ moves: [ReplayReport.ListMoves], _ between: ReplayReport.Migration?, _ what: String
  ) {
    for list in moves {
      let (old, new) = (lists.before[list.name] ?? [], lists.after[list.name] ?? [])
      #expect(list.before == old.count, "\(what): \(list.name)")
      #expect(list.after == new.count, "\(what): \(list.name)")
      #expect(list.entering == new.subtracting(old).count, "\(what): \(list.name)")
      #expect(list.leaving == old.subtracting(new).count, "\(what): \(list.name)")
      #expect(
        Set(list.firstEntering.map(Self.key)).isSubset(of: new.subtracting(old)),
        "\(what): \(list.name)")
      #expect(
        Set(list.firstLeaving.map(Self.key)).isSubset(of: old.subtracting(new)),
        "\(what): \(list.name)")
    }
    guard let between else { return }
    let onNone = (
      before: all.subtracting(lists.before.values.joined()),
      after: all.subtracting(lists.after.values.joined())
    )
    for (row, cells) in between.leads.enumerated() {
      for (column, count) in cells.enumerated() {
        let old = lists.before[between.values[row]] ?? (row == moves.count ? onNone.before : [])
        let new = lists.after[between.values[column]] ?? (column == moves.count ? onNone.after : [])
        #expect(count == old.intersection(new).count, "\(what): \(row), \(column)")
      }
    }
  }

  /// The parts of each mover add up to what its raw score changes by, but for what its range does.
  func checkParts(_ report: ReplayReport, _ what: String) {
    for score in report.scores {
      for mover in score.movers {
        let column = "raw.\(score.name)"
        guard let old = Double(before[Self.key(mover.lead)]?[column] ?? ""),
          let new = Double(after[Self.key(mover.lead)]?[column] ?? "")
        else {
          Issue.record("\(what): no \(column) of \(mover.lead)")
          continue
        }
        let parts = mover.parts.filter { $0.part != "range" }
        let sum = parts.reduce(0) { $0 + $1.after - $1.before }
        // Micro-points, as far as a Double has them.
        let largest = parts.map { max(abs($0.before), abs($0.after)) }.max() ?? 0
        #expect(
          abs(sum - (new - old)) < max(0.000_000_5, largest * 0x1p-50), "\(what): \(mover.lead)")
      }
    }
  }
}
