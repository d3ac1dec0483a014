/// What a recomputation starts from.
///
/// The segments hold uncompressed NDJSON, in any order: they are read in the byte order of `path`.
public struct ReferenceInput {
  public var definition: String
  public var segments: [(path: String, bytes: [UInt8])]
  public var asOf: String

  public init(definition: String, segments: [(path: String, bytes: [UInt8])], asOf: String) {
    self.definition = definition
    self.segments = segments
    self.asOf = asOf
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
  public var forgets = 0
  public var erased = 0
  public var future = 0
  public var duplicates = 0
  public var conflicts = 0
  public var used = 0
  public var invalidAnswers = 0
  public var leads = 0
  public var accounts = 0

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

  // "the counts balance: read = refused + forgets + erased + future + duplicates + used."
  public var balance: Bool {
    read == refusedInAll + forgets + erased + future + duplicates + used
  }
}

/// What became of the occurrences of one rule, over all leads.
public struct ReferenceRuleCounts: Equatable {
  public var occurrences = 0
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
  let definition = try Definition(yaml: input.definition)
  guard let asOf = milliseconds(rfc3339: Text(input.asOf)) else {
    throw ReferenceError.badAsOf(input.asOf)
  }
  var counts = ReferenceCounts()
  let events = readLog(input.segments, &counts)
  let sifted = sift(events, definition: definition, asOf: asOf, &counts)
  let accountAttributes = sifted.accounts.mapValues { attributes(of: $0) }
  let leads = sifted.leads
    .map { name, events in
      Lead(
        name: name, events: events, definition: definition, asOf: asOf,
        accountAttributes: accountAttributes, counts: &counts)
    }
    .sorted { $0.name < $1.name }
  let accounts = gatherAccounts(
    leads: leads, attributes: accountAttributes, definition: definition)
  countLeads(leads, definition: definition, &counts)
  counts.accounts = accounts.count
  for rule in definition.scores {
    counts.heldAccounts["total." + rule.name] = accounts.filter { $0.isHeld(rule.name) }.count
  }
  return ReferenceResult(
    files: snapshotFiles(definition: definition, leads: leads, accounts: accounts),
    counts: counts)
}
