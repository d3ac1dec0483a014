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
  /// How else the log writes these keys; each has a forget, too.
  package var spellings: [String]
  /// Keys that look like the lead's, of others by the definition: they stay.
  package var alike: [String]
  /// When the lead was forgotten.
  package var time: String
  /// The segment with the forget of the lead.
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
  /// Maps whose pushes hold a key until the next one has cleared it in the CRM.
  package var pushes: [String]
  /// Folders of exports that hold a key: they are nobody's but yours to remove.
  package var exports: [String]
  package var isPurged: Bool
  /// What else holds a key in the folders of snapshots and of the quarantine: it is somebody's own, and stays.
  package var left: [String]
  package var cachedSheetsRemoved: Int
  package var head: String

  init(
    _ plan: ErasePlan, _ reach: ErasureReach, _ lines: ErasedLines, _ erasures: [SegmentErasure],
    _ holders: LeadHolders, forget: String?, otherLeads: Int?, sheets: Int, head: String
  ) {
    lead = String(decoding: plan.key, as: UTF8.self)
    func texts(_ keys: some Sequence<[UInt8]>) -> [String] {
      keys.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
    }
    keys = texts(reach.keys)
    spellings = texts(lines.otherSpellings)
    alike = texts(reach.alike.subtracting(reach.keys))
    segments = erasures.map {
      SegmentRecord(path: $0.old.segment.path, replacedBy: $0.new.path, lines: $0.lineCount)
    }
    // Without a new forget there is an earlier one, in a segment that may just have been written anew.
    let earlier = forget == nil ? reach.forgotten[plan.key] : nil
    let path = forget ?? earlier?.path ?? ""
    time = timeText(milliseconds: earlier?.time ?? plan.time)
    self.forget = segments.first { $0.path == path }?.replacedBy ?? path
    self.lines = segments.reduce(0) { $0 + $1.lines }
    laterLines = lines.laterCount
    otherLeadsUnchanged = otherLeads
    snapshots = holders.snapshots
    quarantine = holders.quarantined
    pushes = holders.pushes
    exports = holders.exports
    isPurged = plan.purges
    left = holders.left
    cachedSheetsRemoved = sheets
    self.head = head
  }
}
