import Notation

/// Returns a subject as it is written in a definition.
package func name(of subject: EventSubject, in definition: Definition) -> String {
  switch subject {
  case .member(let name): name
  case .field(let name): "fields.\(name)"
  }
}

/// Returns a subject as it is written in a definition.
package func name(of subject: LeadSubject, in definition: Definition) -> String {
  func windowed(_ name: String, _ window: Milliseconds?) -> String {
    window.map { "\(name)@\(writtenDuration($0))" } ?? name
  }
  return switch subject {
  case .attribute(let name): "attribute.\(name)"
  case .score(let index): "score.\(definition.scores[index].name)"
  case .raw(let index): "raw.\(definition.scores[index].name)"
  case .grade(let index): "grade.\(definition.grades[index].name)"
  case .percent(let index): "percent.\(definition.grades[index].name)"
  case .tally(let stage, let window): windowed("tally.\(definition.journey[stage])", window)
  case .count(let index, let window):
    windowed("count.\(definition.interactions[index].name)", window)
  case .stage: "stage"
  case .activities(let window): windowed("activities", window)
  case .visits(let window): windowed("visits", window)
  case .deepestVisit(let window): windowed("deepest_visit", window)
  case .activeDays(let window): windowed("active_days", window)
  case .timeOnSite(let window): windowed("time_on_site", window)
  case .daysSinceLast: "days_since_last"
  case .daysSinceFirst: "days_since_first"
  case .nps: "nps"
  case .npsGroup: "nps_group"
  case .persona(let group): "persona.\(definition.personas[group].name)"
  case .lead: "lead"
  case .account: "account"
  case .busiestHour(let window): windowed("busiest_hour", window)
  case .firstSeen: "first_seen"
  case .lastSeen: "last_seen"
  case .entered(let stage): "entered.\(definition.journey[stage])"
  case .daysSinceEntered(let stage): "days_since_entered.\(definition.journey[stage])"
  case .daysInStage: "days_in_stage"
  case .outcome: "outcome"
  case .touch(let index): "touch.\(definition.touches[index].name)"
  }
}

/// Returns a subject as it is written in a definition.
package func name(of subject: AccountSubject, in definition: Definition) -> String {
  switch subject {
  case .attribute(let name): return "attribute.\(name)"
  case .total(let score): return "total.\(definition.scores[score].name)"
  case .max(let score): return "max.\(definition.scores[score].name)"
  case .mean(let score): return "mean.\(definition.scores[score].name)"
  case .leads: return "leads"
  case .engaged: return "engaged"
  case .persona(let group, let persona):
    let group = definition.personas[group]
    return "personas.\(group.name).\(group.personas[persona].name)"
  case .nps: return "nps"
  case .score(let index): return "score.\(definition.accountScores[index].name)"
  case .raw(let index): return "raw.\(definition.accountScores[index].name)"
  case .active(let window): return "active@\(writtenDuration(window))"
  case .daysSinceLast: return "days_since_last"
  case .account: return "account"
  }
}
