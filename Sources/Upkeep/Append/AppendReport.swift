import Intake
import Reading

/// What became of the lines that were read: `lines = appended + duplicate + skipped + refused`.
package struct IntakeCounts: Codable, Sendable, Equatable {
  /// Records read; of most formats these are lines, blank ones left out.
  package var lines = 0
  /// Lines that became at least one event that the log did not have.
  package var appended = 0
  /// Lines whose events the log had already, to the byte.
  package var duplicate = 0
  package var skipped = 0
  package var refused = 0
  package var skippedByReason: [String: Int] = [:]
  package var refusedByReason: [String: Int] = [:]
  package var events = 0
  package var eventsByType: [String: Int] = [:]
  /// By what the format calls a record: how many events of each type such records became.
  package var becameByKind: [String: [String: Int]] = [:]
  /// Records appended that came without an id and got one made from their content.
  package var madeIDs = 0
  /// How many keys were none, as `undefined` is, and were passed over.
  package var placeholders = 0

  package init() {}

  /// Counts a record that became these events, which are new to the log.
  mutating func count(_ record: Record, _ events: [ValidEvent]) {
    if events.isEmpty {
      duplicate += 1
      return
    }
    appended += 1
    self.events += events.count
    if record.hasMadeID { madeIDs += 1 }
    for event in events {
      eventsByType[event.type, default: 0] += 1
      if let kind = record.kind { becameByKind[kind, default: [:]][event.type, default: 0] += 1 }
    }
  }

  package static func += (sum: inout IntakeCounts, more: IntakeCounts) {
    sum.lines += more.lines
    sum.appended += more.appended
    sum.duplicate += more.duplicate
    sum.skipped += more.skipped
    sum.refused += more.refused
    sum.skippedByReason.merge(more.skippedByReason, uniquingKeysWith: +)
    sum.refusedByReason.merge(more.refusedByReason, uniquingKeysWith: +)
    sum.events += more.events
    sum.eventsByType.merge(more.eventsByType, uniquingKeysWith: +)
    for (kind, types) in more.becameByKind {
      sum.becameByKind[kind, default: [:]].merge(types, uniquingKeysWith: +)
    }
    sum.madeIDs += more.madeIDs
    sum.placeholders += more.placeholders
  }
}

/// One batch of an append, as it became durable.
package struct BatchReport: Encodable, Sendable {
  package var counts: IntakeCounts
  /// The new segment; absent where no line became an event.
  package var segment: String?

  package func encode(to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    var container = encoder.container(keyedBy: AppendReport.CodingKeys.self)
    try container.encodeIfPresent(segment, forKey: .segment)
  }
}

/// What an append did.
@dynamicMemberLookup
package struct AppendReport: Codable, Sendable {
  package var schema = 2
  package var counts = IntakeCounts()
  /// The new segments in order, one for each batch with an event.
  package var segments: [String] = []
  /// The chain's head, which vouches for every segment; absent while the chain is empty.
  package var head: String?
  /// The file of refused lines; absent where none was set aside.
  package var quarantine: String?
  /// What merging small segments afterwards did; absent unless it was asked for.
  package var compaction: CompactReport?
  /// What to do about some of the records that were refused.
  package var hints: [String] = []

  package subscript<Count>(dynamicMember path: KeyPath<IntakeCounts, Count>) -> Count {
    counts[keyPath: path]
  }
}

/// As JSON, the counts stand beside the other keys.
extension AppendReport {
  enum CodingKeys: String, CodingKey {
    case schema, segment, segments, head, quarantine, compaction, hints
  }

  package init(from decoder: any Decoder) throws {
    counts = try IntakeCounts(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    schema = try container.decode(Int.self, forKey: .schema)
    segments = try container.decode([String].self, forKey: .segments)
    head = try container.decodeIfPresent(String.self, forKey: .head)
    quarantine = try container.decodeIfPresent(String.self, forKey: .quarantine)
    compaction = try container.decodeIfPresent(CompactReport.self, forKey: .compaction)
    hints = try container.decode([String].self, forKey: .hints)
  }

  package func encode(to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(segments, forKey: .segments)
    try container.encodeIfPresent(head, forKey: .head)
    try container.encodeIfPresent(quarantine, forKey: .quarantine)
    try container.encodeIfPresent(compaction, forKey: .compaction)
    try container.encode(hints, forKey: .hints)
  }
}
