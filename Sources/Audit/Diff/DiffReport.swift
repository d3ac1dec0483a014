import Engine
import Judging
import Snapshots

/// What changed between two results, and why; points are whole micro-points, which add up exactly.
package struct DiffReport: Encodable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = DiffReport.schemaVersion
  package var engine = engineVersion
  package var from: Side
  package var to: Side
  package var leads = Leads()
  /// Over all leads, by score, cause, part and rule; the largest first.
  package var causes: [CauseSum] = []
  /// The largest changes first, at most as many as were asked for.
  package var changes: [LeadChange] = []
  package var accounts: [AccountChange] = []
  /// Leads of which a snapshot says something else than its own log and definition.
  package var unreproduced: [String] = []

  package var isSame: Bool {
    leads.came == 0 && leads.gone == 0 && leads.changed == 0 && accountsChanged == 0
      && causes.isEmpty
  }
  package var accountsChanged = 0

  package struct Side: Encodable, Sendable {
    package var snapshot: String?
    package var asOf: String
    package var knownAt: String?
    package var definition: String
    package var definitionSha256: String
  }

  package struct Leads: Encodable, Sendable {
    package var came = 0
    package var gone = 0
    /// Known to both, with a score, a grade or a persona that changed.
    package var changed = 0
    package var unchanged = 0
  }

  package struct Cause: Encodable, Sendable {
    package var cause: DiffCause
    package var part: DiffPart
    /// The interaction, the bonus, or the capped interactions it is about.
    package var rule: String?
    package var micropoints: Int128
  }

  package struct CauseSum: Encodable, Sendable {
    package var score: String
    package var cause: DiffCause
    package var part: DiffPart
    package var rule: String?
    /// How many leads it changed.
    package var leads: Int
    package var micropoints: Int128
  }

  package struct LeadChange: Encodable, Sendable {
    package var lead: String
    /// `came`, `gone` or `changed`.
    package var change: String
    package var scores: [ScoreChange]
    /// Grades, personas and the account that are others now.
    package var moves: [Move]
  }

  package struct ScoreChange: Encodable, Sendable {
    package var score: String
    /// Absent where the lead, or the score, was not there.
    package var from: Int64?
    package var to: Int64?
    var rawFrom: Int64?
    var rawTo: Int64?
    /// They add up to the change of the score.
    package var causes: [Cause]
  }

  package struct Move: Encodable, Sendable {
    package var what: String
    package var from: String?
    package var to: String?
  }

  package struct AccountChange: Encodable, Sendable {
    package var account: String
    package var totals: [TotalChange]
    /// Scores of its own that are others now; why, the totals and the leads tell.
    package var scores: [OwnScoreChange]
  }

  package struct OwnScoreChange: Encodable, Sendable, Equatable {
    package var score: String
    /// Absent where the account has none, or is not there.
    package var from: Int64?
    package var to: Int64?
  }

  package struct TotalChange: Encodable, Sendable {
    package var score: String
    package var from: Int64
    package var to: Int64
    /// Scores of leads that joined the account from elsewhere, and of those that left it for elsewhere.
    package var movedIn: Int128
    package var movedOut: Int128
    /// How much less, or more, both sums change once they are held where numbers end.
    package var held: Int128
    package var causes: [Cause]
  }
}
