import Definition
import Snapshots
import Statistics

extension ReplayReport {
  init(
    _ definition: Definition, _ applied: [AppliedSetting], _ comparison: ReplayComparison,
    _ parts: MoverParts
  ) {
    let (shape, movement) = (comparison.shape, comparison.movement)
    self.definition = definition.name
    asOf = ""
    against = Against(name: "", isSnapshot: false, definition: "", asOf: "")
    set = applied
    readsAnew = false
    leads = Leads(
      compared: movement.compared, moved: movement.moved, new: movement.new, gone: movement.gone)
    scores = shape.scores.enumerated().map { index, name in
      ScoreMoves(
        name, movement.scores[index].all,
        movers: comparison.standouts.movers[index].map { mover in
          Mover(
            lead: String(decoding: mover.key, as: UTF8.self),
            before: mover.before, after: mover.after,
            parts: parts.parts(of: mover, score: name) ?? [])
        })
    }
    let migrations = shape.choices.enumerated().map { index, choice in
      Migration(choice, movement.choices[index])
    }
    grades = Array(migrations[..<shape.grades.count])
    personas = Array(migrations[shape.grades.count...])
    func names(_ keys: [[UInt8]]) -> [String] { keys.map { String(decoding: $0, as: UTF8.self) } }
    lists = shape.lists.enumerated().map { index, name in
      let moves = movement.lists[index]
      return ListMoves(
        name: name, before: moves.before, after: moves.after, entering: moves.entering,
        leaving: moves.leaving, firstEntering: names(comparison.standouts.entering[index]),
        firstLeaving: names(comparison.standouts.leaving[index]))
    }
    if !shape.lists.isEmpty {
      betweenLists = Migration(
        name: "lists", values: shape.lists + [Migration.noneName],
        leads: rows(movement.overlaps, width: shape.lists.count + 1))
    }
    let (before, after) = comparison.accounts
    func sorted(_ keys: Set<[UInt8]>) -> [String] {
      names(keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
    if definition.ready != nil || !before.ready.isEmpty {
      accounts = AccountMoves(
        readyBefore: before.ready.count, readyAfter: after.ready.count,
        entering: sorted(after.ready.subtracting(before.ready)),
        leaving: sorted(before.ready.subtracting(after.ready)))
    }
    let namedMax = comparison.standouts.countMax
    accountLists = comparison.accountLists.map { name in
      let (old, new) = (before.lists[name] ?? [], after.lists[name] ?? [])
      let (entering, leaving) = (new.subtracting(old), old.subtracting(new))
      return ListMoves(
        name: name, before: old.count, after: new.count, entering: entering.count,
        leaving: leaving.count, firstEntering: Array(sorted(entering).prefix(namedMax)),
        firstLeaving: Array(sorted(leaving).prefix(namedMax)))
    }
    examples = Examples(all: definition.examples.count, failing: [])
  }
}

extension ReplayReport.ScoreMoves {
  init(
    _ name: String, _ pairs: [(first: Int64, second: Int64, count: Int)],
    movers: [ReplayReport.Mover]
  ) {
    self.name = name
    var byPoints: [Int64: Int] = [:]
    for pair in pairs { byPoints[pair.second &- pair.first, default: 0] += pair.count }
    up = byPoints.reduce(0) { $0 + ($1.key > 0 ? $1.value : 0) }
    down = byPoints.reduce(0) { $0 + ($1.key < 0 ? $1.value : 0) }
    same = byPoints[0] ?? 0
    rankCorrelation = Statistics.rankCorrelation(pairs)?.reported
    changes = byPoints.filter { $0.key != 0 }.sorted { $0.key < $1.key }.map {
      ReplayReport.Change(points: $0.key, leads: $0.value)
    }
    self.movers = movers
  }
}

extension ReplayReport.Migration {
  /// No name of a definition has parentheses.
  static let noneName = "(none)"
  static let unknownName = "(not known)"

  init(_ choice: ResultNames.Choice, _ leads: [Int]) {
    name = choice.name
    var values = choice.values + [Self.noneName, Self.unknownName]
    var leads = rows(leads, width: choice.count)
    // Leads that only one side knows are rare.
    if leads[choice.unknown].allSatisfy({ $0 == 0 }), leads.allSatisfy({ $0[choice.unknown] == 0 })
    {
      values.removeLast()
      leads = leads.dropLast().map { Array($0.dropLast()) }
    }
    self.values = values
    self.leads = leads
  }
}

private func rows(_ cells: [Int], width: Int) -> [[Int]] {
  stride(from: 0, to: cells.count, by: width).map { Array(cells[$0..<$0 + width]) }
}
