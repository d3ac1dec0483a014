import Definition
import Notation
import Trials

/// What a log exercises of a definition, most first; what it does not exercise is named again.
func coverageLines(_ coverage: CoverageReport, _ ink: Ink) -> [String] {
  var lines = [
    "\(counted(coverage.read, "line")) = \(grouped(coverage.matched)) matched"
      + " + \(grouped(coverage.unmatched)) unmatched"
      + " + \(grouped(coverage.ownMeaning)) profiles, merges and the like"
      + (coverage.ignored > 0 ? " + \(grouped(coverage.ignored)) ignored" : "")
      + " + \(grouped(coverage.refused)) refused",
    "", ink.heading("interactions"),
  ]
  lines += bars(coverage.interactions.map { ($0.name, $0.occurrences) })
  let unused = coverage.interactions.filter { $0.occurrences == 0 }
  if !unused.isEmpty {
    lines += ["", ink.heading("never met")]
    lines += unused.map { interaction in
      let rules = interaction.scores.map { "\($0).\(interaction.name)" }
      return "  \(interaction.name)"
        + (rules.isEmpty
          ? "" : ", and so rule\(rules.count == 1 ? "" : "s") \(rules.joined(separator: ", "))")
    }
  }
  if !coverage.unmatchedByType.isEmpty {
    lines += ["", ink.heading("matched by no interaction")]
    lines += bars(coverage.unmatchedByType.map { (visibleText($0.type), $0.events) })
  }
  return lines
}
