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
  package var points: RulePoints
  /// The first gate: nothing passes whose value of this property has passed before.
  package var oncePer: EventSubject?
  /// The second gate.
  package var limit: Limit?
  /// The rule's total is held within [-cap, cap].
  package var cap: Micropoints?
  /// The rule's own settings where it has them, else the score's.
  package var aging: Aging

  package init(
    interaction: Int, points: RulePoints, oncePer: EventSubject? = nil, limit: Limit? = nil,
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

/// What an occurrence offers a rule.
package enum RulePoints: Sendable, Hashable {
  /// The same, whatever it says.
  case fixed(Micropoints)
  /// What the value of one of its properties comes to.
  case ofValue(ValuePoints)

  /// Those that are the same for every occurrence.
  package var fixed: Micropoints? {
    if case .fixed(let points) = self { points } else { nil }
  }

  /// Points that are so much more for each occurrence that has any to offer.
  package static func + (points: RulePoints, more: Micropoints) -> RulePoints {
    switch points {
    case .fixed(let points): return .fixed(points + more)
    case .ofValue(var value):
      value.more += more
      return .ofValue(value)
    }
  }

  /// No points, for the same occurrences.
  package var none: RulePoints {
    switch self {
    case .fixed: .fixed(0)
    case .ofValue(let value): .ofValue(ValuePoints(of: value.property, times: 0))
    }
  }
}

/// Points made of a value: that value times a factor, held within bounds.
package struct ValuePoints: Sendable, Hashable {
  /// The property that has the value; an occurrence without one offers nothing.
  package var property: EventSubject
  /// Millionths.
  package var times: Int64
  package var min: Micropoints?
  package var max: Micropoints?
  /// What is offered beyond that, held or not; no text says so, but one who tries a point more does.
  package var more: Micropoints = 0

  package init(
    of property: EventSubject, times: Int64 = 1_000_000, min: Micropoints? = nil,
    max: Micropoints? = nil
  ) {
    self.property = property
    self.times = times
    self.min = min
    self.max = max
  }
}

/// At most `count` occurrences pass in one window.
package struct Limit: Sendable, Hashable {
  package var count: Int
  package var window: LimitWindow
  /// Windows are counted apart for each value of this property.
  package var each: EventSubject?

  package init(
    count: Int, window: LimitWindow = .calendar(.lifetime), each: EventSubject? = nil
  ) {
    self.count = count
    self.window = window
    self.each = each
  }
}

/// The time in which a limit's occurrences are counted.
package enum LimitWindow: Sendable, Hashable {
  case calendar(CalendarWindow)
  /// So long, up to each occurrence.
  case sliding(Milliseconds)
}

/// A calendar window in the definition's time zone.
package enum CalendarWindow: String, Sendable, CaseIterable {
  case hour, day, week, month, lifetime
}

/// The day that calendar weeks begin with.
package enum WeekStart: String, Sendable, CaseIterable {
  case monday, sunday
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
