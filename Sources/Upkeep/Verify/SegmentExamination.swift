import Definition
import Engine
import EventLog
import Files
import Intake

/// What came of looking at one segment without changing it.
struct SegmentExamination: Sendable {
  /// Of the whole file; absent where it was not read, or not to its end.
  var sha256: String?
  var lineCount: Int?
  var damage: [Damage] = []
}

/// Looks at a segment: its length, and unless `isQuick` its checksum, its members' and its events.
///
/// `name`: how damage calls the file.
///
/// `record`: what the chain says of it; nil where it is not in the chain.
func examine(
  _ segment: Segment, name: String, record: ChainAudit.Record?, isQuick: Bool,
  limit: InflationLimit
) -> SegmentExamination {
  var found = SegmentExamination()
  if let record, record.bytes != segment.byteCount {
    found.damage.append(
      Damage(.length, name, "\(segment.byteCount) bytes long, \(record.bytes) in the chain"))
  }
  if isQuick { return found }
  do {
    let summary = try readLines(of: segment, limit: limit) { _ in }
    found.sha256 = summary.sha256
    found.lineCount = summary.lineCount
  } catch {
    found.damage += damages(of: segment, name: name, record: record, error)
    return found
  }
  if let record { found.compare(with: record, name) }
  return found
}

extension SegmentExamination {
  fileprivate mutating func compare(with record: ChainAudit.Record, _ name: String) {
    if sha256 != record.sha256 {
      damage.append(
        Damage(
          .checksum, name, "not the bytes that were appended: another SHA-256 than in the chain")
      )
    }
    if let lineCount, lineCount != record.events {
      var events = Damage(.events, name, "\(lineCount) events, \(record.events) in the chain")
      if lineCount < record.events {
        (events.fromLine, events.toLine) = (lineCount + 1, record.events)
      }
      damage.append(events)
    }
  }
}

/// Names each damaged part of a segment that cannot be read from first to last.
private func damages(
  of segment: Segment, name: String, record: ChainAudit.Record?, _ error: any Error
) -> [Damage] {
  let first = error as? FileError
  guard first?.kind == .damaged, segment.isCompressed, let map = try? mapMembers(of: segment),
    !map.isWhole
  else {
    return [Damage(first?.kind == .noInput ? .missing : .block, name, first?.message ?? "\(error)")]
  }
  return map.losses(lineCount: record?.events).map { loss in
    var damage = Damage(.block, name, loss.reason)
    (damage.fromByte, damage.toByte) = (loss.bytes.lowerBound, loss.bytes.upperBound)
    (damage.fromLine, damage.toLine) = (loss.fromLine, loss.toLine)
    return damage
  }
}
