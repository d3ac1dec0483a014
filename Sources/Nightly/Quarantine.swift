import Definition
import Engine
import EventLog
import Files
import Foundation

/// Writes every refused line into the book's quarantine; returns the file, nil without any.
func setAside(refusedIn readings: [SegmentReading], in book: Book) throws -> String? {
  let path = "\(book.quarantine)/run.ndjson"
  // What a killed run was writing.
  try? removeLeftovers(in: book.quarantine) { AtomicFile.target(ofTemporary: $0) == "run.ndjson" }
  guard readings.contains(where: { $0.refusedCount > 0 }) else {
    // What an earlier run set aside is no longer so.
    unlink(path)
    return nil
  }
  try book.makeFolder(book.quarantine)
  let file = try QuarantineFile(to: path)
  for reading in readings {
    for sheet in reading.sheets {
      for refusal in sheet.refusals {
        try file.add(
          line: sheet.text(of: refusal), byteCount: Int(refusal.byteCount),
          source: reading.segment.path, number: sheet.lineBase + Int(refusal.line),
          reason: refusal.reason.name)
      }
    }
  }
  try file.commit()
  return path
}

/// - Throws: `RunError` where more than a share of the lines read are refused.
func checkRefused(_ log: LineCounts, shareMax: Double, quarantine: String?) throws {
  guard let excess = RefusedShare(log.refused, of: log.read).excess(over: shareMax) else { return }
  throw RunError(
    .badData, "\(excess); nothing was published",
    hint: "see \(quarantine ?? "the quarantine") for each line and its reason, "
      + "then mend the log or raise --max-refused")
}
