/// What can be asked of a lead or an account: declared once, for whoever loads, shows or explains it.
package struct SubjectKind: Sendable {
  /// The word before the first dot.
  package let name: String
  /// What stands behind the dot; nil where nothing does.
  package let part: String?
  package let window: Window
  package let values: ComparedValues
  /// What it is, as a noun; `…` stands for the part.
  package let meaning: String

  package enum Window: Sendable {
    case never, possible, required
  }

  init(
    _ name: String, _ part: String?, window: Window = .never, _ values: ComparedValues,
    _ meaning: String
  ) {
    self.name = name
    self.part = part
    self.window = window
    self.values = values
    self.meaning = meaning
  }

  init(_ name: String, window: Window = .never, _ values: ComparedValues, _ meaning: String) {
    self.init(name, nil, window: window, values, meaning)
  }

  package static func all(of asked: Asked) -> [SubjectKind] {
    switch asked {
    case .event: []
    case .lead: ofLeads
    case .account: ofAccounts
    }
  }

  package static func find(_ name: String, of asked: Asked) -> SubjectKind? {
    all(of: asked).first { $0.name == name }
  }

  private static let ofLeads = [
    SubjectKind("attribute", "NAME", .any, "attribute …"),
    SubjectKind("score", "SCORE", .number, "… score"),
    SubjectKind("raw", "SCORE", .number, "exact … score"),
    SubjectKind("grade", "GRADE", .letter, "… grade"),
    SubjectKind("percent", "GRADE", .number, "… percent"),
    SubjectKind("tally", "STAGE", window: .possible, .number, "tally of the stage …"),
    SubjectKind("count", "INTERACTION", window: .possible, .number, "count of …"),
    SubjectKind("persona", "GROUP", .name, "… persona"),
    SubjectKind("entered", "STAGE", .time, "first activity in the stage …"),
    SubjectKind(
      "days_since_entered", "STAGE", .number, "number of days since the stage … was entered"),
    SubjectKind("touch", "TOUCH", .any, "… touch"),
    SubjectKind("stage", .name, "stage"),
    SubjectKind("activities", window: .possible, .number, "number of activities"),
    SubjectKind("visits", window: .possible, .number, "number of visits"),
    SubjectKind("deepest_visit", window: .possible, .number, "most pages in one visit"),
    SubjectKind("active_days", window: .possible, .number, "number of active days"),
    SubjectKind("time_on_site", window: .possible, .number, "time on the site in seconds"),
    SubjectKind("days_since_last", .number, "number of days since the last activity"),
    SubjectKind("days_since_first", .number, "number of days since the first activity"),
    SubjectKind("nps", .number, "answer to the net promoter question"),
    SubjectKind("nps_group", .name, "net promoter group"),
    SubjectKind("lead", .any, "key"),
    SubjectKind("account", .any, "account"),
    SubjectKind(
      "busiest_hour", window: .possible, .number, "number of activities in the busiest hour"),
    SubjectKind("first_seen", .time, "first activity"),
    SubjectKind("last_seen", .time, "last activity"),
    SubjectKind("days_in_stage", .number, "number of days in the present stage"),
    SubjectKind("outcome", .any, "outcome"),
  ]

  private static let ofAccounts = [
    SubjectKind("attribute", "NAME", .any, "attribute …"),
    SubjectKind("total", "SCORE", .number, "sum of the leads' … scores"),
    SubjectKind("max", "SCORE", .number, "greatest … score of its leads"),
    SubjectKind("mean", "SCORE", .number, "mean … score of its leads"),
    SubjectKind("leads", .number, "number of leads"),
    SubjectKind("engaged", .number, "number of leads with an activity"),
    SubjectKind("personas", "GROUP.PERSONA", .number, "number of leads that are …"),
    SubjectKind("nps", .number, "net promoter score"),
    SubjectKind("score", "SCORE", .number, "own … score"),
    SubjectKind("raw", "SCORE", .number, "own exact … score"),
    SubjectKind(
      "active", window: .required, .number, "number of leads that were active"),
    SubjectKind(
      "days_since_last", .number, "number of days since the last activity of its leads"),
    SubjectKind("account", .any, "name"),
  ]
}
