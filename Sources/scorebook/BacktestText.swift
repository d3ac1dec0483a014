import Definition
import Trials
import Upkeep

extension BacktestReport {
  /// What a person wants to see: who the leads are, what tells best, and what comes of each band, letter
  /// and persona.
  func text(_ ink: Ink) -> [String] {
    var lines = ["\(definition) as of \(asOf): who would reach '\(outcome)'", ""]
    lines += leadLines
    lines += ["", ink.heading("how well each tells them apart")] + rankingTable.lines
    for ranking in scores {
      lines += ["", ink.heading(ranking.name)] + bandTable(ranking).lines
      if let ready = ranking.ready { lines += readyLines(ready) }
    }
    for ranking in grades where !ranking.bands.isEmpty {
      lines += ["", ink.heading(ranking.name)] + nameTable(ranking.bands).lines
    }
    if let matrix {
      lines += ["", ink.heading("\(matrix.score) by \(matrix.grade): \(outcome) of leads")]
      lines += matrix.lines
    }
    for group in personas {
      lines += ["", ink.heading("persona \(group.name)")] + nameTable(group.rows).lines
    }
    if !lists.isEmpty { lines += ["", ink.heading("lists")] + nameTable(lists).lines }
    if let against { lines += [""] + against.text(ink) }
    return lines
  }

  private var leadLines: [String] {
    var lines = [
      "leads     \(grouped(leads.all)) = \(grouped(leads.won)) \(outcome)"
        + ", \(grouped(leads.otherwise)) with another outcome, \(grouped(leads.open)) without"
    ]
    if leads.leftOut > 0 {
      lines.append("          \(grouped(leads.leftOut)) are left out")
    }
    if leads.excluded > 0 {
      lines.append("          \(grouped(leads.excluded)) are excluded by the definition")
    }
    if leads.unseen > 0 {
      lines.append("          \(grouped(leads.unseen)) had done nothing before")
    }
    if let given {
      lines.append(
        "outcomes  \(given.file): \(counted(given.rows, "row")) = \(grouped(given.used)) used, "
          + "\(grouped(given.strangers)) of leads not in the log, \(grouped(given.future)) after the as-of, "
          + "\(grouped(given.erased)) erased"
          + (given.withdrawn > 0 ? ", \(grouped(given.withdrawn)) withdrawn" : ""))
      for (reason, count) in given.refused.sorted(by: { $0.key < $1.key }) {
        lines.append("          \(counted(count, "row")) refused: \(reason)")
      }
    }
    lines.append(
      "lines     \(grouped(self.lines.read)) read, \(grouped(self.lines.refused)) refused")
    return lines
  }

  private var rankingTable: TextTable {
    var table = TextTable([
      .name(""), .number("leads"), .number("AUC"), .name("95% interval"), .number("if decided"),
      .bar,
    ])
    for ranking in scores + grades {
      table.add([
        ranking.name, grouped(ranking.leads), ranking.auc.map { fixedDecimal($0, places: 4) },
        interval(ranking.aucLow, ranking.aucHigh),
        ranking.aucDecided.map { fixedDecimal($0, places: 4) },
        // A coin's 0.5 is no bar at all.
        ranking.auc.map { "\(max(0, $0 - 0.5) * 2)" },
      ])
    }
    return table
  }

  private func bandTable(_ ranking: Ranking) -> TextTable {
    var table = TextTable([
      .name("score"), .number("leads"), .number(outcome), .number("share"), .number("lift"),
      .number("captured"), .bar,
    ])
    let largest = ranking.bands.compactMap(\.share).max() ?? 1
    for band in ranking.bands {
      table.add(
        [bandName(band)] + figures(band) + ["\(largest > 0 ? (band.share ?? 0) / largest : 0)"])
    }
    return table
  }

  private func bandName(_ band: Row) -> String {
    switch (band.from, band.below) {
    case (let from?, let below?): from == below - 1 ? "\(from)" : "\(from) to \(below - 1)"
    case (let from?, nil): "\(from) and more"
    case (nil, let below?): "below \(below)"
    case (nil, nil): "all"
    }
  }

  private func nameTable(_ rows: [Row]) -> TextTable {
    var table = TextTable([
      .name(""), .number("leads"), .number(outcome), .number("share"), .number("lift"),
      .number("captured"), .bar,
    ])
    let largest = rows.compactMap(\.share).max() ?? 1
    for row in rows {
      table.add(
        [row.name ?? ""] + figures(row) + ["\(largest > 0 ? (row.share ?? 0) / largest : 0)"])
    }
    return table
  }

  private func figures(_ row: Row) -> [String?] {
    [
      grouped(row.leads), grouped(row.won), row.share.map { percent($0) },
      row.lift.map { fixedDecimal($0) }, row.recall.map { percent($0) },
    ]
  }

  private func readyLines(_ ready: Row) -> [String] {
    [
      "  ready at \(ready.from ?? 0): \(counted(ready.leads, "lead")) called, "
        + "\(grouped(ready.won)) of them \(outcome)"
        + (ready.share.map { ", precision \(percent($0))" } ?? "")
        + (ready.recall.map { ", recall \(percent($0))" } ?? "")
    ]
  }
}

private func signed(_ value: Double) -> String {
  let text = fixedDecimal(value, places: 4)
  return value >= 0.00005 ? "+" + text : text
}

private func interval(_ low: Double?, _ high: Double?) -> String? {
  guard let low, let high else { return nil }
  return "\(fixedDecimal(low, places: 4)) to \(fixedDecimal(high, places: 4))"
}

extension BacktestReport.Matrix {
  fileprivate var lines: [String] {
    var table = TextTable([.name("")] + letters.map { .number($0) })
    for (band, row) in zip(bands, cells) {
      table.add(
        [band.map { "\($0)+" } ?? "lower"]
          + row.map { $0.leads == 0 ? "" : "\(grouped($0.won)) of \(grouped($0.leads))" })
    }
    return table.lines
  }
}

extension BacktestReport.Against {
  fileprivate func text(_ ink: Ink) -> [String] {
    var table = TextTable([
      .name(""), .number("leads"), .number("AUC"), .number("against"), .number("difference"),
      .name("95% interval"), .number("z"), .number("p"),
    ])
    for one in differences {
      table.add([
        one.name == one.other ? one.name : "\(one.name) / \(one.other)", grouped(one.leads),
        fixedDecimal(one.auc, places: 4), fixedDecimal(one.aucAgainst, places: 4),
        signed(one.difference),
        interval(one.low, one.high), one.z.map { fixedDecimal($0) },
        one.p.map { fixedDecimal($0, places: 4) },
      ])
    }
    return [ink.heading("against \(definition), on the same leads (paired test by DeLong)")]
      + table.lines
  }
}
