/// Counts what the leads came to.
func countLeads(_ leads: [Lead], definition: Definition, _ counts: inout ReferenceCounts) {
  counts.leads = leads.count
  for rule in definition.scores {
    countScore(rule, leads, &counts)
    counts.scoreValues[rule.name] = histogram(leads.compactMap { $0.scores[rule.name]?.value })
    counts.heldLeads["raw." + rule.name] =
      leads.filter { $0.scores[rule.name]?.isHeld ?? false }.count
  }
  for rule in definition.grades {
    counts.grades[rule.name] = histogram(leads.map { $0.grades[rule.name]?.letter ?? "" })
  }
  for (group, _) in definition.personas {
    counts.personas[group] = histogram(leads.map { $0.personas[group] ?? "" })
  }
  for list in definition.lists {
    counts.lists[list.name] = leads.filter { list.condition.holds($0.subject) }.count
  }
  let answers = leads.compactMap(\.answer)
  counts.promoters = answers.filter { $0.group == "promoter" }.count
  counts.passives = answers.filter { $0.group == "passive" }.count
  counts.detractors = answers.filter { $0.group == "detractor" }.count
  // "The overall NPS of all leads is in the summary."
  counts.nps = netPromoterScore(answers)
}

private func countScore(_ rule: ScoreRule, _ leads: [Lead], _ counts: inout ReferenceCounts) {
  var rules: [String: ReferenceRuleCounts] = [:]
  for each in rule.rules { rules[each.interaction] = ReferenceRuleCounts() }
  var held = rule.caps.map { _ in 0 }
  for lead in leads {
    guard let score = lead.scores[rule.name] else { continue }
    for (interaction, found) in score.rules {
      rules[interaction] = sum(rules[interaction] ?? ReferenceRuleCounts(), found)
    }
    for (index, isHeld) in score.heldByGroupCap.enumerated() where isHeld { held[index] += 1 }
  }
  counts.rules[rule.name] = rules
  counts.groupCaps[rule.name] = held
}

private func sum(
  _ one: ReferenceRuleCounts, _ other: ReferenceRuleCounts
) -> ReferenceRuleCounts {
  ReferenceRuleCounts(
    occurrences: one.occurrences + other.occurrences,
    counted: one.counted + other.counted,
    stoppedByRepeat: one.stoppedByRepeat + other.stoppedByRepeat,
    stoppedByLimit: one.stoppedByLimit + other.stoppedByLimit,
    leadsHeldByCap: one.leadsHeldByCap + other.leadsHeldByCap)
}

private func histogram<Value: Hashable>(_ values: [Value]) -> [Value: Int] {
  values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}
