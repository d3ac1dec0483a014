import Definition
import Notation
import Trials
import Upkeep

extension CalibrationReport {
  /// What a person wants to see: who did how much, what that makes of each interaction, and what it
  /// comes to.
  func text(_ ink: Ink) -> [String] {
    var lines = [
      "\(definition) as of \(asOf): points for \(score) from \(counted(leadCount, "lead")), \(leads)",
      "",
    ]
    lines += stageTable.lines
    lines += [
      "",
      "simple    \(roundedDecimal(ready)) / \(roundedDecimal(average)) = \(roundedDecimal(exact)) points an interaction, "
        + "rounded \(roundedDecimal(rounded, places: 6))",
      "          the average lead comes to \(roundedDecimal(reached)), "
        + (remainder >= 0
          ? "\(roundedDecimal(remainder)) short of \(roundedDecimal(ready))"
          : "\(roundedDecimal(-remainder)) more than \(roundedDecimal(ready))"),
    ]
    if let interactionsToReady {
      lines.append("          a lead is ready with \(counted(interactionsToReady, "interaction"))")
    }
    lines += ["fitted    " + fittedText, ""]
    lines += interactionTable.lines
    lines += [
      "",
      "points    by the \(method.rawValue) method"
        + (interactions.contains { $0.adjusted != nil } ? ", adjusted" : "")
        + ": the average lead comes to \(roundedDecimal(reachedWithPoints))",
    ]
    if let saved { lines += saved.text }
    return lines
  }

  private var fittedText: String {
    if restCount == 0 { return "there are no other leads to compare with" }
    guard interactions.contains(where: { $0.fitted != nil }) else {
      return "nothing was done more often than by the other \(grouped(restCount)) leads"
    }
    return "by how many times as often as the other \(counted(restCount, "lead"))"
  }

  private var stageTable: TextTable {
    var table = TextTable([
      .name("stage"), .number("average"), .number("deviation"), .number("least"),
      .number("median"), .number("most"), .bar,
    ])
    let largest = stages.map(\.average).max() ?? 1
    for stage in stages {
      table.add([
        stage.name, fixedDecimal(stage.average), stage.deviation.map { fixedDecimal($0) },
        grouped(stage.least), roundedDecimal(stage.median), grouped(stage.most),
        "\(largest > 0 ? stage.average / largest : 0)",
      ])
    }
    table.add(["sum", fixedDecimal(average), nil, nil, nil, nil, nil])
    return table
  }

  private var interactionTable: TextTable {
    var table = TextTable([
      .name("interaction"), .name("stage"), .number("average"), .number("the rest"),
      .number("ratio"), .number("now"), .number("simple"), .number("fitted"), .number("adjust"),
      .number("points"),
    ])
    func points(_ value: Double?) -> String? { value.map { roundedDecimal($0, places: 6) } }
    for one in interactions {
      let now = one.of.map { "of \(visibleText($0))" } ?? points(one.now)
      table.add([
        one.name, one.stage, fixedDecimal(one.average), one.averageOfRest.map { fixedDecimal($0) },
        one.ratio.map { fixedDecimal($0) }, now, points(one.simple),
        points(one.fitted),
        one.adjusted.map { ($0 > 0 ? "+" : "") + roundedDecimal($0, places: 6) },
        points(one.points),
      ])
    }
    return table
  }

  /// A row for each stage and each interaction.
  var rows: [[String]] {
    func text(_ value: Double?) -> String { value.map { roundedDecimal($0, places: 6) } ?? "" }
    let header = [
      "table", "name", "stage", "average", "deviation", "least", "median", "most",
      "average_of_rest", "ratio", "now", "simple", "fitted", "adjusted", "points",
    ]
    let stages = stages.map { stage in
      [
        "stage", stage.name, stage.name, text(stage.average), text(stage.deviation),
        "\(stage.least)", text(stage.median), "\(stage.most)", "", "", "", "", "", "", "",
      ]
    }
    let interactions = interactions.map { one in
      [
        "interaction", one.name, one.stage ?? "", text(one.average), "", "", "", "",
        text(one.averageOfRest), text(one.ratio), text(one.now), text(one.simple),
        text(one.fitted), text(one.adjusted), text(one.points),
      ]
    }
    return [header] + stages + interactions
  }
}

extension CalibrationReport.Saved {
  fileprivate var text: [String] {
    var lines = [
      "saved     \(file): \(counted(changed.count, "rule")) changed, \(added.count) added"
    ]
    for example in failingExamples {
      lines.append("          does not come out: \(visibleText(example))")
    }
    return lines
  }
}
