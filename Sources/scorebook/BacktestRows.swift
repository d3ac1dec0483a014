import Definition
import Notation
import Trials
import Upkeep

extension BacktestReport {
  /// One row for each thing measured, of whatever kind; a column that says nothing of it is empty.
  var rows: [[String]] {
    var rows = [BacktestReport.header]
    for ranking in scores + grades {
      rows.append(
        row("ranking", ranking.name, leads: ranking.leads, won: ranking.won)
          + [text(ranking.auc), text(ranking.aucLow), text(ranking.aucHigh), "", ""])
      rows += ranking.bands.map { row("band", ranking.name, $0) }
      rows += ranking.thresholds.map { row("threshold", ranking.name, $0) }
      if let ready = ranking.ready { rows.append(row("ready", ranking.name, ready)) }
    }
    if let matrix {
      for (index, cells) in matrix.cells.enumerated() {
        for (letter, cell) in zip(matrix.letters, cells) {
          let share = cell.leads == 0 ? nil : Double(cell.won) / Double(cell.leads)
          rows.append([
            "matrix", matrix.grade, letter, matrix.bands[index].map { "\($0)" } ?? "",
            index == 0 ? "" : matrix.bands[index - 1].map { "\($0)" } ?? "", "\(cell.leads)",
            "\(cell.won)", text(share), "", "", "", "", "", "", "",
          ])
        }
      }
    }
    for group in personas {
      rows += group.rows.map { row("persona", "persona.\(group.name)", $0) }
    }
    rows += lists.map { row("list", "list", $0) }
    for one in against?.differences ?? [] {
      rows.append(
        row("difference", one.name, leads: one.leads, won: nil)
          + [text(one.difference), text(one.low), text(one.high), text(one.z), text(one.p)])
    }
    return rows
  }

  private static let header = [
    "table", "name", "value", "from", "below", "leads", "won", "share", "lift", "recall", "auc",
    "low", "high", "z", "p",
  ]

  private func row(_ table: String, _ name: String, leads: Int, won: Int?) -> [String] {
    [table, name, "", "", "", "\(leads)", won.map { "\($0)" } ?? "", "", "", ""]
  }

  private func row(_ table: String, _ name: String, _ row: Row) -> [String] {
    [
      table, name, row.name ?? "", row.from.map { "\($0)" } ?? "",
      row.below.map { "\($0)" } ?? "", "\(row.leads)", "\(row.won)", text(row.share),
      text(row.lift), text(row.recall), "", "", "", "", "",
    ]
  }

  private func text(_ value: Double?) -> String {
    value.map { roundedDecimal($0, places: 6) } ?? ""
  }
}
