import Engine
import EventLog
import Files
import Foundation
import Identity
import Reading
import Snapshots

/// How much of a log forgets are worked out on.
///
/// The whole log, for whatever is computed now. A snapshot saw what there was when it was made: what it
/// knows, and where it looked back, by a known-at, some of what had come since. How much that was stands
/// nowhere. But the more is seen, the more is erased, so the number of erased events tells.
package struct Hindsight: Sendable {
  /// What was appended after this time is not seen; nil where all is.
  private let end: String?

  static let whole = Hindsight(end: nil)
  private static let none = ""

  private init(end: String?) { self.end = end }

  /// `sheets`: of the whole log; `parts`: of each sheet, what it was made of.
  init(
    of subject: AuditSubject, _ affected: AffectedKeys, _ places: PlacesByKey, _ sheets: [Sheet],
    _ parts: [KnownSegments.Part]
  ) throws {
    guard subject.snapshot != nil else {
      self = .whole
      return
    }
    let later = Set(parts.filter { !$0.isKnown }.compactMap(\.appended)).sorted()
    guard !later.isEmpty, let erasedCount = try subject.publishedErasedCount() else {
      self.init(end: Hindsight.none)
      return
    }
    let ends = ([Hindsight.none] + later).map(Hindsight.init(end:))
    let rules = MergeRules(subject.definition)
    func count(_ index: Int) -> Int {
      let erasures = affected.erasures(places, sheets, rules) { ends[index].sees(parts[$0]) }
      return affected.erasedCount(erasures, places, sheets) { parts[$0].isKnown }
    }
    if sheets.indices.contains(where: { !parts[$0].isKnown && !sheets[$0].withdraws.isEmpty }) {
      // Where merges are taken back, less is erased of what they joined.
      self = ends.indices.first { count($0) == erasedCount }.map { ends[$0] } ?? ends[0]
      return
    }
    var (low, high) = (0, ends.count)
    while low < high {
      let middle = (low + high) / 2
      if count(middle) < erasedCount { low = middle + 1 } else { high = middle }
    }
    // Where no number is the snapshot's, the log is not the one that it was made from.
    self = low < ends.count && count(low) == erasedCount ? ends[low] : ends[0]
  }

  package init(of subject: AuditSubject, _ pieces: [LogPiece], jobs: Int) throws {
    let sheets = pieces.sheets.all
    let affected = AffectedKeys(sheets)
    try self.init(
      of: subject, affected, try affected.places(in: sheets, jobs: jobs), sheets,
      pieces.flatMap { piece in piece.reading.sheets.map { _ in piece.parts[0] } })
  }

  package func sees(_ part: KnownSegments.Part) -> Bool {
    guard let end, !part.isKnown else { return true }
    return part.appended.map { $0 <= end } ?? false
  }
}

extension AuditSubject {
  /// How many erased events the snapshot counted; nil where its summary is not the one it was made with.
  fileprivate func publishedErasedCount() throws -> Int? {
    guard let snapshot, let record = manifest?.files.first(where: { $0.path == "summary.json" }),
      let bytes = try wholeFile(
        "\(snapshot.path)/\(record.path)", atMost: Manifest.byteCountMax),
      bytes.withUnsafeBytes({ SHA256Hasher.hex(of: $0) }) == record.sha256
    else { return nil }
    return (try? JSONDecoder().decode(PublishedSummary.self, from: Data(bytes)))?.events.erased
  }
}

extension AffectedKeys {
  /// How many events of known sheets are erased.
  fileprivate func erasedCount(
    _ erasures: Erasures, _ places: PlacesByKey, _ sheets: [Sheet], isKnown: (Int) -> Bool
  ) -> Int {
    (0..<count).reduce(0) { sum, key in
      guard let losses = KeyLosses(of: key, erasures) else { return sum }
      return places.of(key: key).filter { isKnown(Int($0.sheet)) }.reduce(sum) { sum, place in
        let sheet = sheets[Int(place.sheet)]
        let lineBase = UInt32(clamping: sheet.lineBase)
        return sum
          + sheet.rows(of: Int(place.key)).count { row in
            let at = EventPlace(sheet: place.sheet, line: lineBase &+ row.line)
            let kind = sheet.eventClasses[row.eventClass].kind
            return losses.fate(of: row, at: at, kind, asOf: .max) == .erased
          }
      }
    }
  }
}
