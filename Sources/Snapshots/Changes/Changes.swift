import EventLog
import Files
import Foundation

/// What is new in a snapshot since an earlier one, as `changes.json` counts it;
/// docs/reference/snapshots.md explains each key.
///
/// It is no part of the results: the same log, definition and as-of have the same results, but may
/// be compared with any earlier snapshot. So the manifest, and the snapshot's name, do without it.
package struct Changes: Codable, Sendable, Equatable {
  /// The version of the two files' format.
  package static let formatVersion = 3

  package var format = Changes.formatVersion
  package var since: Since
  package var leads = Leads()
  package var scores: [String: Moves] = [:]
  /// Absent before the third version.
  package var grades: [String: GradeMoves]? = [:]
  package var lists: [String: Members] = [:]
  package var personas: [String: [String: Members]] = [:]
  package var accounts = Accounts()
  package var file = File()
  /// The SHA-256 of the text with nothing between these quotes, as nothing else vouches for it; absent in the first
  /// version.
  package var sha256: String?

  /// The earlier snapshot.
  package struct Since: Codable, Sendable, Equatable {
    package var snapshot: String
    package var asOf: String
    var manifestSha256: String
  }

  package struct Leads: Codable, Sendable, Equatable {
    package var new = 0
    package var gone = 0
  }

  /// How many leads have more whole points than before, or fewer.
  package struct Moves: Codable, Sendable, Equatable {
    package var up = 0
    package var down = 0

    mutating func count(isUp: Bool) { if isUp { up += 1 } else { down += 1 } }

    static func + (one: Moves, other: Moves) -> Moves {
      Moves(up: one.up + other.up, down: one.down + other.down)
    }
  }

  /// How many leads have a better letter than before, or a worse one, or are graded now or no longer.
  package struct GradeMoves: Codable, Sendable, Equatable {
    package var up = 0
    package var down = 0
    package var `in` = 0
    package var out = 0

    mutating func count(_ before: String?, _ after: String?, isUp: Bool) {
      if before == nil {
        self.in += 1
      } else if after == nil {
        out += 1
      } else if isUp {
        up += 1
      } else {
        down += 1
      }
    }

    static func + (one: GradeMoves, other: GradeMoves) -> GradeMoves {
      GradeMoves(
        up: one.up + other.up, down: one.down + other.down, in: one.in + other.in,
        out: one.out + other.out)
    }
  }

  /// How many came in or went out.
  package struct Members: Codable, Sendable, Equatable {
    package var `in` = 0
    package var out = 0

    mutating func count(isIn: Bool) { if isIn { self.in += 1 } else { out += 1 } }

    static func + (one: Members, other: Members) -> Members {
      Members(in: one.in + other.in, out: one.out + other.out)
    }
  }

  package struct Accounts: Codable, Sendable, Equatable {
    /// Accounts newly ready, and no longer ready.
    package var ready = Members()
    /// Absent where no list has changed, and before the third version.
    package var lists: [String: Members]?

    mutating func count(list: String, isIn: Bool) {
      lists = lists ?? [:]
      lists?[list, default: Members()].count(isIn: isIn)
    }
  }

  /// `changes.csv`: nothing else vouches for it.
  package struct File: Codable, Sendable, Equatable {
    package var rows = 0
    package var bytes = 0
    package var sha256 = ""
  }

  package init(since: Since) {
    self.since = since
  }

  /// Reads `changes.json`; nil where it is not, to the byte, what a run wrote.
  package init?(json text: [UInt8]) {
    guard let changes = try? JSONDecoder().decode(Changes.self, from: Data(text)),
      // Written anew it is the same, so whatever else was changed is noticed.
      let again = try? stableJSON(changes), again == text,
      changes.format == 1
        ? changes.sha256 == nil
        : 2...Changes.formatVersion ~= changes.format && (try? changes.sealed()) == changes
    else { return nil }
    self = changes
  }

  /// Returns the same with the checksum that it has.
  func sealed() throws -> Changes {
    var changes = self
    changes.sha256 = ""
    changes.sha256 = SHA256Hasher.hex(of: try stableJSON(changes))
    return changes
  }

  /// Adds what was counted of other leads.
  static func += (sum: inout Changes, part: Changes) {
    sum.leads.new += part.leads.new
    sum.leads.gone += part.leads.gone
    sum.scores.merge(part.scores, uniquingKeysWith: +)
    if let grades = part.grades { sum.grades?.merge(grades, uniquingKeysWith: +) }
    sum.lists.merge(part.lists, uniquingKeysWith: +)
    sum.personas.merge(part.personas) { $0.merging($1, uniquingKeysWith: +) }
    sum.accounts.ready = sum.accounts.ready + part.accounts.ready
    // Accounts are all of one part.
    sum.accounts.lists = sum.accounts.lists ?? part.accounts.lists
    sum.file.rows += part.file.rows
  }
}
