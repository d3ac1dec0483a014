import Definition
import Engine
import Statistics

/// What moves under other values, for a person or, as JSON, for a program; docs/ANALYSING.md explains
/// each number.
package struct ReplayReport: Codable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = ReplayReport.schemaVersion
  package var engine = engineVersion
  package var definition: String
  package var asOf: String
  package var knownAt: String?
  package var against: Against
  package var set: [AppliedSetting]
  /// Whether the two definitions read the log in different ways, so that it was read for both.
  package var readsAnew: Bool
  package var leads: Leads
  /// Leads that are one where they were several, and the other way round; absent where both definitions have the
  /// same spellings for one key, and the same merges join.
  package var together: LeadCount?
  package var apart: LeadCount?
  package var scores: [ScoreMoves]
  package var grades: [Migration]
  package var personas: [Migration]
  package var lists: [ListMoves]
  /// How many leads were on one list before and are on another after; leads on several count for each.
  package var betweenLists: Migration?
  /// Absent where neither definition says what makes an account ready.
  package var accounts: AccountMoves?
  /// Lists of accounts; one that a snapshot has only the first of is not compared.
  package var accountLists: [ListMoves]
  package var examples: Examples
  /// Where the snapshot was kept; absent where it was not asked for, as is the next.
  package var out: String?
  package var save: String?

  package struct Against: Codable, Sendable {
    /// The definition's file, or the snapshot's name.
    package var name: String
    package var isSnapshot: Bool
    /// The name of its definition.
    package var definition: String
    package var asOf: String
  }

  package struct Leads: Codable, Sendable {
    /// Known to both.
    package var compared: Int
    /// Of these, those of which anything differs.
    package var moved: Int
    package var new: Int
    package var gone: Int
  }

  package struct LeadCount: Codable, Sendable, Equatable {
    package var before: Int
    package var after: Int
  }

  package struct ScoreMoves: Codable, Sendable {
    package var name: String
    package var up: Int
    package var down: Int
    package var same: Int
    /// Spearman's rank correlation; absent where all leads have the same score.
    package var rankCorrelation: Double?
    /// How many leads change by how many points; those that do not change are left out.
    package var changes: [Change]
    package var movers: [Mover]
  }

  package struct Change: Codable, Sendable {
    package var points: Int64
    package var leads: Int
  }

  package struct Mover: Codable, Sendable {
    package var lead: String
    package var account: String?
    package var before: Int64
    package var after: Int64
    /// What its raw score is made of, where before and after differ.
    package var parts: [PartMove]
  }

  package struct PartMove: Codable, Sendable {
    package var part: String
    package var before: Double
    package var after: Double
  }

  /// How many leads have each pair of values: a row for each value before, a column for each after.
  package struct Migration: Codable, Sendable {
    package var name: String
    package var values: [String]
    package var leads: [[Int]]

    package var moved: Int {
      leads.enumerated().reduce(0) { sum, row in
        sum + row.element.enumerated().reduce(0) { $0 + ($1.offset == row.offset ? 0 : $1.element) }
      }
    }
  }

  package struct ListMoves: Codable, Sendable {
    package var name: String
    package var before: Int
    package var after: Int
    package var entering: Int
    package var leaving: Int
    /// The first of them in the order of keys.
    package var firstEntering: [String]
    package var firstLeaving: [String]
  }

  package struct AccountMoves: Codable, Sendable {
    package var readyBefore: Int
    package var readyAfter: Int
    /// Accounts that become ready, and that stop being so, in the order of their keys.
    package var entering: [String]
    package var leaving: [String]
  }

  package struct Examples: Codable, Sendable {
    package var all: Int
    /// Those of the definition's examples that do not come out.
    package var failing: [String]
  }
}
