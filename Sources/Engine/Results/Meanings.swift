import Definition

extension LeadSubject {
  /// What it is of a lead, in a sentence for people; of a window, it is that of the window alone.
  var meaning: String {
    switch self {
    case .attribute: "its attribute, or else that of its account"
    case .score: "for each score: whole points within its range"
    case .raw: "its exact sum, before rounding and range"
    case .grade: "for each grade: its letter"
    case .percent: "its percent; a ladder has none, and no such column"
    case .tally: "for each stage: occurrences of its interactions"
    case .count: "occurrences of an interaction"
    case .stage: "the furthest stage of the journey with a tally of at least 1"
    case .activities: "events that are an occurrence of at least one interaction"
    case .visits: "runs of activities with no gap of more than 30 minutes"
    case .deepestVisit: "the most page views in one visit, of those that are activities"
    case .activeDays:
      "distinct calendar days with an activity, in the definition's time zone"
    case .timeOnSite:
      "seconds: the sum of `duration` over page views that are activities, each × 1000 in binary64, "
        + "rounded to the millisecond and held within 0 and 1,800; what is no number is 0"
    case .daysSinceLast: "whole days of 24 hours since its last activity"
    case .daysSinceFirst: "whole days of 24 hours since its first activity"
    case .nps: "the latest valid answer"
    case .npsGroup: "`promoter`, `passive` or `detractor`"
    case .persona: "for each group: the lead's persona"
    case .lead: "the lead's key"
    case .account: "the account it belongs to"
    case .busiestHour: "the most activities in any span of less than 60 minutes"
    case .firstSeen: "time of its first activity"
    case .lastSeen: "time of its last activity"
    case .entered: "for each stage: the time of the first activity in it"
    case .daysSinceEntered: "whole days of 24 hours since a stage was entered"
    case .daysInStage: "whole days of 24 hours since the present stage was entered"
    case .outcome: "the word of its latest outcome"
    case .touch: "for each touch: the property's text at the occurrence that tells"
    }
  }

  /// Whether its texts are the log's, of which there may be millions, and not the definition's names.
  var hasTextsOfLog: Bool {
    switch self {
    case .attribute, .account, .outcome, .touch: true
    default: false
    }
  }
}

extension AccountSubject {
  /// What it is of an account, in a sentence for people.
  var meaning: String {
    switch self {
    case .attribute: "its attribute"
    case .total: "for each score: the sum of its leads; without leads 0"
    case .max: "the highest of its leads; without leads empty"
    case .mean: "the mean of its leads, of the exact sum, to two decimals; without leads empty"
    case .leads: "its leads"
    case .engaged: "its leads with an activity"
    case .persona: "for each persona: how many of its leads are one"
    case .nps: "percent of promoters less percent of detractors among its leads' answers"
    case .score:
      "for each score of accounts: whole points within its range; empty where its raw is"
    case .raw:
      "what its leads, or its parts, come to, before rounding and range; a mean or maximum of no lead is empty"
    case .active: "its leads with an activity in the window"
    case .daysSinceLast: "whole days of 24 hours since the last activity of any of its leads"
    case .account: "the account's key"
    }
  }
}
