import Definition
import Engine
import Notation
import Reading
import Statistics

/// What a calibration is to do, with everything resolved that was typed.
package struct CalibrationPlan: Sendable {
  package var log: Log
  package var definition: Definition
  package var asOf: Milliseconds
  /// The definition's file, which a saved one keeps the layout of.
  package var file: String
  package var score: String?
  /// Whose tallies: an outcome, `all`, a list or a persona.
  package var leads = "won"
  /// The score that the average lead is to have.
  package var ready: Micropoints = 100_000_000
  package var method = CalibrationMethod.simple
  package var adjustments: [PointChange] = []
  /// Where the definition with these points is written.
  package var save: String?

  package init(_ log: Log, _ definition: Definition, asOf: Milliseconds, file: String) {
    self.log = log
    self.definition = definition
    self.asOf = asOf
    self.file = file
  }
}

/// Makes points of tallies: the ready score divided by the interactions that leads had on average.
///
/// - Throws: `FileError` or `RunError`.
package func calibrate(
  _ plan: CalibrationPlan, notify: @escaping Notify = { _ in }
) throws -> CalibrationReport {
  let definition = plan.definition
  let score = try definition.scoreIndex(plan.score)
  try plan.check(score)
  let choice = LeadChoice(plan.leads, definition)
  let sheets = try plan.log.read(notify: notify) { try $0.sheets(for: ReadingPlan(definition)) }
  let log = try GatheredLog(definition, sheets, asOf: plan.asOf, jobs: plan.log.jobs)
  let cutoffLog = CutoffLog(log, outcome: choice.outcome)
  let counts = try InteractionCounts(cutoffLog, definition, choice)
  guard counts.chosen > 0 else { throw noLeads(plan, choice, words: cutoffLog.words) }
  guard
    let even = EvenPoints(
      ready: plan.ready, interactionCount: counts.interactionCount, leadCount: counts.chosen)
  else {
    throw RunError(
      .badData,
      "the \(counts.chosen) leads of '\(plan.leads)' have no interaction of any stage",
      hint: "give the interactions that matter a 'stage', or look at them with: scorebook run")
  }
  let lines = sheets.counts
  var report = CalibrationReport(
    plan, score: definition.scores[score].name,
    lines: .init(read: lines.read, refused: lines.refused), counts, even)
  report.interactions = try interactions(plan, score, counts, even)
  report.reachedWithPoints =
    (report.interactions.reduce(0) { $0 + $1.average * ($1.stage == nil ? 0 : $1.points ?? 0) })
    .reported
  if let save = plan.save { report.saved = try report.save(plan, to: save) }
  return report
}

extension CalibrationPlan {
  /// - Throws: `RunError` where the definition has nothing to calibrate, or no such interaction.
  fileprivate func check(_ score: Int) throws {
    guard case .points = definition.scores[score].source else {
      throw RunError(
        .badData, "the score '\(definition.scores[score].name)' is a blend; it has no points",
        hint: "name one that has, with --score")
    }
    guard definition.interactions.contains(where: { $0.stage != nil }) else {
      throw RunError(
        .badData, "\(file): no interaction has a stage, so there is nothing to count",
        hint: "add a 'journey', and to the interactions that matter a 'stage' of it")
    }
    let names = definition.interactions.map(\.name)
    for adjustment in adjustments where !names.contains(adjustment.interaction) {
      throw RunError(
        .usage, "--adjust: there is no interaction '\(adjustment.interaction)'",
        hint: hint(for: adjustment.interaction, among: names))
    }
  }
}

private func noLeads(
  _ plan: CalibrationPlan, _ choice: LeadChoice, words: [String]
) -> RunError {
  guard case .outcome(let word) = choice else {
    return RunError(.badData, "no lead is in '\(plan.leads)' by the as-of")
  }
  let lists = plan.definition.lists.map(\.name)
  return RunError(
    .badData, "no lead reached the outcome '\(word)' by the as-of",
    hint: hint(for: word, among: lists + words) ?? words.outcomesHint)
}

/// The points of every interaction that has a stage, or a rule in the score.
private func interactions(
  _ plan: CalibrationPlan, _ score: Int, _ counts: InteractionCounts, _ even: EvenPoints
) throws -> [CalibrationReport.Interaction] {
  let definition = plan.definition
  let rules = definition.pointRules(ofScore: score)
  let staged = definition.interactions.indices.filter {
    definition.interactions[$0].stage != nil
  }
  func fit(_ indices: [Int]) -> FittedPoints? {
    FittedPoints(
      indices.map { counts.habits[$0] }, wonLeads: counts.chosen, restLeads: counts.rest,
      ready: even.ready, step: even.step)
  }
  let fitted = fit(staged)
  let ratios = fit(Array(definition.interactions.indices))?.ratios
  if plan.method == .fitted, fitted?.points == nil {
    throw RunError(
      .badData,
      counts.rest == 0
        ? "there are no other leads that those of '\(plan.leads)' could be compared with"
        : "the leads of '\(plan.leads)' did nothing more often than the rest",
      hint: "use the simple method")
  }
  let points: [Int: Micropoints] = Dictionary(
    uniqueKeysWithValues: zip(staged, fitted?.points ?? []).map { ($0, $1) })
  return definition.interactions.indices.compactMap { index in
    let interaction = definition.interactions[index]
    let now = rules.first { $0.interaction == index }?.points
    let simple = interaction.stage == nil ? nil : even.rounded
    let adjustments = plan.adjustments.filter { $0.interaction == interaction.name }
    guard simple != nil || now != nil || !adjustments.isEmpty else { return nil }
    let base = plan.method == .simple ? simple : points[index]
    let habit = counts.habits[index]
    let adjusted = adjustments.reduce(base ?? now ?? 0) { $1.applied(to: $0) }
    return CalibrationReport.Interaction(
      name: interaction.name, stage: interaction.stage.map { definition.journey[$0] },
      average: (Double(habit.won) / Double(counts.chosen)).reported,
      averageOfRest: counts.rest == 0
        ? nil : (Double(habit.rest) / Double(counts.rest)).reported,
      ratio: (ratios?[index]).reported, now: inPoints(now), simple: inPoints(simple),
      fitted: inPoints(points[index]),
      adjusted: adjustments.isEmpty ? nil : inPoints(adjusted - (base ?? now ?? 0)),
      points: inPoints(adjustments.isEmpty ? base ?? now : adjusted))
  }
}

extension CalibrationReport {
  fileprivate init(
    _ plan: CalibrationPlan, score: String, lines: BacktestReport.Lines,
    _ counts: InteractionCounts, _ even: EvenPoints
  ) {
    let stages = zip(plan.definition.journey, counts.tallies).compactMap { name, tallies in
      Spread(tallies).map { spread in
        Stage(
          name: name, average: spread.mean.reported, deviation: spread.deviation.reported,
          least: spread.least, median: spread.median, most: spread.most)
      }
    }
    self.init(
      definition: plan.definition.name, asOf: timeText(milliseconds: plan.asOf),
      score: score, lines: lines, leads: plan.leads, leadCount: counts.chosen,
      restCount: counts.rest, stages: stages, average: even.average.reported,
      ready: Double(plan.ready) / 1e6, exact: even.exact.reported,
      rounded: Double(even.rounded) / 1e6, reached: even.reached.reported,
      remainder: even.remainder.reported, interactionsToReady: even.interactionsToReady,
      method: plan.method, interactions: [], reachedWithPoints: 0)
  }
}

private func inPoints(_ micropoints: Micropoints?) -> Double? {
  micropoints.map { Double($0) / 1e6 }
}

extension Definition {
  /// The rules of a score; of a blend none.
  func pointRules(ofScore score: Int) -> [PointRule] {
    guard case .points(let rules, _) = scores[score].source else { return [] }
    return rules
  }
}
