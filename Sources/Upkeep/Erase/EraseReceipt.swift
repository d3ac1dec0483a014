import Engine
import EventLog
import Notation

/// What an erasure did, to show to whoever asked for it.
package struct EraseReceipt: Codable, Sendable {
  package struct SegmentRecord: Codable, Sendable {
    package var path: String
    /// The segment that took its place; the same path where the chain does not have it.
    package var replacedBy: String
    package var lines: Int
  }

  package var schema = 1
  package var lead: String
  /// The lead's key and those that merges join to it.
  package var keys: [String]
  /// When the lead was forgotten.
  package var time: String
  /// The segment with the forget of each key.
  package var forget: String
  package var segments: [SegmentRecord]
  /// How many lines are gone from all of them.
  package var lines: Int
  /// Lines of these keys that stay, because they tell of what came later.
  package var laterLines: Int
  /// How many other leads were judged before and after, and came to the same; absent without a definition.
  package var otherLeadsUnchanged: Int?
  /// Snapshots and files of the quarantine that hold a key, or did before they were purged.
  package var snapshots: [String]
  package var quarantine: [String]
  package var isPurged: Bool
  package var cachedSheetsRemoved: Int
  package var head: String

  init(
    _ plan: ErasePlan, _ reach: ErasureReach, _ lines: ErasedLines, _ erasures: [SegmentErasure],
    _ holders: LeadHolders, forget: String, otherLeads: Int?, sheets: Int, head: String
  ) {
    lead = plan.lead
    keys = reach.keys.sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) }
    time = timeText(milliseconds: plan.time)
    self.forget = forget
    segments = erasures.map {
      SegmentRecord(path: $0.old.segment.path, replacedBy: $0.new.path, lines: $0.lineCount)
    }
    self.lines = segments.reduce(0) { $0 + $1.lines }
    laterLines = lines.laterCount
    otherLeadsUnchanged = otherLeads
    snapshots = holders.snapshots
    quarantine = holders.quarantined
    isPurged = plan.purges
    cachedSheetsRemoved = sheets
    self.head = head
  }
}
