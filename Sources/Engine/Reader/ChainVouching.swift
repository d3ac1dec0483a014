import Definition
import EventLog
import Files
import Intake
import Reading

/// What the chain vouches for of the segments that a run reads, and what becomes of those that are damaged.
///
/// Comparing lengths costs nothing, and a run knows each file's SHA-256 anyway.
package struct ChainVouching: Sendable {
  private let records: [String: ChainAudit.Record]
  /// Whether what is whole of a damaged segment is read; else damage stops the run.
  private let salvages: Bool
  /// What is lost before any segment is read: entries and segments that are missing.
  let lostBefore: [SalvageRecord]

  /// Returns nil where the log is of another format, which has no chain.
  ///
  /// - Throws: `FileError` where the chain is damaged or a segment of it is missing.
  init?(_ log: Log, _ segments: [Segment]) throws {
    guard log.form.format == .native else { return nil }
    salvages = log.salvages
    let comparison = ChainComparison(
      segments: segments, chain: try ChainAudit(log: log.root), name: "log")
    records = comparison.live
    let missing = comparison.damage.filter { $0.kind == .chain || $0.kind == .missing }
    guard salvages else {
      lostBefore = []
      guard let first = missing.first else { return }
      throw FileError(
        .damaged, path: String(first.file.dropFirst("log/".count)), message: first.message,
        hint: damageHint)
    }
    lostBefore = missing.map { damage in
      var record = SalvageRecord(
        path: String(damage.file.dropFirst("log/".count)), reason: damage.message)
      if damage.kind == .missing { record.missingEvents = damage.toLine ?? 0 }
      return record
    }
  }

  /// Reads a segment by `read` and compares it with the chain.
  package func reading(
    of segment: Segment, plan: ReadingPlan, _ read: () throws -> SegmentReading
  ) throws -> SegmentReading {
    let record = records[segment.path]
    do {
      if let record, record.bytes != segment.byteCount {
        throw damage(
          segment, "\(segment.byteCount) bytes long, but \(record.bytes) were appended")
      }
      let reading = try read()
      if let record, record.sha256 != reading.summary.sha256 {
        throw damage(segment, "not the bytes that were appended: another SHA-256 than in the chain")
      }
      return reading
    } catch let error as FileError where salvages && error.kind == .damaged {
      return try salvage(segment, plan: plan, record: record, reason: error.message)
    }
  }

  private func damage(_ segment: Segment, _ message: String) -> FileError {
    FileError(.damaged, path: segment.path, message: message, hint: damageHint)
  }
}

private let damageHint =
  "see all damage with: scorebook verify; restore the file from a backup, or read what is whole with: "
  + "scorebook run --salvage"
