import Definition
import Engine
import Files
import Notation

extension CalibrationReport {
  /// Writes the plan's definition with these points, its comments and layout kept, and says what is other
  /// in it.
  ///
  /// A rule keeps its limits, caps and decay; an interaction without a rule gets one.
  ///
  /// - Throws: `FileError`, or `RunError` where a value cannot be set where it stands.
  func save(_ plan: CalibrationPlan, to path: String) throws -> Saved {
    let differing = interactions.filter { $0.points != nil && $0.points != $0.now }
    let settings = differing.map { interaction in
      let rule = "scores.\(score).points.\(interaction.name)"
      return Setting(
        path: interaction.now == nil ? rule : "\(rule).points",
        value: shortestDecimal(interaction.points ?? 0))
    }
    let (definition, _) = try plan.definition.set(settings, file: plan.file)
    var failing: [String] = []
    for failure in try failures(ofExamplesIn: definition) where failing.last != failure.example {
      failing.append(failure.example)
    }
    try AtomicFile.write(Array(definition.text.utf8), to: path)
    return Saved(
      file: path, changed: differing.filter { $0.now != nil }.map(\.name),
      added: differing.filter { $0.now == nil }.map(\.name), failingExamples: failing)
  }
}
