import EventLog
import Judging

/// Counts of everything in a snapshot, as `summary.json` has them; docs/reference/snapshots.md
/// explains each key.
package struct Summary: Codable, Sendable {
  package var asOf: String
  package var definition: String
  package var events: Events
  package var leads: Leads
  package var accounts: Accounts
  package var scores: [String: ScoreSummary]
  package var grades: [String: [String: Int]]
  package var personas: [String: [String: Int]]
  package var lists: [String: ListSummary]
  package var nps: NPS
  package var held: Held
  /// The leads of the most keys.
  package var largestGroups: [LeadGroup]
  /// What was lost of a damaged log; absent where nothing was.
  package var salvaged: Salvaged?

  /// That these results are not those of the whole log, and how much of it is missing.
  package struct Salvaged: Codable, Sendable {
    /// Segments that are damaged or missing, and damaged lines of the chain.
    package var losses: Int
    /// Events that the chain says there were beyond those read; more may be missing where it does not say.
    package var missingEvents: Int
    /// Lines read that no checksum vouches for.
    package var uncheckedLines: Int

    /// Returns nil where nothing was lost.
    package init?(_ records: [SalvageRecord]) {
      if records.isEmpty { return nil }
      losses = records.count
      missingEvents = records.reduce(0) { $0 + ($1.missingEvents ?? 0) }
      uncheckedLines = records.reduce(0) { $0 + $1.uncheckedLines }
    }
  }

  /// Keys that are one lead.
  package struct LeadGroup: Codable, Sendable, Equatable {
    package var lead: String
    package var keys: Int

    package init(lead: String, keys: Int) {
      self.lead = lead
      self.keys = keys
    }
  }

  package struct Events: Codable, Sendable {
    package var read: Int
    package var refused: Int
    package var refusedByReason: [String: Int]
    package var ignored: Int
    package var forgets: Int
    package var erased: Int
    package var future: Int
    package var withdraws: Int
    /// Those that met nothing; counted among `withdraws`.
    package var withdrawsWithoutEffect: Int
    package var withdrawn: Int
    package var duplicates: Int
    package var conflicts: Int
    package var used: Int
    /// Merges that the definition holds back.
    package var notJoined: Int

    package init(
      read: Int, refused: Int, refusedByReason: [String: Int], ignored: Int, forgets: Int,
      erased: Int, future: Int, withdraws: Int, withdrawsWithoutEffect: Int, withdrawn: Int,
      duplicates: Int, conflicts: Int, used: Int, notJoined: Int
    ) {
      self.read = read
      self.refused = refused
      self.refusedByReason = refusedByReason
      self.ignored = ignored
      self.forgets = forgets
      self.erased = erased
      self.future = future
      self.withdraws = withdraws
      self.withdrawsWithoutEffect = withdrawsWithoutEffect
      self.withdrawn = withdrawn
      self.duplicates = duplicates
      self.conflicts = conflicts
      self.used = used
      self.notJoined = notJoined
    }
  }

  package struct Leads: Codable, Sendable {
    package var known: Int
    /// Leads with an activity.
    package var engaged: Int
    /// Leads that the definition leaves out, which are counted nowhere else.
    package var excluded: Int

    package init(known: Int, engaged: Int, excluded: Int) {
      self.known = known
      self.engaged = engaged
      self.excluded = excluded
    }

    /// Snapshots of earlier programs leave nobody out.
    package init(from decoder: any Decoder) throws {
      let counts = try decoder.container(keyedBy: CodingKeys.self)
      known = try counts.decode(Int.self, forKey: .known)
      engaged = try counts.decode(Int.self, forKey: .engaged)
      excluded = try counts.decodeIfPresent(Int.self, forKey: .excluded) ?? 0
    }
  }

  package struct Accounts: Codable, Sendable {
    package var known: Int
    /// Absent where the definition does not say what makes an account ready.
    package var ready: Int?
    /// Absent where the definition has none of accounts.
    package var lists: [String: ListSummary]?

    package init(known: Int, ready: Int?, lists: [String: ListSummary]? = nil) {
      self.known = known
      self.ready = ready
      self.lists = lists
    }
  }

  package struct ScoreSummary: Codable, Sendable {
    /// How many leads have each value.
    package var leadsByScore: [String: Int]
    package var rules: [String: Rule]
    /// Leads held by each group cap, in the definition's order.
    package var leadsHeldByGroupCap: [Int]

    package init(
      leadsByScore: [String: Int], rules: [String: Rule], leadsHeldByGroupCap: [Int]
    ) {
      self.leadsByScore = leadsByScore
      self.rules = rules
      self.leadsHeldByGroupCap = leadsHeldByGroupCap
    }
  }

  /// How many are on a list, and of one whose file is limited how many are in that.
  package enum ListSummary: Codable, Sendable, Equatable {
    case members(Int)
    case limited(Limited)

    package struct Limited: Codable, Sendable, Equatable {
      package var members: Int
      package var inFile: Int
    }

    package init(members: Int, first: Int?) {
      self =
        first.map { .limited(Limited(members: members, inFile: min(members, $0))) }
        ?? .members(members)
    }

    package var members: Int {
      switch self {
      case .members(let count): count
      case .limited(let counts): counts.members
      }
    }

    package init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      self =
        if let count = try? value.decode(Int.self) { .members(count) } else {
          .limited(try value.decode(Limited.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
      switch self {
      case .members(let count): try count.encode(to: encoder)
      case .limited(let counts): try counts.encode(to: encoder)
      }
    }
  }

  package struct Rule: Codable, Sendable {
    package var occurrences: Int
    package var counted: Int
    package var `repeat`: Int
    package var limit: Int
    /// Absent in summaries of before there were such.
    package var noValue: Int?
    package var leadsHeldByCap: Int

    package init(
      occurrences: Int, counted: Int, repeat: Int, limit: Int, noValue: Int, leadsHeldByCap: Int
    ) {
      self.occurrences = occurrences
      self.counted = counted
      self.repeat = `repeat`
      self.limit = limit
      self.noValue = noValue
      self.leadsHeldByCap = leadsHeldByCap
    }
  }

  package struct NPS: Codable, Sendable {
    package var promoters: Int
    package var passives: Int
    package var detractors: Int
    package var invalidAnswers: Int
    /// %promoters - %detractors among all leads' answers; absent without answers.
    package var score: Int?

    package init(
      promoters: Int, passives: Int, detractors: Int, invalidAnswers: Int, score: Int?
    ) {
      self.promoters = promoters
      self.passives = passives
      self.detractors = detractors
      self.invalidAnswers = invalidAnswers
      self.score = score
    }
  }

  /// Numbers beyond where numbers end, which stand in the files as the last there is: by column, how many.
  package struct Held: Codable, Sendable {
    package var leads: [String: Int]
    package var accounts: [String: Int]

    package init(leads: [String: Int], accounts: [String: Int]) {
      self.leads = leads
      self.accounts = accounts
    }
  }

  package init(
    asOf: String, definition: String, events: Events, leads: Leads, accounts: Accounts,
    scores: [String: ScoreSummary], grades: [String: [String: Int]],
    personas: [String: [String: Int]], lists: [String: ListSummary], nps: NPS, held: Held,
    largestGroups: [LeadGroup]
  ) {
    self.asOf = asOf
    self.definition = definition
    self.events = events
    self.leads = leads
    self.accounts = accounts
    self.scores = scores
    self.grades = grades
    self.personas = personas
    self.lists = lists
    self.nps = nps
    self.held = held
    self.largestGroups = largestGroups
  }
}
