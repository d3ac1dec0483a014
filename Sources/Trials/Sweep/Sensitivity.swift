import Definition
import Engine
import Judging
import Notation

/// Gives every rule some points more and some less, one at a time, and takes each away once.
///
/// `by`: micro-points, above 0.
///
/// - Throws: `FileError`, `RunError`, `DefinitionFaults` or `Interrupted`.
package func sensitivity(
  _ plan: SweepPlan, by: Micropoints, notify: @escaping Notify = { _ in }
) throws -> SensitivityReport {
  let (base, applied) = try loadDefinition(plan.file).set(plan.settings, file: plan.file)
  let (log, knownAt) = try GatheredLog.open(base, plan, notify)
  let rules = base.ruleAddresses
  let variants = rules.flatMap { rule in
    [
      base.giving(rule) { $0 + by }, base.giving(rule) { $0 + -by },
      base.giving(rule) { $0.none },
    ]
  }
  let compared = try log.compare(base, with: variants, addsUpAccounts: false) { variants in
    { UseWitness(variants[0]) }
  }
  let (uses, counts) = compared.uses(of: base)
  func effect(_ movement: Movement) -> SensitivityReport.Effect {
    SensitivityReport.Effect(moved: movement.moved, lists: .init(movement))
  }
  return SensitivityReport(
    definition: base.name, asOf: timeText(milliseconds: plan.asOf), knownAt: knownAt,
    set: applied, by: Double(by) / 1_000_000,
    rules: rules.enumerated().map { index, rule in
      let (use, count) = (uses[index], counts.rules[index])
      let tried = compared.results[(index * 3)..<(index * 3 + 3)].map(\.movement)
      return SensitivityReport.Rule(
        score: base.scores[rule.score].name,
        interaction: base.interactions[rule.rule.interaction].name,
        points: rule.rule.points.fixed.map { Double($0) / 1_000_000 },
        made: rule.rule.points.made(in: base), occurrences: count.occurrences,
        counted: count.counted, leads: use.leads, leadsAtCap: use.leadsAtCap,
        neverMatches: count.occurrences == 0,
        alwaysCapped: use.leads > 0 && use.leads == use.leadsAtCap,
        changesNothing: tried[2].moved == 0, more: effect(tried[0]), less: effect(tried[1]))
    })
}

extension RulePoints {
  /// How they are made of a value, if they are.
  fileprivate func made(in definition: Definition) -> SensitivityReport.Making? {
    guard case .ofValue(let value) = self else { return nil }
    return SensitivityReport.Making(
      of: name(of: value.property, in: definition), times: Double(value.times) / 1_000_000)
  }
}

/// Where a rule stands among a definition's scores.
private struct RuleAddress {
  var score: Int
  var place: Int
  var rule: PointRule
}

extension Definition {
  /// The rules of all scores, in order.
  fileprivate var ruleAddresses: [RuleAddress] {
    scores.enumerated().flatMap { index, score -> [RuleAddress] in
      guard case .points(let rules, _) = score.source else { return [] }
      return rules.enumerated().map { RuleAddress(score: index, place: $0, rule: $1) }
    }
  }

  /// The definition with other points for one rule.
  fileprivate func giving(
    _ address: RuleAddress, _ points: (RulePoints) -> RulePoints
  ) -> Definition {
    guard case .points(var rules, let caps) = scores[address.score].source else { return self }
    rules[address.place].points = points(rules[address.place].points)
    var copy = self
    copy.scores[address.score].source = .points(rules: rules, caps: caps)
    return copy
  }
}

extension VariantsComparison<UseWitness> {
  /// How the rules of the first definition are used, by rule, over all scores in order.
  fileprivate func uses(of definition: Definition) -> ([RuleUse], JudgingCounts) {
    guard let batch = batches.first else {
      // Without rules there is nothing to try.
      return ([], JudgingCounts(definition))
    }
    var uses = batch.witnesses[0].uses
    for witness in batch.witnesses.dropFirst() {
      for rule in uses.indices { uses[rule] += witness.uses[rule] }
    }
    return (uses, batch.counts)
  }
}

/// Counts how each rule is used.
private final class UseWitness: LeadWitness {
  private(set) var uses: [RuleUse]
  private let judge: Judge

  init(_ variant: Variant) {
    judge = variant.judge
    uses = [RuleUse](repeating: RuleUse(), count: judge.ruleCount)
  }

  func see(_ lead: SeenLead) {
    if !lead.isExcluded[0] { judge.count(lead.desk, into: &uses) }
  }
}
