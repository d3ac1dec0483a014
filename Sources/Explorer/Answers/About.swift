import Audit
import Engine
import Reading
import Snapshots
import Upkeep

/// What the book is: its log, its snapshots, what was refused.
struct About: Encodable {
  var root: String
  var counts: [Count]
  var refused: [RefusedLines]
  var chain: String
  var segments: [LogReport.Row]
  var snapshots: [SnapshotEntry]
  var cache: CacheReport

  struct Count: Encodable {
    var name: String
    var count: Int
  }
}

/// Lines that were no events, by reason, with the first of them.
struct RefusedLines: Encodable, Sendable {
  var reason: String
  var count: Int
  var examples: [Example]

  struct Example: Encodable, Sendable {
    var at: String
    var text: String
  }

  static let exampleCountMax = 5

  static func all(in readings: [SegmentReading]) -> [RefusedLines] {
    var lines = Refusal.allCases.map { RefusedLines(reason: $0.name, count: 0, examples: []) }
    for reading in readings {
      for sheet in reading.sheets {
        for refusal in sheet.refusals {
          let reason = Int(refusal.reason.rawValue)
          lines[reason].count += 1
          if lines[reason].examples.count < exampleCountMax {
            lines[reason].examples.append(
              Example(
                at: "\(reading.segment.path):\(sheet.lineBase + Int(refusal.line))",
                text: String(decoding: sheet.text(of: refusal), as: UTF8.self)))
          }
        }
      }
    }
    return lines.filter { $0.count > 0 }
  }
}

/// The snapshots that two can be chosen of, the latest first.
struct PublishedList: Encodable {
  var snapshots: [SnapshotEntry]

  init(of book: Book) throws {
    snapshots = try listSnapshots(of: book).filter { $0.fault == nil }.reversed()
  }
}

extension LoadedBook {
  func about() throws -> About {
    let report = try LogReport(of: plan.book, log: plan.log)
    let counts = [
      ("read", events.read), ("used", events.used), ("refused", events.refused),
      ("ignored, as the definition says", events.ignored), ("forgets", events.forgets),
      ("erased", events.erased), ("after the as-of", events.future),
      ("that take others back", events.withdraws), ("taken back", events.withdrawn),
      ("duplicates", events.duplicates),
    ]
    return About(
      root: plan.book.root, counts: counts.map { .init(name: $0, count: $1) }, refused: refused,
      chain: report.head.map { "The chain of segments ends in \($0.prefix(16))…" }
        ?? "The log has no chain.",
      segments: report.segments, snapshots: try PublishedList(of: plan.book).snapshots,
      cache: try CacheReport(of: plan.book))
  }

  /// What `diff` says of two snapshots.
  func comparison(_ request: ExplorerRequest) throws -> DiffReport {
    guard let from = request.value("from"), let to = request.value("to"),
      let earlier = PublishedSnapshot(from, in: plan.book.snapshots),
      let later = PublishedSnapshot(to, in: plan.book.snapshots)
    else { throw RunError(.noInput, "no such snapshot") }
    return try plan.book.besideWriters(log: plan.log) {
      try diff(
        DiffPlan(
          book: plan.book, log: plan.log, from: AuditSubject(snapshot: earlier.name, of: plan.book),
          to: AuditSubject(snapshot: later.name, of: plan.book), jobs: plan.jobs))
    }
  }
}
