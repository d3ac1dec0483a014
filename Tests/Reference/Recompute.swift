/// What a recomputation starts from.
///
/// The segments hold uncompressed NDJSON, in any order: they are read in the byte order of `path`.
public struct ReferenceInput {
  public var definition: String
  public var segments: [(path: String, bytes: [UInt8])]
  public var asOf: String
  /// The paths of the segments that are not known yet.
  public var unknown: Set<String> = []
  /// The features that the files show; whatever a definition or a log asks for is computed at any rate.
  public var features: Set<Feature>

  public init(
    definition: String, segments: [(path: String, bytes: [UInt8])], asOf: String,
    features: Set<Feature> = Feature.inEngine
  ) {
    self.definition = definition
    self.segments = segments
    self.asOf = asOf
    self.features = features
  }
}

/// What a recomputation found: the text of every CSV file of a snapshot, and the counts.
///
/// Compare the files by their UTF-8 bytes: two strings of Swift are equal already when they are
/// canonically equivalent.
public struct ReferenceResult {
  public var files: [String: String]
  public var counts: ReferenceCounts

  /// A file as it is written, to be compared byte for byte; empty if there is none of that path.
  public func bytes(of path: String) -> [UInt8] { Array((files[path] ?? "").utf8) }
}

/// The counts that the summary of a snapshot is made of.
public struct ReferenceCounts: Equatable {
  public var read = 0
  public var refused: [String: Int] = [:]
  public var ignored = 0
  public var forgets = 0
  public var erased = 0
  public var future = 0
  public var withdraws = 0
  public var withdrawn = 0
  public var duplicates = 0
  public var conflicts = 0
  public var used = 0
  public var notJoined = 0
  public var withdrawsWithoutEffect = 0
  public var excluded = 0
  public var invalidAnswers = 0
  public var leads = 0
  public var accounts = 0

  /// The leads of the most keys.
  public var largestGroups: [ReferenceGroup] = []

  /// For each score, each of its rules.
  public var rules: [String: [String: ReferenceRuleCounts]] = [:]

  /// For each score, how many leads each of its group caps held, in the order of the definition.
  public var groupCaps: [String: [Int]] = [:]

  /// For each score, how many leads have each value.
  public var scoreValues: [String: [Int: Int]] = [:]

  /// For each grade, how many leads have each letter; the ungraded stand under the empty text.
  public var grades: [String: [String: Int]] = [:]

  /// For each group, how many leads each persona has; leads with none stand under the empty text.
  public var personas: [String: [String: Int]] = [:]
  public var lists: [String: Int] = [:]

  /// Of each list with `first`, how many are in its file.
  public var inFile: [String: Int] = [:]
  public var accountLists: [String: Int] = [:]
  public var accountsInFile: [String: Int] = [:]

  public var promoters = 0
  public var passives = 0
  public var detractors = 0

  /// The overall net promoter score; nil without answers.
  public var nps: Int?

  /// By column of `leads.csv` and of `accounts.csv`, how many numbers were held.
  public var heldLeads: [String: Int] = [:]
  public var heldAccounts: [String: Int] = [:]

  /// The sum of the refused lines of every reason.
  public var refusedInAll: Int { refused.values.reduce(0, +) }

  // "read = refused + ignored + forgets + erased + future + withdraws + withdrawn + duplicates +
  // used"
  public var balance: Bool {
    read == refusedInAll + ignored + forgets + erased + future + withdraws + withdrawn + duplicates
      + used
  }
}

/// A lead, and how many keys are this lead.
public struct ReferenceGroup: Equatable, Sendable {
  public var lead: String
  public var keys: Int

  public init(lead: String, keys: Int) {
    self.lead = lead
    self.keys = keys
  }
}

/// What became of the occurrences of one rule, over all leads.
public struct ReferenceRuleCounts: Equatable {
  public var occurrences = 0
  public var withoutValue = 0
  public var counted = 0
  public var stoppedByRepeat = 0
  public var stoppedByLimit = 0
  public var leadsHeldByCap = 0
}

public enum ReferenceError: Error {
  case badAsOf(String)
  case badDefinition(String)
}

/// Recomputes a snapshot from the contract alone: slowly, plainly, and exactly.
public func recompute(_ input: ReferenceInput) throws -> ReferenceResult {
  guard let asOf = milliseconds(rfc3339: Text(input.asOf)) else {
    throw ReferenceError.badAsOf(input.asOf)
  }
  let definition = try Definition(
    yaml: input.definition, asOf: asOf, features: input.features)
  var counts = ReferenceCounts()
  let events = readLog(input, definition, &counts)
  let sifted = sift(events, definition: definition, asOf: asOf, &counts)
  let accountAttributes = sifted.accounts.mapValues { attributes(of: $0) }
  let everyone = sifted.leads
    .map { name, events in
      Lead(
        name: name, events: events, definition: definition, asOf: asOf,
        accountNames: sifted.accountNames, accountAttributes: accountAttributes)
    }
    .sorted { $0.name < $1.name }
  // "a lead that meets it is in no file, list, total or count but `summary.leads.excluded`"
  let leads = everyone.filter { lead in
    !(definition.exclude.map { $0.holds(lead.subject) } ?? false)
  }
  counts.excluded = everyone.count - leads.count
  counts.largestGroups = largestGroups(sifted.groups, leads: leads)
  let accounts = gatherAccounts(
    leads: leads, attributes: accountAttributes, definition: definition)
  countLeads(leads, definition: definition, &counts)
  countAccounts(accounts, definition: definition, &counts)
  return ReferenceResult(
    files: snapshotFiles(
      definition: definition, leads: leads, accounts: accounts, features: input.features),
    counts: counts)
}
