import Definition
import EventLog
import Files
import Foundation
import Reading

/// Sheets of adjacent segments in one, kept beside those they were made of.
///
/// A run that finds many sheets in the cache has met them before and will again, so it merges them;
/// those it has just made are left for the next one. A merged sheet is a pure function of the sheets it
/// was made of and is named by the digests of their segments.
extension SheetCache {
  /// As many sheets as need no merging.
  private static let sheetCountMax = 8
  /// What a merged sheet may be made of; numbers in a sheet have 32 bits.
  private static let byteCountMax = 1 << 30

  /// What is always worth merging.
  private static let smallByteCount = 1 << 20

  /// A sheet, or several, that come to the fold as they are.
  private struct Unit {
    var readings: Range<Int>
    /// Of the segments.
    var digests: [String]
    /// Of all segments.
    var lineCount: Int
    package var sheets: [Sheet]
    var byteCount: Int { sheets.reduce(0) { $0 + $1.region.count } }
  }

  /// Returns the sheets of a whole log for the fold, merged ones in place of those they were made of.
  ///
  /// `readings`: of all segments, in the order of the log; of those that are covered no events are needed. Each
  /// sheet comes with the numbers of its own.
  func merged(
    _ readings: [SegmentReading], _ cover: SheetCover, plan: ReadingPlan, jobs: Int
  ) throws -> [(sheet: Sheet, readings: Range<Int>)] {
    var units = try units(readings, cover)
    if units.reduce(0, { $0 + $1.sheets.count }) > SheetCache.sheetCountMax {
      for run in runs(of: units, readings).reversed() where run.count > 1 {
        guard let unit = try merge(units[run], plan: plan, jobs: jobs) else { continue }
        units.replaceSubrange(run, with: [unit])
      }
    }
    return units.flatMap { unit in unit.sheets.map { ($0, unit.readings) } }
  }

  /// The log as the merged sheets that there are, and what stands between them.
  private func units(_ readings: [SegmentReading], _ cover: SheetCover) throws -> [Unit] {
    func unit(_ segments: Range<Int>, _ sheets: [Sheet]) -> Unit {
      Unit(
        readings: segments, digests: readings[segments].map(\.summary.sha256),
        lineCount: readings[segments].reduce(0) { $0 + $1.summary.lineCount }, sheets: sheets)
    }
    var units: [Unit] = []
    var next = 0
    for span in cover.spans {
      units += (next..<span.segments.lowerBound).map { unit($0..<$0 + 1, readings[$0].sheets) }
      units.append(unit(span.segments, [span.sheet]))
      next = span.segments.upperBound
      for (reading, digest) in zip(readings[span.segments], span.digests)
      where reading.summary.sha256 != digest {
        throw RunError(
          .different, "\(reading.segment.file): changed while it was read",
          hint: "a log is appended to, and its segments stay as they are; run again")
      }
    }
    return units + (next..<readings.count).map { unit($0..<$0 + 1, readings[$0].sheets) }
  }

  /// Which units are to be merged, so that in the long run each row is written a few times only: from the
  /// newest back, those not larger than twice all that are newer, and the small.
  private func runs(of units: [Unit], _ readings: [SegmentReading]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var end = units.count
    while end > 0 {
      var start = end
      var byteCount = 0
      while start > 0, units[start - 1].readings.allSatisfy({ isOld(readings[$0]) }) {
        let more = units[start - 1].byteCount
        if start < end, more > max(2 * byteCount, SheetCache.smallByteCount) { break }
        if byteCount + more > SheetCache.byteCountMax { break }
        byteCount += more
        start -= 1
      }
      runs.append(start..<end)
      end = min(start, end - 1)
    }
    return runs.reversed()
  }

  /// Merges adjacent units; nil where they cannot be, or the disk is full.
  private func merge(_ units: ArraySlice<Unit>, plan: ReadingPlan, jobs: Int) throws -> Unit? {
    guard let merge = try sheetMerge(of: units, plan: plan, jobs: jobs) else { return nil }
    let digests = units.flatMap(\.digests)
    let drafts = drafts()
    let sheet = try drafts.place(byteCount: merge.frame.byteCount, jobs: jobs, merge.write)
    guard let sheet, drafts.name(sheet, mergedPath(digests)) else { return nil }
    keepMerge(digests)
    return Unit(
      readings: (units.first?.readings.lowerBound ?? 0)..<(units.last?.readings.upperBound ?? 0),
      digests: digests, lineCount: units.reduce(0) { $0 + $1.lineCount }, sheets: [sheet])
  }

  /// Adjacent units as one sheet; nil where there is more than one sheet can number.
  ///
  /// It comes out the same whether what is merged was merged before.
  private func sheetMerge(
    of units: ArraySlice<Unit>, plan: ReadingPlan, jobs: Int
  ) throws -> SheetMerge? {
    var lineBases: [UInt32] = []
    var lineCount = 0
    for unit in units {
      guard lineCount + unit.lineCount <= UInt32.max else { return nil }
      lineBases += unit.sheets.map { UInt32(lineCount + $0.lineBase) }
      lineCount += unit.lineCount
    }
    let merge = try SheetMerge(
      units.flatMap(\.sheets), lineBases: lineBases, dictionaryCount: plan.valueDictionaryCount,
      jobs: jobs)
    return merge.classCount <= SheetRow.classCountMax / 2 ? merge : nil
  }

  func mergedPath(_ digests: [String]) -> String {
    "\(folder)/\(SheetCache.mergedName(digests))"
  }

  /// The file of the merged sheet of some segments, by their digests in the order of the log.
  static func mergedName(_ digests: [String]) -> String {
    SHA256Hasher.hex(of: digests.joined(separator: "\n")) + ".merged.sheet"
  }
}
