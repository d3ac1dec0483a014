import EventLog
import Notation
import Upkeep

/// How many lost parts of one segment a person wants to see (a guess).
private let lossesShownMax = 20

/// What was lost of damaged segments, for a person.
func salvageLines(_ records: [SalvageRecord]) -> [String] {
  ["SALVAGED: not the results of the whole log"] + records.flatMap(lines)
}

private func lines(for record: SalvageRecord) -> [String] {
  let missing = record.missingEvents.map { counted($0, "event") } ?? "nobody knows how many events"
  var lines = [
    visibleText("  \(record.path): \(record.reason)"),
    "    \(counted(record.lines, "line")) read; missing: \(missing)",
  ]
  if record.uncheckedLines > 0 {
    lines.append("    \(counted(record.uncheckedLines, "line")) of these no checksum vouches for")
  }
  for part in record.lost.prefix(lossesShownMax) {
    lines.append(
      "    lost bytes \(part.fromByte) to \(part.toByte), among lines \(part.fromLine) to "
        + (part.toLine.map { "\($0)" } ?? "the last"))
  }
  if record.lost.count > lossesShownMax {
    lines.append("    and \(record.lost.count - lossesShownMax) more, all in the manifest")
  }
  return lines
}
