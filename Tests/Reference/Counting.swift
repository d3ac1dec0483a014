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
    let members = leads.filter { list.condition.holds($0.subject) }.count
    counts.lists[list.name] = members
    if let first = list.first { counts.inFile[list.name] = min(members, first) }
  }
  counts.invalidAnswers = leads.reduce(0) { $0 + $1.invalidAnswers }
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
    withoutValue: one.withoutValue + other.withoutValue,
    counted: one.counted + other.counted,
    stoppedByRepeat: one.stoppedByRepeat + other.stoppedByRepeat,
    stoppedByLimit: one.stoppedByLimit + other.stoppedByLimit,
    leadsHeldByCap: one.leadsHeldByCap + other.leadsHeldByCap)
}

private func histogram<Value: Hashable>(_ values: [Value]) -> [Value: Int] {
  values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}

/// Counts what the accounts came to.
func countAccounts(
  _ accounts: [Account], definition: Definition, _ counts: inout ReferenceCounts
) {
  counts.accounts = accounts.count
  for rule in definition.scores {
    counts.heldAccounts["total." + rule.name] = accounts.filter { $0.isHeld(rule.name) }.count
  }
  for rule in definition.accountScores {
    counts.heldAccounts["raw." + rule.name] =
      accounts.filter { $0.ownScores[rule.name]?.isHeld ?? false }.count
  }
  for list in definition.accountLists {
    let members = accounts.filter { list.condition.holds($0.subject) }.count
    counts.accountLists[list.name] = members
    if let first = list.first { counts.accountsInFile[list.name] = min(members, first) }
  }
}

// "the ten largest groups with their number of keys (two at least; largest first, then by key bytes;
// those of excluded leads left out)"
func largestGroups(_ groups: [Text: Int], leads: [Lead]) -> [ReferenceGroup] {
  leads
    .compactMap { lead in groups[lead.name].map { (lead: lead.name, keys: $0) } }
    .filter { $0.keys >= 2 }
    .sorted { $0.keys != $1.keys ? $0.keys > $1.keys : $0.lead < $1.lead }
    .prefix(10)
    .map { ReferenceGroup(lead: $0.lead.description, keys: $0.keys) }
}
