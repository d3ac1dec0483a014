import Definition
import Engine
import EventLog
import Files
import Foundation
import Intake
import Reading
import Workers

/// What came of looking at a log.
package struct LogFindings: Sendable {
  var chain: ChainAudit
  var segments: [Segment] = []
  /// What the chain says of each path, also of those that were replaced since.
  package var records: [String: ChainAudit.Record] = [:]
  /// The SHA-256 of each segment that was read, by its path.
  var digests: [String: String] = [:]
  var counts = VerifyReport.LogCounts()
  var damage: [Damage] = []
  var notes: [String] = []
}

/// Looks at a log: its chain, which segments are there, and each of them.
func verifyLog(_ plan: VerifyPlan) throws -> LogFindings {
  let name = (plan.log as NSString).lastPathComponent
  let comparison: ChainComparison
  let chain: ChainAudit
  let listing: SegmentListing
  do {
    (listing, chain) = try plan.listLog()
    comparison = ChainComparison(segments: listing.segments, chain: chain, name: name)
  } catch let error as FileError where error.path == chainFileName {
    var found = LogFindings(chain: ChainAudit.none)
    found.damage = [Damage(.chain, "\(name)/\(chainFileName)", error.message)]
    return found
  }
  let segments = listing.segments
  var found = LogFindings(chain: chain)
  found.segments = segments
  (found.records, found.damage, found.notes) = (
    comparison.records, comparison.damage, comparison.notes
  )
  found.counts.segments = segments.count
  found.counts.chained = segments.count { comparison.live[$0.path] != nil }
  found.counts.bytes = segments.reduce(0) { $0 + $1.byteCount }
  found.counts.events = comparison.live.values.reduce(0) { $0 &+ $1.events }
  found.damage += listing.strangers.map { Damage(.name, "\(name)/\($0.path)", $0.message) }
  if let expected = plan.expectedHead { found.expect(expected, name) }

  let examinations = Slots<SegmentExamination>(found.segments.count)
  let order = found.segments.indices.sorted {
    (found.segments[$1].byteCount, $0) < (found.segments[$0].byteCount, $1)
  }
  let (present, records) = (found.segments, comparison.live)
  try parallel(present.count, jobs: plan.jobs) { turn in
    let segment = present[order[turn]]
    examinations[order[turn]] = examine(
      segment, name: "\(name)/\(segment.path)", record: records[segment.path],
      isQuick: plan.depth == .quick, limit: plan.inflationLimit)
  }
  for (segment, examination) in zip(found.segments, examinations.elements) {
    found.damage += examination.damage
    found.digests[segment.path] = examination.sha256
  }
  return found
}

extension VerifyPlan {
  /// The segments of the log and its chain at one moment.
  func listLog() throws -> (SegmentListing, ChainAudit) {
    try withSettledChain(log: log) { (try SegmentListing(log: log), try ChainAudit(log: log)) }
  }
}

extension LogFindings {
  /// Notes it where the log does not extend the one that had a head.
  fileprivate mutating func expect(_ head: String, _ name: String) {
    guard head != ChainEntry.headBeforeAll, !chain.heads.contains(head) else { return }
    damage.insert(
      Damage(
        .head, "\(name)/\(chainFileName)",
        "no line has the head \(head): this log does not extend the one that had it"), at: 0)
  }
}
