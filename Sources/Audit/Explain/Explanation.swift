import Definition
import Engine
import Judging

/// Why a lead's results are what they are, event by event; `explain` prints it, as text or as JSON.
///
/// Points are whole micro-points: millionths of a point, which add up exactly.
package struct Explanation: Encodable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = Explanation.schemaVersion
  package var engine = engineVersion
  /// The lead's final key, and the one that was asked for.
  package var lead: String
  package var asked: String
  package var asOf: String
  package var knownAt: String?
  package var definition: String
  /// The keys that are this lead, its final one among them.
  package var keys: [String]
  /// The merges that joined them, in the order of events.
  package var merges: [Merge]
  /// Merges of theirs that the definition holds back.
  package var notJoined: [Merge]
  package var events: Events
  package var account: Account?
  /// Why the lead is in no result, where the definition leaves any out.
  package var exclusion: Exclusion?
  /// Absent where the definition has none.
  package var touches: [Touch]?
  package var attributes: [Attribute]
  package var scores: [ScoreExplanation]
  package var grades: [GradeExplanation]
  package var personas: [PersonaExplanation]
  package var lists: [ListExplanation]
  package var netPromoter: Answers?
  package var snapshot: Agreement?
  /// With `--events`: the lines, as they stand in the log.
  package var lines: [Line]?

  package struct Event: Encodable, Sendable {
    package var time: String
    package var id: String
    /// Segment and line.
    package var at: String
  }

  package struct Merge: Encodable, Sendable {
    package var event: Event
    package var lead: String
    package var from: String
  }

  /// What became of the lead's events; `dropped` are the duplicates.
  package struct Events: Encodable, Sendable {
    package var used: Int
    package var erased: Int
    package var future: Int
    /// Those that take others back.
    package var withdraws: Int
    package var withdrawn: [Withdrawn]
    package var duplicates: Int
    package var dropped: [Event]
  }

  /// An event that was taken back, and what took it back first.
  package struct Withdrawn: Encodable, Sendable {
    package var event: Event
    package var by: Event
  }

  /// The account that a lead belongs to.
  package struct Account: Encodable, Sendable {
    package var value: String
    /// What named it, or gave the attribute that it is the domain of; absent where it is that of the lead's key.
    package var event: Event?
    /// What it is the domain of, `lead` or an attribute; absent where an event named it.
    package var domainOf: String?
  }

  /// Whether the lead is left out of all results.
  package struct Exclusion: Encodable, Sendable {
    package var isExcluded: Bool
    package var tests: [Verdict]
  }

  /// A touch, and the event that has it.
  package struct Touch: Encodable, Sendable {
    package var name: String
    package var value: String?
    package var event: Event?
  }

  package struct Attribute: Encodable, Sendable {
    package var name: String
    package var value: String?
    /// The lead's own event that gave it, or took it away; absent where it is its account's.
    package var event: Event?
    package var isAccounts: Bool
  }

  package struct Answers: Encodable, Sendable {
    /// Absent without a valid one, and where the latest has grown old.
    package var answer: Int64?
    package var group: String?
    package var event: Event?
    /// The age at which the answer of that event ceased to count; absent where it counts.
    package var expired: String?
    /// Answers that are none on the scale.
    package var invalid: [Event]
  }

  /// Whether the lead's row in a snapshot is the same to the byte.
  package struct Agreement: Encodable, Sendable {
    package var name: String
    package var isEqual: Bool
    /// The columns that differ.
    package var differences: [Difference]

    package struct Difference: Encodable, Sendable {
      package var column: String
      package var snapshot: String
      package var found: String
    }
  }

  package struct Line: Encodable, Sendable {
    package var at: String
    package var text: String
  }
}

/// One score, from the first contribution to the number in the snapshot.
package struct ScoreExplanation: Encodable, Sendable {
  package var name: String
  package var contributions: Contributions
  package var adjustments: [Change]
  /// Bonuses that were not met.
  package var missed: [Missed]
  package var raw: Int64
  /// Raw rounded to whole points, before the range.
  package var rounded: Int64
  package var range: [Int64]?
  package var score: Int64

  /// How points are made of a value.
  package struct Making: Encodable, Sendable {
    /// The property that has it.
    package var of: String
    /// By its text; absent where there is none, as the next.
    package var value: String?
    /// Millionths.
    package var times: Int64
    package var product: Int64?
    /// What the product is held at; absent where it is not.
    package var held: Int64?
  }

  /// What something else adds or takes off.
  package struct Change: Encodable, Sendable {
    /// `cap`, `group-cap`, `blend`, `bonus`, `inactivity` or `hold`.
    package var kind: String
    /// Which one, in words.
    package var what: String
    package var value: Int128
    package var sum: Int128
    /// Of a bonus: the tests that met it.
    package var tests: [Verdict]?
    /// Of a blend: its parts.
    package var parts: [Part]?
  }

  package struct Part: Encodable, Sendable {
    package var source: String
    /// Millionths.
    package var weight: Int64
    package var value: Int64?
  }

  package struct Missed: Encodable, Sendable {
    package var name: String
    package var tests: [Verdict]
  }
}

package struct GradeExplanation: Encodable, Sendable {
  package var name: String
  package var criteria: [Criterion]
  package var letter: String?
  package var percent: Int64?
  package var coverage: Int64

  package struct Criterion: Encodable, Sendable {
    package var attribute: String
    package var value: String?
    package var event: Explanation.Event?
    package var isAccounts: Bool
    /// Millionths of a percentage's criterion; of a ladder its thirds.
    package var weight: Int64
    /// Millionths of a percent; of a ladder thirds up or down.
    ///
    /// Absent where nothing is known.
    package var result: Int64?
  }
}

/// A persona group: its personas as far as they were asked, the last one chosen if any is.
package struct PersonaExplanation: Encodable, Sendable {
  package var group: String
  package var persona: String?
  /// How it is chosen among those that are asked, in words, where it is the one that the lead has most of.
  package var choice: String?
  package var asked: [Asked]

  package struct Asked: Encodable, Sendable {
    package var persona: String
    package var holds: Bool
    package var tests: [Verdict]
  }
}

package struct ListExplanation: Encodable, Sendable {
  package var list: String
  package var isMember: Bool
  package var tests: [Verdict]
}
