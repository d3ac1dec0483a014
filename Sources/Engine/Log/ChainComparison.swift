import Definition
import EventLog
import Files
import Intake

/// The segments of a log beside what its chain says: which are there, missing, replaced, or unknown to it.
package struct ChainComparison: Sendable {
  /// What the chain says of the segments that are to be there, by path.
  package let live: [String: ChainAudit.Record]
  /// The same of each path, also of those that were replaced since.
  package let records: [String: ChainAudit.Record]
  /// What there is to say before any segment is opened.
  package private(set) var damage: [Damage] = []
  package private(set) var notes: [String] = []

  /// `name`: what damage calls the log.
  package init(segments: [Segment], chain: ChainAudit, name: String) {
    let chainName = "\(name)/\(chainFileName)"
    for fault in chain.faults {
      var found = Damage(.chain, chainName, "line \(fault.line): \(fault.message)")
      found.fromByte = fault.byte
      damage.append(found)
    }
    if chain.tornByteCount > 0 {
      notes.append(
        "\(chainName): ends in \(chain.tornByteCount) bytes that a crash cut off; "
          + "they were never confirmed, and the next append removes them")
    }

    let swaps = Swaps(chain.records, present: Set(segments.map(\.path)))
    records = swaps.records
    live = swaps.live
    for record in swaps.missing {
      var found = Damage(.missing, "\(name)/\(record.path)", "in the chain, but not there")
      if record.events > 0 { (found.fromLine, found.toLine) = (1, record.events) }
      damage.append(found)
    }
    if swaps.isUnfinished {
      notes.append(
        "\(name): a crash cut off the replacement of segments; the next append finishes it")
    }
    let lastNumber = chain.records.last?.number ?? 0
    var foreignCount = 0
    for segment in segments {
      if live[segment.path] != nil { continue }
      if chain.isPresent, chain.faults.isEmpty, let number = appendedNumber(segment.path) {
        if number == lastNumber + 1 {
          notes.append(
            "\(name)/\(segment.path): not in the chain yet, as a crash leaves it; "
              + "the next append enters it")
        } else {
          // Only an append makes such names, and it enters what it makes; of a damaged chain, a line
          // that nothing vouches for may be the one that did.
          damage.append(
            Damage(
              .extra, "\(name)/\(segment.path)",
              "not in the chain: the chain was cut, or this was put here by hand"))
        }
      } else {
        foreignCount += 1
      }
    }
    if foreignCount > 0 {
      notes.append(
        "\(name): the chain does not vouch for \(foreignCount) of \(segments.count) segments: "
          + "they were not appended, and a cut between two gzip members of theirs cannot be told")
    }
  }
}

/// The number of a segment by its path, if that is one that `append` gives: six digits or more, at the root.
private func appendedNumber(_ path: String) -> Int? {
  guard path.hasSuffix(".ndjson.gz"), !path.contains("/") else { return nil }
  let stem = path.dropLast(".ndjson.gz".count)
  let isNumber = stem.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  return stem.utf8.count >= 6 && isNumber ? Int(stem) : nil
}

/// Which segments of a chain count, seeing that some have taken the place of others.
private struct Swaps {
  /// What the chain says of each path, also of those that were replaced.
  package private(set) var records: [String: ChainAudit.Record] = [:]
  /// The same of those that count: a replacement, or what it was to replace while it is not there.
  private(set) var live: [String: ChainAudit.Record] = [:]
  /// Those that should be there, and neither are nor have what they replace in their place.
  private(set) var missing: [ChainAudit.Record] = []
  /// Whether a replacement has an entry, but not yet its place.
  private(set) var isUnfinished = false

  init(_ chain: [ChainAudit.Record], present: Set<String>) {
    for record in chain { records[record.path] = record }
    let replaced = Set(chain.flatMap { $0.replaces ?? [] })
    for record in chain where !replaced.contains(record.path) {
      if let found = places(of: record, present) {
        for record in found { live[record.path] = record }
        isUnfinished = isUnfinished || found.map(\.path) != [record.path]
      } else {
        missing.append(record)
      }
    }
  }

  private func places(
    of record: ChainAudit.Record, _ present: Set<String>
  ) -> [ChainAudit.Record]? {
    if present.contains(record.path) { return [record] }
    guard let replaces = record.replaces else { return nil }
    var found: [ChainAudit.Record] = []
    for path in replaces {
      guard let earlier = records[path] else {
        // One that was never appended stands for itself.
        if present.contains(path) { continue }
        return nil
      }
      // Entries come behind what they replace, so this ends.
      guard earlier.number < record.number, let places = places(of: earlier, present) else {
        return nil
      }
      found += places
    }
    return found
  }
}
