import Definition
import Engine
import Foundation
import Nightly
import Notation
import Snapshots
import Upkeep

/// What a run comes to, in one line: all that cron's mail or a log needs.
func runLine(_ report: RunReport) -> String {
  let summary = report.summary
  var parts = [
    "\(counted(summary.leads.known, "lead")), \(counted(summary.accounts.known, "account"))"
      + (summary.accounts.ready.map { " (\(grouped($0)) ready)" } ?? "")
  ]
  if let changes = report.changes {
    parts.append(changeWords(changes).joined(separator: ", "))
  }
  let refused = summary.events.refused
  parts.append(
    "\(counted(summary.events.read, "line")) read"
      + (refused > 0 ? ", \(grouped(refused)) refused" : ""))
  if let salvaged = summary.salvaged {
    parts.append("SALVAGED, \(counted(salvaged.missingEvents, "event")) or more missing")
  }
  if let pruned = report.pruned, !pruned.removed.isEmpty {
    parts.append("\(grouped(pruned.removed.count)) pruned")
  }
  return "\(summary.definition) as of \(summary.asOf): " + parts.joined(separator: "; ")
    + "; \(report.snapshot) in \(seconds(report))"
}

private func seconds(_ report: RunReport) -> String {
  "\(roundedDecimal(report.seconds)) s"
}

/// What changed, in a few words.
private func changeWords(_ changes: Changes) -> [String] {
  var words = ["\(grouped(changes.leads.new)) new", "\(grouped(changes.leads.gone)) gone"]
  for (name, list) in changes.lists.sorted(by: { $0.key < $1.key }) {
    words.append("\(name) +\(grouped(list.in)) -\(grouped(list.out))")
  }
  let ready = changes.accounts.ready
  if ready.in + ready.out > 0 { words.append("ready +\(grouped(ready.in)) -\(grouped(ready.out))") }
  return words
}

/// What changed, a line each, for the long report.
private func changeLines(_ changes: Changes) -> [String] {
  func movement(_ members: Changes.Members) -> String {
    "\(grouped(members.in)) in, \(grouped(members.out)) out"
  }
  var rows = [
    ("leads", "\(grouped(changes.leads.new)) new, \(grouped(changes.leads.gone)) gone")
  ]
  for (name, moves) in changes.scores.sorted(by: { $0.key < $1.key }) {
    rows.append(("score \(name)", "\(grouped(moves.up)) up, \(grouped(moves.down)) down"))
  }
  for (name, list) in changes.lists.sorted(by: { $0.key < $1.key }) {
    rows.append((name, movement(list)))
  }
  for (group, personas) in changes.personas.sorted(by: { $0.key < $1.key }) {
    for (name, members) in personas.sorted(by: { $0.key < $1.key }) {
      rows.append(("\(group) \(name)", movement(members)))
    }
  }
  rows.append(("accounts ready", movement(changes.accounts.ready)))
  let width = rows.map(\.0.count).max() ?? 0
  return ["changes since \(changes.since.snapshot)"]
    + rows.map { "  \(padded($0, width))  \($1)" }
}

/// What a person wants to see of a run: what was read, who is worth talking to, and where it is.
func runReport(_ report: RunReport, definition: Definition) -> [String] {
  let summary = report.summary
  let events = summary.events
  var lines = [
    "\(definition.name) as of \(summary.asOf)",
    "",
    "events    \(grouped(events.read)) read = \(grouped(events.used)) used"
      + ", \(grouped(events.duplicates)) duplicates, \(grouped(events.future)) future"
      + ", \(grouped(events.erased)) erased, \(counted(events.forgets, "forget"))"
      + (events.withdraws == 0
        ? ""
        : ", \(grouped(events.withdrawn)) withdrawn by \(counted(events.withdraws, "withdraw"))")
      + (report.ignored == nil ? "" : ", \(grouped(events.ignored)) ignored")
      + ", \(grouped(events.refused)) refused",
    "leads     \(grouped(summary.leads.known)) known, \(grouped(summary.leads.engaged)) engaged"
      + (summary.leads.excluded > 0 ? ", \(grouped(summary.leads.excluded)) excluded" : "")
      + (events.notJoined == 0
        ? "" : ", \(counted(events.notJoined, "merge")) held back"),
    "accounts  \(grouped(summary.accounts.known))"
      + (summary.accounts.ready.map { ", \(grouped($0)) ready" } ?? ""),
  ]
  for score in definition.scores {
    guard let values = summary.scores[score.name]?.leadsByScore else { continue }
    lines += ["", "score \(score.name)"] + histogram(values)
  }
  for grade in definition.grades {
    guard let letters = summary.grades[grade.name] else { continue }
    let shown = (grade.letters + ["ungraded"]).compactMap { letter -> (String, Int)? in
      let count = letters[letter] ?? 0
      return count > 0 ? (letter, count) : nil
    }
    lines += ["", "grade \(grade.name)"] + bars(shown)
  }
  for group in definition.personas {
    guard let personas = summary.personas[group.name] else { continue }
    lines += ["", "persona \(group.name)"]
    lines += bars(group.personas.map { ($0.name, personas[$0.name] ?? 0) })
  }
  if !definition.lists.isEmpty {
    lines +=
      ["", "lists"]
      + bars(definition.lists.map { ($0.name, summary.lists[$0.name]?.members ?? 0) })
  }
  if let nps = summary.nps.score {
    lines += [
      "",
      "net promoter score \(nps): \(grouped(summary.nps.promoters)) promoters, "
        + "\(grouped(summary.nps.passives)) passives, \(grouped(summary.nps.detractors)) detractors",
    ]
  }
  if let ignored = report.ignored {
    lines += ["", "ignored, by the first test that holds"]
    lines += bars(ignored.map { (visibleText($0.test), $0.events) })
  }
  lines += unmetLines(report, definition)
  if let changes = report.changes { lines += [""] + changeLines(changes) }
  if let idle = report.withdrawsWithoutEffect {
    lines += [""] + idleLines(idle, of: events.withdrawsWithoutEffect)
  }
  lines += heldLines(summary.held)
  if let salvaged = report.salvaged { lines += [""] + salvageLines(salvaged) }
  lines += ["", "snapshot  \(report.snapshot)"]
  if let pruned = report.pruned {
    let names = pruned.removed.count
    let inUse = pruned.inUse.isEmpty ? "" : ", \(grouped(pruned.inUse.count)) in use left"
    lines.append("pruned    \(counted(names, "old snapshot"))\(inUse)")
  }
  if let check = report.selfCheck {
    lines.append("checked   \(counted(check.segments, "segment")) against the cache: the same")
  }
  if let quarantine = report.quarantine { lines.append("refused   \(quarantine)") }
  lines.append(
    "took      \(roundedDecimal(report.seconds)) s for "
      + "\(counted(report.segments, "segment")), \(megabytes(report.logBytes)) MB"
  )
  return lines
}

/// Rules that nothing met, and how many events met nothing; no lines where all of them did.
private func unmetLines(_ report: RunReport, _ definition: Definition) -> [String] {
  var lines: [String] = []
  for score in definition.scores {
    let rules = report.idleRules.filter { $0.score == score.name }.map(\.interaction)
    if !rules.isEmpty {
      lines.append("rules of \(score.name) without an occurrence: \(rules.joined(separator: ", "))")
    }
  }
  if report.unmatched > 0 {
    lines.append(
      "\(counted(report.unmatched, "used event")) \(report.unmatched == 1 ? "was" : "were") "
        + "neither an occurrence nor an answer")
  }
  return lines.isEmpty ? [] : [""] + lines
}

/// Which withdraws met nothing, the first of them.
private func idleLines(_ idle: [RunReport.IdleWithdraw], of count: Int) -> [String] {
  let more = count - idle.count
  return ["withdraws without effect: \(grouped(count))"]
    + idle.map { withdraw in
      let whom =
        withdraw.lead.map { "lead \(visibleText($0))" }
        ?? "account \(visibleText(withdraw.account ?? ""))"
      return "  \(withdraw.time)  \(visibleText(withdraw.event)) of \(whom)"
    } + (more > 0 ? ["  and \(grouped(more)) more"] : [])
}

/// Which numbers stand where numbers end; no lines where none does.
private func heldLines(_ held: Summary.Held) -> [String] {
  let rows = [(held.leads, "lead"), (held.accounts, "account")].flatMap { columns, thing in
    columns.sorted { $0.key < $1.key }.filter { $0.value > 0 }
      .map { "  \($0.key) of \(counted($0.value, thing))" }
  }
  return rows.isEmpty ? [] : ["", "held, because no number goes further"] + rows
}

/// Where the time of a run went.
func stageTable(_ report: RunReport) -> [String] {
  ["", "stage      seconds       MB        events"]
    + report.stages.map { stage in
      let seconds = String(format: "%.3f", stage.seconds)
      let megabytes = String(format: "%.1f", Double(stage.bytes) / 1e6)
      return padded(stage.name, 8) + leftPadded(seconds, 10) + leftPadded(megabytes, 9)
        + leftPadded(grouped(stage.events), 14)
    }
}

/// Leads by score: each value met where they are few, else even bands of at least ten, highest
/// first.
private func histogram(_ leadsByScore: [String: Int]) -> [String] {
  let values = leadsByScore.compactMap { key, count in Int(key).map { ($0, count) } }
  guard let low = values.map(\.0).min(), let high = values.map(\.0).max() else { return [] }
  if high - low < 8 {
    return bars(values.sorted { $0.0 > $1.0 }.map { ("\($0.0)", $0.1) })
  }
  var width = 10
  while (high - low) / width >= 12 { width *= width % 4 == 0 ? 5 : 2 }
  var counts: [Int: Int] = [:]
  for (value, count) in values { counts[floorDivide(value, width), default: 0] += count }
  return bars(
    counts.sorted { $0.key > $1.key }.map { band, count in
      let first = band * width
      let last = min(first + width - 1, high)
      return (first == last ? "\(first)" : "\(first) to \(last)", count)
    })
}

private func floorDivide(_ value: Int, _ width: Int) -> Int {
  Int((Double(value) / Double(width)).rounded(.down))
}
