import Definition
import Statistics

extension OutcomeTables {
  /// The rankings of the definition's scores, the chosen one first.
  func scores(_ definition: Definition, chosen: Int, ready: Int64?, _ bands: BandRule)
    -> [BacktestReport.Ranking]
  {
    let rankings = rankedValues.indices.compactMap { ranked -> BacktestReport.Ranking? in
      guard case .score(let score) = rankedValues[ranked].kind else { return nil }
      let table = tables[ranked]
      var ranking = BacktestReport.Ranking(
        rankedValues[ranked].name, table, decided: decided[ranked])
      ranking.bands = table.bands(from: bands.bounds(of: table)).map { .init($0) }
      ranking.thresholds = table.thresholds.map { .init($0, of: table) }
      let bound =
        score == chosen ? ready ?? definition.readyScore(score) : definition.readyScore(score)
      ranking.ready = bound.map { .init(table.threshold($0), of: table) }
      return ranking
    }
    return [rankings[chosen]] + rankings.indices.filter { $0 != chosen }.map { rankings[$0] }
  }

  /// The rankings of grades: by letter, each a band, and by percent.
  func grades(_ definition: Definition) -> [BacktestReport.Ranking] {
    rankedValues.indices.compactMap { ranked in
      var ranking = BacktestReport.Ranking(
        rankedValues[ranked].name, tables[ranked], decided: decided[ranked])
      switch rankedValues[ranked].kind {
      case .score: return nil
      case .percent: return ranking
      case .letter(let grade):
        ranking.bands = letterRows(tables[ranked], definition.grades[grade].letters)
        return ranking
      }
    }
  }

  /// A row for each letter, the best first, and one for those without.
  private func letterRows(_ table: OutcomeTable, _ letters: [String]) -> [BacktestReport.Row] {
    var captured = 0
    let rows = letters.enumerated().compactMap { index, letter -> BacktestReport.Row? in
      guard let row = table.rows.first(where: { $0.value == -Int64(index) }) else { return nil }
      captured += row.won
      return self.row(letter, leads: row.leads, won: row.won, captured: captured)
    }
    let ungraded = row(
      "ungraded", leads: leads.all - table.leads, won: leads.won - table.won, captured: leads.won)
    return ungraded.leads > 0 ? rows + [ungraded] : rows
  }

  func personas(_ definition: Definition) -> [BacktestReport.Group] {
    zip(definition.personas, personas).map { group, table in
      let rows = group.personas.enumerated().map { index, persona in
        let row = table.rows.first { $0.value == Int64(index) }
        return self.row(persona.name, leads: row?.leads ?? 0, won: row?.won ?? 0)
      }
      let none = row("none", leads: leads.all - table.leads, won: leads.won - table.won)
      return .init(name: group.name, rows: none.leads > 0 ? rows + [none] : rows)
    }
  }

  func lists(_ definition: Definition) -> [BacktestReport.Row] {
    zip(definition.lists, lists).map { row($0.name, leads: $1.leads, won: $1.won) }
  }

  private func row(
    _ name: String, leads count: Int, won: Int, captured: Int? = nil
  ) -> BacktestReport.Row {
    let share = count == 0 ? nil : Double(won) / Double(count)
    return BacktestReport.Row(
      name: name, leads: count, won: won, share: share.reported,
      lift: (share.map { $0 * Double(leads.all) / Double(leads.won) }).reported,
      recall: (Double(captured ?? won) / Double(leads.won)).reported)
  }
}

extension BacktestReport.Ranking {
  fileprivate init(_ name: String, _ table: OutcomeTable, decided: OutcomeTable) {
    let area = AreaUnderCurve(table)
    self.init(
      name: name, leads: table.leads, won: table.won, auc: (area?.area).reported,
      aucLow: (area?.interval?.low).reported, aucHigh: (area?.interval?.high).reported,
      aucDecided: (AreaUnderCurve(decided)?.area).reported, bands: [], thresholds: [])
  }
}

extension BandRule {
  func bounds(of table: OutcomeTable) -> [Int64] {
    switch self {
    case .even(let count): table.evenBounds(count)
    case .bounds(let bounds): bounds
    }
  }
}
