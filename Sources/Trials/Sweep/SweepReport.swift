import Definition
import Engine

/// What each of several values comes to; docs/ANALYSING.md explains each number.
package struct SweepReport: Codable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = SweepReport.schemaVersion
  package var engine = engineVersion
  package var definition: String
  package var asOf: String
  package var knownAt: String?
  /// What is set in all of them, beside what varies.
  package var set: [AppliedSetting]
  /// What varies, as a path each.
  package var paths: [String]
  /// The outcome that scores are to foretell; absent where no lead has had it.
  package var outcome: String?
  /// The definition as it is.
  package var base: Row
  package var rows: [Row]

  package struct Row: Codable, Sendable {
    /// A value for each path; of the base those of the file, absent where nothing stands there.
    package var values: [String?]
    /// Leads of which anything differs from the base.
    package var moved: Int
    package var lists: [Members]
    /// Compared with the base.
    package var personas: [ReplayReport.Migration]
    /// How many accounts are ready; absent where the definition does not say what makes one so.
    package var readyAccounts: Int?
    /// Of each list of accounts, how many it has, and who comes and goes.
    package var accountLists: [Members]
    /// How well each score foretells the outcome; absent where no lead has had it.
    package var auc: [Area]?
  }

  /// The area under the ROC curve of a score, each lead judged as it stood just before its outcome.
  package struct Area: Codable, Sendable, Equatable {
    package var score: String
    package var auc: Double
  }

  package struct Members: Codable, Sendable {
    package var name: String
    /// How many it has; of a list of accounts, accounts.
    package var leads: Int
    /// Compared with the base.
    package var entering: Int
    package var leaving: Int
  }
}

/// What a little more or less of every rule does.
package struct SensitivityReport: Codable, Sendable {
  package var schema = SweepReport.schemaVersion
  package var engine = engineVersion
  package var definition: String
  package var asOf: String
  package var knownAt: String?
  package var set: [AppliedSetting]
  /// How many points more, and less, each rule is given in turn.
  package var by: Double
  package var rules: [Rule]

  package struct Rule: Codable, Sendable {
    package var score: String
    package var interaction: String
    /// Absent where they are made of a value.
    package var points: Double?
    package var made: Making?
    package var occurrences: Int
    /// Occurrences that pass the rule's gates.
    package var counted: Int
    package var leads: Int
    /// Leads of which a cap is reached.
    package var leadsAtCap: Int
    /// No event of a lead is an occurrence of its interaction.
    package var neverMatches: Bool
    /// Every lead that has it has reached a cap.
    package var alwaysCapped: Bool
    /// Without it every score, grade, persona and list is the same.
    package var changesNothing: Bool
    package var more: Effect
    package var less: Effect
  }

  /// That a rule's points are a value of its occurrences, times a factor.
  package struct Making: Codable, Sendable {
    package var of: String
    package var times: Double
  }

  package struct Effect: Codable, Sendable {
    /// Leads of which anything differs.
    package var moved: Int
    package var lists: [SweepReport.Members]
  }
}
