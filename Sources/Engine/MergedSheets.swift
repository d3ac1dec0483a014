import EventLog
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
    var sheets: [Sheet]
    var byteCount: Int { sheets.reduce(0) { $0 + $1.region.count } }
  }

  /// Returns the sheets of a whole log for the fold, merged ones in place of those they were made of.
  ///
  /// `readings`: of all segments, in the order of the log.
  func merged(
    _ readings: [SegmentReading], plan: ReadingPlan, jobs: Int
  ) throws -> [Sheet] {
    var units = known(readings)
    if units.reduce(0, { $0 + $1.sheets.count }) > SheetCache.sheetCountMax {
      for run in runs(of: units, readings).reversed() where run.count > 1 {
        let span =
          units[run.lowerBound].readings.lowerBound..<units[run.upperBound - 1].readings.upperBound
        guard let sheet = try merge(readings[span], plan: plan, jobs: jobs) else { continue }
        units.replaceSubrange(run, with: [Unit(readings: span, sheets: [sheet])])
      }
    }
    return units.flatMap(\.sheets)
  }

  /// The log as the merged sheets that there are, and what stands between them.
  private func known(_ readings: [SegmentReading]) -> [Unit] {
    let digests = readings.map(\.summary.sha256)
    let merges = mergedDigests.sorted { $0.count > $1.count }
    var units: [Unit] = []
    var next = 0
    while next < readings.count {
      let found = merges.lazy.filter { digests[next...].starts(with: $0) }.compactMap { merge in
        self.openMerged(merge).map { (merge.count, $0) }
      }.first
      let (count, sheets) = found.map { ($0.0, [$0.1]) } ?? (1, readings[next].sheets)
      units.append(Unit(readings: next..<next + count, sheets: sheets))
      next += count
    }
    return units
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

  /// Merges the sheets of adjacent segments; nil where they cannot be, or the disk is full.
  private func merge(
    _ readings: ArraySlice<SegmentReading>, plan: ReadingPlan, jobs: Int
  ) throws -> Sheet? {
    guard let merge = try SheetMerge(readings, plan: plan, jobs: jobs) else { return nil }
    let digests = readings.map(\.summary.sha256)
    let drafts = drafts()
    let sheet = try drafts.place(byteCount: merge.frame.byteCount, merge.write)
    guard let sheet, drafts.name(sheet, mergedPath(digests)) else { return nil }
    keepMerge(digests)
    return sheet
  }

  /// Opens the merged sheet of some segments, once; nil where there is none that is whole.
  @discardableResult
  func openMerged(_ digests: [String]) -> Sheet? {
    let path = mergedPath(digests)
    if let sheet = opened.withLock({ $0[path] }) { return sheet }
    guard let sheet = openSheetFile(path) else { return nil }
    opened.withLock { $0[path] = sheet }
    return sheet
  }

  private func mergedPath(_ digests: [String]) -> String {
    "\(folder)/\(SheetCache.mergedName(digests))"
  }

  /// The file of the merged sheet of some segments, by their digests in the order of the log.
  static func mergedName(_ digests: [String]) -> String {
    SHA256Hasher.hex(of: digests.joined(separator: "\n")) + ".merged.sheet"
  }
}

extension SheetMerge {
  /// The sheets of adjacent segments as one; nil where there is more than one sheet can number.
  convenience init?(
    _ readings: ArraySlice<SegmentReading>, plan: ReadingPlan, jobs: Int
  ) throws {
    var lineBases: [UInt32] = []
    var lineCount = 0
    for reading in readings {
      guard lineCount + reading.summary.lineCount <= UInt32.max else { return nil }
      lineBases += reading.sheets.map { UInt32(lineCount + $0.lineBase) }
      lineCount += reading.summary.lineCount
    }
    try self.init(
      readings.flatMap(\.sheets), lineBases: lineBases, attributeCount: plan.attributes.count,
      jobs: jobs)
    guard classCount <= SheetRow.classCountMax / 2 else { return nil }
  }
}
