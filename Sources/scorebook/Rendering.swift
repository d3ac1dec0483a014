import Definition
import Engine
import Foundation
import Snapshots

/// Prints a report as JSON, its keys in order.
func printJSON(_ report: some Encodable) throws {
  FileHandle.standardOutput.write(Data(try stableJSON(report)))
}

/// Prints what a person wants to see of a run: what was read, who is worth talking to, and where it is.
func printRun(_ report: RunReport, definition: Definition) {
  let summary = report.summary
  let events = summary.events
  var lines = [
    "\(definition.name) as of \(summary.asOf)",
    "",
    "events    \(grouped(events.read)) read = \(grouped(events.used)) used"
      + ", \(grouped(events.duplicates)) duplicates, \(grouped(events.future)) future"
      + ", \(grouped(events.erased)) erased, \(counted(events.forgets, "forget"))"
      + ", \(grouped(events.refused)) refused",
    "leads     \(grouped(summary.leads.known)) known, \(grouped(summary.leads.engaged)) engaged",
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
    lines += ["", "lists"] + bars(definition.lists.map { ($0.name, summary.lists[$0.name] ?? 0) })
  }
  if let nps = summary.nps.score {
    lines += [
      "",
      "net promoter score \(nps): \(grouped(summary.nps.promoters)) promoters, "
        + "\(grouped(summary.nps.passives)) passives, \(grouped(summary.nps.detractors)) detractors",
    ]
  }
  lines += ["", "snapshot  \(report.snapshot)"]
  if let quarantine = report.quarantine { lines.append("refused   \(quarantine)") }
  lines.append(
    "took      \(shortestDecimal((report.seconds * 100).rounded() / 100)) s for "
      + "\(counted(report.segments, "segment")), \(shortestDecimal((Double(report.logBytes) / 1e4).rounded() / 100)) MB"
  )
  print(lines.joined(separator: "\n"))
}

/// Prints where the time of a run went.
func printStages(_ report: RunReport) {
  print("\nstage      seconds       MB        events")
  for stage in report.stages {
    let seconds = String(format: "%.3f", stage.seconds)
    let megabytes = String(format: "%.1f", Double(stage.bytes) / 1e6)
    print(
      padded(stage.name, 8) + leftPadded(seconds, 10) + leftPadded(megabytes, 9)
        + leftPadded(grouped(stage.events), 14))
  }
}

private func leftPadded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
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

/// Rows of a name, a count and a bar, aligned.
private func bars(_ rows: [(name: String, count: Int)]) -> [String] {
  let nameWidth = rows.map(\.name.count).max() ?? 0
  let counts = rows.map { grouped($0.count) }
  let countWidth = counts.map(\.count).max() ?? 0
  let most = max(rows.map(\.count).max() ?? 1, 1)
  return zip(rows, counts).map { row, count in
    let bar = String(repeating: "#", count: (row.count * 30 + most - 1) / most)
    return "  \(padded(row.name, nameWidth))  "
      + String(repeating: " ", count: countWidth - count.count) + count
      + (bar.isEmpty ? "" : "  \(bar)")
  }
}

private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// Bytes as megabytes, two decimals at the most.
func megabytes(_ bytes: Int) -> String {
  shortestDecimal((Double(bytes) / 1e4).rounded() / 100)
}

/// A count of things, one of them or several.
func counted(_ count: Int, _ thing: String) -> String {
  "\(grouped(count)) \(thing)\(count == 1 ? "" : "s")"
}

/// A count with its thousands set apart.
func grouped(_ count: Int) -> String {
  var text = ""
  for (index, digit) in String(count).reversed().enumerated() {
    if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
