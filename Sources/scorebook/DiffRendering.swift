import Audit
import Notation
import Snapshots
import Upkeep

/// A diff for people: what was compared, what made the difference, who changed most.
func lines(of report: DiffReport) -> [String] {
  let counts = report.leads
  var lines = [
    "from  \(side(report.from))", "to    \(side(report.to))", "",
    "leads  \(grouped(counts.changed)) changed, \(grouped(counts.came)) came, "
      + "\(grouped(counts.gone)) went, \(grouped(counts.unchanged)) unchanged",
  ]
  if report.isSame { lines.append("nothing is different") }
  if !report.causes.isEmpty {
    lines += ["", "what made the difference, over all leads", ""] + summary(report.causes)
  }
  if !report.changes.isEmpty {
    lines += ["", "leads that changed most"]
    for change in report.changes { lines += story(of: change) }
  }
  if !report.accounts.isEmpty {
    lines += [
      "", "accounts that changed most, of \(counted(report.accountsChanged, "changed account"))",
    ]
    for account in report.accounts { lines += story(of: account) }
  }
  if !report.unreproduced.isEmpty {
    lines += [
      "",
      "\(counted(report.unreproduced.count, "lead")) of which a snapshot says something else than its "
        + "own log and definition:",
    ]
    lines += report.unreproduced.prefix(5).map { "  \($0)" }
  }
  return lines
}

/// How many parts of each cause are told; all are in the JSON.
private let partsShownMax = 4

/// By score and cause; below each its largest parts.
private func summary(_ causes: [DiffReport.CauseSum]) -> [String] {
  var rows: [[String]] = []
  var scores: [String] = []
  for cause in causes where !scores.contains(cause.score) { scores.append(cause.score) }
  for score in scores {
    let ofScore = causes.filter { $0.score == score }
    rows.append([score, signed(sum(ofScore)), "", ""])
    for cause in DiffCause.allCases {
      let parts = ofScore.filter { $0.cause == cause }
      if parts.isEmpty { continue }
      rows.append(["  " + words(cause), signed(sum(parts)), "", ""])
      for part in parts.prefix(partsShownMax) {
        rows.append([
          "    " + words(part.part, part.rule), signed(part.micropoints),
          grouped(part.leads), part.leads == 1 ? "lead" : "leads",
        ])
      }
      if parts.count > partsShownMax {
        let rest = parts.dropFirst(partsShownMax)
        rows.append([
          "    \(grouped(rest.count)) more", signed(sum(Array(rest))), "", "",
        ])
      }
    }
  }
  return aligned(rows, rightColumns: [1, 2])
}

private func sum(_ causes: [DiffReport.CauseSum]) -> Int128 {
  causes.reduce(0) { $0 + $1.micropoints }
}

private func words(_ part: DiffPart, _ rule: String?) -> String {
  part.rawValue + (rule.map { " of \($0)" } ?? "")
}

private func side(_ side: DiffReport.Side) -> String {
  "\(side.snapshot ?? "recomputed"), \(side.definition) as of \(side.asOf)"
    + (side.knownAt.map { ", known at \($0)" } ?? "")
}

private func story(of change: DiffReport.LeadChange) -> [String] {
  var lines = ["  \(change.lead)\(change.change == "changed" ? "" : ": \(change.change)")"]
  for score in change.scores {
    lines.append(
      "    \(score.score)  \(number(score.from)) to \(number(score.to))"
        + "  (\(signed(Int128((score.to ?? 0) - (score.from ?? 0)) * 1_000_000)))")
    lines += causes(score.causes)
  }
  for move in change.moves {
    lines.append("    \(move.what)  \(move.from ?? "none") to \(move.to ?? "none")")
  }
  return lines
}

private func story(of account: DiffReport.AccountChange) -> [String] {
  var lines = ["  \(account.account)"]
  for total in account.totals {
    lines.append(
      "    total.\(total.score)  \(total.from) to \(total.to)"
        + "  (\(signed(Int128(total.to - total.from) * 1_000_000)))")
    if total.movedIn != 0 {
      lines.append("      \(signed(total.movedIn * 1_000_000))  leads that joined it")
    }
    if total.movedOut != 0 {
      lines.append("      \(signed(total.movedOut * 1_000_000))  leads that left it")
    }
    lines += causes(total.causes)
    if total.held != 0 {
      lines.append("      \(signed(total.held * 1_000_000))  hold of the total")
    }
  }
  for score in account.scores {
    func text(_ value: Int64?) -> String { value.map(String.init) ?? "none" }
    lines.append("    score.\(score.score)  \(text(score.from)) to \(text(score.to))")
  }
  return lines
}

private func causes(_ causes: [DiffReport.Cause]) -> [String] {
  aligned(
    causes.map { cause in
      [
        "     ", signed(cause.micropoints),
        "\(words(cause.cause)): \(words(cause.part, cause.rule))",
      ]
    }, rightColumns: [1])
}

private func number(_ score: Int64?) -> String { score.map(String.init) ?? "none" }

private func words(_ cause: DiffCause) -> String {
  switch cause {
  case .mergedIn: "merged in"
  case .mergedOut: "merged out"
  case .erased: "erased"
  case .withdrawal: "withdrawn"
  case .accountMerge: "accounts merged"
  case .lateEvents: "late events"
  case .unknownEvents: "events no longer known"
  case .duplicates: "duplicates"
  case .rules: "rules changed"
  case .time: "time passing"
  case .newEvents: "new events"
  case .futureEvents: "events after the new as-of"
  }
}
