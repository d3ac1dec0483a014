import Audit
import Notation
import Upkeep

/// A history for people: a small chart of each number, then every bound that was crossed.
func lines(of report: HistoryReport) -> [String] {
  var lines = [
    "\(report.lead ?? report.account ?? "") until \(report.asOf), by \(report.definition)"
  ]
  if report.isExcluded == true {
    lines.append("excluded: it is in no result as of then")
  }
  lines.append("")
  lines += charts(of: report)
  if let first = report.moments.first, let last = report.moments.last {
    lines.append("from \(first.time) to \(last.time), \(counted(report.moments.count, "moment"))")
  }
  lines += ["", report.crossings.isEmpty ? "no bound was crossed" : "bounds crossed"]
  lines += aligned(
    report.crossings.map { crossing in
      [
        "", crossing.time, crossing.isUp ? "up" : "down", crossing.what,
        "\(crossing.from ?? "none") to \(crossing.to ?? "none")", words(crossing.causes),
      ]
    }, rightColumns: [])
  return lines
}

private func words(_ causes: [HistoryReport.Cause]) -> String {
  if causes.isEmpty { return "time passed" }
  return causes.map { "\($0.type) \($0.id) at \($0.at)" }.joined(separator: "; ")
}

/// A row of bars for each number but raw ones: over time from left to right, each bar the last value of
/// its share of the time.
private func charts(of report: HistoryReport) -> [String] {
  let widthMax = 60
  let bars = Array("▁▂▃▄▅▆▇█")
  let charts = report.columns.enumerated().filter { !$0.element.hasPrefix("raw.") }
  let rows = charts.map { index, column -> [String] in
    let values = report.moments.map { $0.values[index].flatMap(Double.init) }
    let known = values.compactMap { $0 }
    guard let low = known.min(), let high = known.max() else { return [column, "", "", ""] }
    let width = min(widthMax, values.count)
    var text = ""
    for place in 0..<width {
      guard let value = values[(place + 1) * values.count / width - 1] else {
        text.append(" ")
        continue
      }
      let share = high > low ? (value - low) / (high - low) : 0
      text.append(bars[Int((share * Double(bars.count - 1)).rounded())])
    }
    return [column, shortestDecimal(low), text, "\(shortestDecimal(high)), now \(last(values))"]
  }
  return aligned(rows, rightColumns: [1])
}

private func last(_ values: [Double?]) -> String {
  (values.last ?? nil).map(shortestDecimal) ?? "none"
}
