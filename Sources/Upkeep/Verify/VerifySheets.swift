import Definition
import Engine
import EventLog
import Files
import Foundation
import Intake
import Reading
import Workers

/// What came of looking at a book's cache.
struct SheetFindings: Sendable {
  var counts = VerifyReport.SheetCounts()
  var damage: [Damage] = []
  var notes: [String] = []
}

/// Looks at each cached sheet: its own checksum, and in full depth what its segment comes to.
///
/// Merged sheets are looked at by their checksums alone: they are made of the others.
///
/// `definitionTexts`: those that snapshots were made by; sheets of another reading half cannot be decoded again.
func verifySheets(
  _ plan: VerifyPlan, _ log: LogFindings, definitionTexts: Set<String>
) throws -> SheetFindings {
  var found = SheetFindings()
  if (try? fileStatus(plan.book.cache, followingLinks: false))??.kind == .link {
    found.notes.append("cache: a link, which is not followed; nothing is kept in it")
    return found
  }
  found.checkIndex(plan.book)
  let sheets: [CachedSheet]
  do {
    sheets = try CachedSheet.all(of: plan.book)
  } catch let error as FileError {
    found.damage.append(Damage(.sheet, "cache", "\(error.message); \(sheetHint)"))
    return found
  }
  let findings = Slots<SheetFindings>(sheets.count)
  try parallel(sheets.count, jobs: plan.jobs) { index in
    findings[index] = examine(sheets[index], isQuick: plan.depth == .quick)
  }
  for finding in findings.elements { found += finding }

  guard plan.depth == .full else { return found }
  let plans = readingPlans(plan, definitionTexts)
  let segments = Dictionary(
    log.segments.compactMap { segment in log.digests[segment.path].map { ($0, segment) } },
    uniquingKeysWith: { first, _ in first })
  let groups = Dictionary(grouping: sheets.filter { $0.number == 0 }, by: \.half)
  for half in groups.keys.sorted() {
    guard let reading = plans[half] else {
      found.notes.append(
        "cache/\(half): no definition at hand reads the log so; its sheets were checked by their "
          + "checksums alone (name it with -p)")
      continue
    }
    let compared = try compareAgain(groups[half] ?? [], reading, segments, plan)
    found += compared
  }
  return found
}

/// Returns the reading halves of the definitions at hand by the folders of their sheets.
private func readingPlans(_ plan: VerifyPlan, _ texts: Set<String>) -> [String: ReadingPlan] {
  let own = (try? loadDefinition(plan.book.definition)).map { [$0] } ?? []
  let others = texts.compactMap { try? Definition.load(text: $0, file: "manifest.json") }
  let readings = (plan.definitions + own + others).map { ReadingPlan($0) }
  return Dictionary(
    readings.map { (SheetCache.half(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
}

/// A sheet's file in the cache, by its name.
struct CachedSheet: Sendable {
  let file: String
  /// The path below the book.
  let name: String
  let half: String
  /// The digest of its segment's file.
  let sha256: String
  /// Which of its segment's sheets it is; nil of a merged one.
  let number: Int?

  /// All sheets of a book in the order of their names; what else is in the cache is none.
  ///
  /// - Throws: `FileError` where a folder cannot be read.
  static func all(of book: Book) throws -> [CachedSheet] {
    let cache = CacheFolder(book.cache)
    return try cache.halves().flatMap { half in
      try cache.files(ofHalf: half).compactMap { name in
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.last == "sheet" else { return nil }
        return CachedSheet(
          file: "\(book.cache)/\(half)/\(name)", name: "cache/\(half)/\(name)", half: half,
          sha256: String(parts[0]), number: Int(parts[1]))
      }
    }
  }
}

private let sheetHint = "it is made again when it is next wanted; see: scorebook cache --clear"

/// Looks at a sheet, and again if a writer has put another in its place.
private func examine(_ sheet: CachedSheet, isQuick: Bool) -> SheetFindings {
  do {
    return try lookAgain(
      at: { try fileStatus(sheet.file) }, isDoubtful: { !$0.damage.isEmpty }
    ) { _ in look(at: sheet, isQuick: isQuick) }
  } catch {
    var found = SheetFindings()
    found.damage = [Damage(.sheet, sheet.name, (error as? FileError)?.message ?? "\(error)")]
    return found
  }
}

private func look(at sheet: CachedSheet, isQuick: Bool) -> SheetFindings {
  var found = SheetFindings()
  do {
    let file = try RegularFile(sheet.file, path: sheet.name)
    found.counts.sheets = 1
    found.counts.bytes = file.byteCount
    if isQuick { return found }
    var header: (UInt64, UInt64) = (0, 0)
    let isOther = try withUnsafeMutableBytes(of: &header) { bytes in
      _ = try file.read(at: 0, into: bytes)
      return Sheet.isOfAnotherVersion(UnsafeRawBufferPointer(bytes))
    }
    if isOther {
      found.notes.append("\(sheet.name): of another version of this program, and not used")
    } else if openSheetFile(sheet.file) == nil {
      found.damage.append(
        Damage(.sheet, sheet.name, "not the bytes that were written: wrong checksum; \(sheetHint)"))
    }
  } catch let error as FileError where error.kind == .noInput {
    // A run has tidied it away meanwhile.
  } catch {
    let message = (error as? FileError)?.message ?? "\(error)"
    found.damage.append(Damage(.sheet, sheet.name, message))
  }
  return found
}

/// Decodes the segments of some sheets again and compares.
private func compareAgain(
  _ sheets: [CachedSheet], _ reading: ReadingPlan, _ segments: [String: Segment], _ plan: VerifyPlan
) throws -> SheetFindings {
  let findings = Slots<SheetFindings>(sheets.count)
  let decoders = DecoderPool(plan: reading)
  try parallel(sheets.count, jobs: plan.jobs) { index in
    var found = SheetFindings()
    let sheet = sheets[index]
    // A segment that is damaged has been told; one that is gone has left its sheet to be swept.
    if let segment = segments[sheet.sha256],
      let fresh = try? readSegment(
        segment, decoders, cache: nil, jobs: plan.jobs, limit: plan.inflationLimit)
    {
      for (number, wanted) in fresh.sheets.enumerated() {
        let name = "cache/\(sheet.half)/\(sheet.sha256).\(number).sheet"
        guard let kept = openSheetFile("\(plan.book.root)/\(name)") else { continue }
        found.counts.decodedAgain += 1
        if !kept.region.elementsEqual(wanted.region) {
          found.damage.append(
            Damage(.sheet, name, "not what its segment \(segment.path) comes to; \(sheetHint)"))
        }
      }
    }
    findings[index] = found
  }
  return findings.elements.reduce(into: SheetFindings()) { $0 += $1 }
}

extension SheetFindings {
  fileprivate mutating func checkIndex(_ book: Book) {
    let path = "\(book.cache)/index.json"
    // One that cannot be looked at is none either.
    guard CacheIndex.read(path) == nil, (try? exists(path)) ?? true else { return }
    damage.append(
      Damage(
        .sheet, "cache/index.json", "not an index; the next run reads the log again and makes one")
    )
  }

  fileprivate static func += (all: inout SheetFindings, more: SheetFindings) {
    all.counts.sheets += more.counts.sheets
    all.counts.bytes += more.counts.bytes
    all.counts.decodedAgain += more.counts.decodedAgain
    all.damage += more.damage
    all.notes += more.notes
  }
}
