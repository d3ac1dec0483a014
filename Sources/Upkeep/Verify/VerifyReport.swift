import Engine

/// What a verification found, for a person or, as JSON, for a program.
package struct VerifyReport: Encodable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = VerifyReport.schemaVersion
  package var depth: VerifyPlan.Depth
  package var isSound: Bool { damage.isEmpty }
  /// The head of the chain's last sound line; absent where the log has no chain.
  package var head: String?
  /// The number of the last segment in the chain.
  package var headNumber: Int?
  package var log: LogCounts
  package var sheets = SheetCounts()
  package var snapshots = SnapshotCounts()
  package var damage: [Damage] = []
  /// What is worth knowing and no damage.
  package var notes: [String] = []

  package struct LogCounts: Encodable, Sendable, Equatable {
    package var segments = 0
    /// How many of them the chain vouches for.
    package var chained = 0
    package var bytes = 0
    /// The events that the chain says there are.
    package var events = 0
  }

  package struct SheetCounts: Encodable, Sendable, Equatable {
    package var sheets = 0
    package var bytes = 0
    /// How many were compared with their segment, decoded again.
    package var decodedAgain = 0
  }

  package struct SnapshotCounts: Encodable, Sendable, Equatable {
    package var snapshots = 0
    package var files = 0
    package var bytes = 0
    /// The snapshot that `latest` points to.
    package var latest: String?
  }

  private enum Key: CodingKey {
    case schema, depth, sound, head, headNumber, log, sheets, snapshots, damage, notes
  }

  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(schema, forKey: .schema)
    try members.encode(depth, forKey: .depth)
    try members.encode(isSound, forKey: .sound)
    try members.encodeIfPresent(head, forKey: .head)
    try members.encodeIfPresent(headNumber, forKey: .headNumber)
    try members.encode(log, forKey: .log)
    try members.encode(sheets, forKey: .sheets)
    try members.encode(snapshots, forKey: .snapshots)
    try members.encode(damage, forKey: .damage)
    try members.encode(notes, forKey: .notes)
  }

  init(depth: VerifyPlan.Depth, log found: LogFindings) {
    self.depth = depth
    head = found.chain.isPresent ? found.chain.head : nil
    headNumber = found.chain.records.last?.number
    log = found.counts
  }
}
