import Notation

/// A question about an event, a lead or an account, answered with yes or no.
package indirect enum Condition<Subject: Sendable & Hashable>: Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case test(Subject, Predicate)
}

/// What a test asks of its subject; all parts must hold.
package struct Predicate: Sendable, Hashable {
  package var parts: [Part]

  package enum Part: Sendable, Hashable {
    /// Matches if any pattern does. `at_least: B` is the list of letters from B up.
    case oneOf([Pattern])
    case min(Double)
    case max(Double)
    case above(Double)
    case below(Double)
    case exists(Bool)
    /// At this instant or after it.
    case from(TimeBound)
    /// Before it.
    case before(TimeBound)
    /// Before the as-of by so much, or at it.
    case ago(Lapse)
    /// After the as-of by so much, or at it.
    case ahead(Lapse)

    /// Whether the same value passes it at one as-of and not at another.
    var countsFromAsOf: Bool {
      switch self {
      case .ago, .ahead: true
      default: false
      }
    }
  }

  /// What a value is compared to.
  package enum Pattern: Sendable, Hashable {
    case text(Glob)
    case number(Double)
    case bool(Bool)
  }

  package init(_ parts: [Part]) {
    self.parts = parts
  }
}

/// An instant that others are compared to.
package struct TimeBound: Sendable {
  package var instant: Milliseconds
  /// By which texts are read that are compared to it.
  package var clock: WallClock
  /// As the definition has it.
  package var written: String

  package init(instant: Milliseconds, clock: WallClock, written: String) {
    self.instant = instant
    self.clock = clock
    self.written = written
  }
}

extension TimeBound: Hashable {
  package static func == (one: TimeBound, other: TimeBound) -> Bool {
    one.instant == other.instant && one.clock == other.clock
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(instant)
    hasher.combine(clock)
  }
}

/// How long before or after the as-of something lies, both ends included.
package struct Lapse: Sendable, Hashable {
  /// Nil where it may be nothing at all.
  package var min: Milliseconds?
  /// Nil where there is no end.
  package var max: Milliseconds?
  /// By which texts are read.
  package var clock: WallClock

  package init(min: Milliseconds?, max: Milliseconds?, clock: WallClock) {
    self.min = min
    self.max = max
    self.clock = clock
  }

  /// What the time between may be, where it is not negative.
  package var range: ClosedRange<Milliseconds> {
    let least = min ?? 0
    return least...Swift.max(least, max ?? .max)
  }
}

/// A scalar value of an event's member or a lead's attribute; nil where absent.
package enum Scalar: Sendable, Hashable {
  case text(String)
  case number(Double)
  case bool(Bool)
}

/// What a condition on an event can ask about.
package enum EventSubject: Sendable, Hashable {
  /// A member of the event, `path` included where it is derived from `url`.
  case member(String)
  /// A member of its `fields`.
  case field(String)
}

/// What a condition on a lead can ask about.
///
/// Indices point into the definition; a window is the length of time up to the as-of that alone
/// counts.
package enum LeadSubject: Sendable, Hashable {
  case attribute(String)
  case score(Int)
  case raw(Int)
  case grade(Int)
  case percent(Int)
  case tally(stage: Int, window: Milliseconds?)
  case count(interaction: Int, window: Milliseconds?)
  case stage
  case activities(window: Milliseconds?)
  case visits(window: Milliseconds?)
  case deepestVisit(window: Milliseconds?)
  case activeDays(window: Milliseconds?)
  case timeOnSite(window: Milliseconds?)
  case daysSinceLast
  case daysSinceFirst
  case nps
  case npsGroup
  case persona(group: Int)
  /// The lead's final key.
  case lead
  /// Its account's final key.
  case account
  case busiestHour(window: Milliseconds?)
  case firstSeen
  case lastSeen
  /// The time of the first activity in a stage.
  case entered(stage: Int)
  case daysSinceEntered(stage: Int)
  /// Full days since the present stage was entered.
  case daysInStage
  /// The word of the latest outcome.
  case outcome
  case touch(Int)
}

extension LeadSubject {
  /// How long before the as-of the subject looks back; nil where it looks at everything.
  package var window: Milliseconds? {
    switch self {
    case .tally(_, let window), .count(_, let window), .activities(let window),
      .visits(let window), .deepestVisit(let window), .activeDays(let window),
      .timeOnSite(let window), .busiestHour(let window):
      window
    default: nil
    }
  }
}

/// What a condition on an account can ask about.
package enum AccountSubject: Sendable, Hashable {
  case attribute(String)
  case total(score: Int)
  case max(score: Int)
  case mean(score: Int)
  case leads
  case engaged
  case persona(group: Int, persona: Int)
  case nps
  /// A score of the account's own, by its index into `Definition.accountScores`.
  case score(Int)
  case raw(Int)
  /// How many of its leads have an activity in so long up to the as-of.
  case active(window: Milliseconds)
  /// Since the last activity of any of its leads.
  case daysSinceLast
  /// Its final key.
  case account
}
