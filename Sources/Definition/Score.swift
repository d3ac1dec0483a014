import Notation

/// How a lead's behaviour is turned into one number.
package struct Score: Sendable {
  package var name: String
  /// Where raw comes from before bonuses and inactivity.
  package var source: Source
  package var bonuses: [Bonus]
  package var inactivity: Inactivity?
  /// The bounds the rounded score is held within, whole points.
  package var range: ClosedRange<Int64>?

  package enum Source: Sendable {
    case points(rules: [PointRule], caps: [GroupCap])
    case blend([BlendTerm])
  }

  package init(
    name: String, source: Source, bonuses: [Bonus] = [], inactivity: Inactivity? = nil,
    range: ClosedRange<Int64>? = nil
  ) {
    self.name = name
    self.source = source
    self.bonuses = bonuses
    self.inactivity = inactivity
    self.range = range
  }
}

/// What each occurrence of one interaction is worth in one score.
package struct PointRule: Sendable, Equatable {
  /// Index into `Definition.interactions`.
  package var interaction: Int
  package var points: Micropoints
  /// The first gate: nothing passes whose value of this property has passed before.
  package var oncePer: EventSubject?
  /// The second gate.
  package var limit: Limit?
  /// The rule's total is held within [-cap, cap].
  package var cap: Micropoints?
  /// The rule's own settings where it has them, else the score's.
  package var aging: Aging

  package init(
    interaction: Int, points: Micropoints, oncePer: EventSubject? = nil, limit: Limit? = nil,
    cap: Micropoints? = nil, aging: Aging = Aging()
  ) {
    self.interaction = interaction
    self.points = points
    self.oncePer = oncePer
    self.limit = limit
    self.cap = cap
    self.aging = aging
  }
}

/// At most `count` occurrences pass in one window.
package struct Limit: Sendable, Hashable {
  package var count: Int
  package var window: CalendarWindow

  package init(count: Int, window: CalendarWindow = .lifetime) {
    self.count = count
    self.window = window
  }
}

/// A calendar window in the definition's time zone; weeks start on Monday.
package enum CalendarWindow: String, Sendable, CaseIterable {
  case hour, day, week, month, lifetime
}

/// How a contribution loses weight as it grows old; several multiply.
package struct Aging: Sendable, Hashable {
  /// Weight 2^(-age / halfLife).
  package var halfLife: Milliseconds?
  /// Weight max(0, 1 - age / fade).
  package var fade: Milliseconds?
  /// Weight 0 from this age on.
  package var expires: Milliseconds?

  package init(
    halfLife: Milliseconds? = nil, fade: Milliseconds? = nil, expires: Milliseconds? = nil
  ) {
    self.halfLife = halfLife
    self.fade = fade
    self.expires = expires
  }
}

/// Holds the sum of several rules' totals within [-points, points].
package struct GroupCap: Sendable, Equatable {
  /// Indices into `Definition.interactions`, each of which has a rule in the same score.
  package var interactions: [Int]
  package var points: Micropoints

  package init(interactions: [Int], points: Micropoints) {
    self.interactions = interactions
    self.points = points
  }
}

/// Points added once if a condition holds for the lead.
package struct Bonus: Sendable {
  package var name: String
  package var condition: Condition<LeadSubject>
  package var points: Micropoints

  package init(name: String, condition: Condition<LeadSubject>, points: Micropoints) {
    self.name = name
    self.condition = condition
    self.points = points
  }
}

/// Points for a silence: once after `after`, again after each further `every`.
package struct Inactivity: Sendable, Equatable {
  package var after: Milliseconds
  package var points: Micropoints
  package var every: Milliseconds?

  package init(after: Milliseconds, points: Micropoints, every: Milliseconds? = nil) {
    self.after = after
    self.points = points
    self.every = every
  }
}

/// One weighted part of a blended score.
package struct BlendTerm: Sendable, Equatable {
  package var source: Source
  /// Millionths; above 0.
  package var weight: Int64

  package enum Source: Sendable, Hashable {
    /// A grade's percent, by its index into `Definition.grades`.
    case percent(Int)
    /// An earlier score, by its index into `Definition.scores`.
    case score(Int)
  }

  package init(source: Source, weight: Int64) {
    self.source = source
    self.weight = weight
  }
}

extension Definition {
  /// The rules of all scores, in order, and the score of each.
  package var pointRules: [(score: Int, rule: PointRule)] {
    scores.enumerated().flatMap { index, score -> [(score: Int, rule: PointRule)] in
      guard case .points(let rules, _) = score.source else { return [] }
      return rules.map { (index, $0) }
    }
  }
}
