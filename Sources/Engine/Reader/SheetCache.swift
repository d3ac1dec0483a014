import Definition
import EventLog
import Files
import Foundation
import Reading
import Synchronization

/// The sheets of a book's segments on disk, so that what has been read once is not read again.
///
///     cache/index.json                 files met: how they looked, their digest, what they hold
///     cache/<reading half>/<segment>.<number>.sheet
///     cache/<reading half>/<segments>.merged.sheet
///
/// A sheet is a pure function of the two it is named by, so it is right or it is not there; with any
/// doubt the segment is read again. Deleting the folder changes no result.
package final class SheetCache: Sendable {
  private let root: String
  /// The folder of the reading half at hand.
  private let half: String
  private let plan: ReadingPlan
  /// Whether the pages of sheets that are opened stay in memory.
  private let keepsPages: Bool
  /// Where a link stands that would have to be followed: then nothing is kept.
  package let linkInPlace: String?
  private let index: Mutex<CacheIndex>
  /// What this process has read, by file.
  private let kept = Mutex<[String: CacheIndex.Entry]>([:])
  private let keptMerges = Mutex<[[String]]>([])

  /// How many reading halves keep their sheets: an analyst goes to and fro between a few.
  private static let recentHalvesMax = 4

  /// `form`: what the segments are; a sheet of another format is named by that, too.
  package init(
    _ book: Book, plan: ReadingPlan, form: IntakeForm = IntakeForm(), keepsPages: Bool = true
  ) {
    let cache = CacheFolder(book.cache)
    root = book.cache
    self.plan = plan
    self.keepsPages = keepsPages
    half = SheetCache.half(of: plan, form: form)
    // What cannot be told is found out when something is to be kept.
    linkInPlace = (try? cache.linkInPlace(ofHalf: half)) ?? nil
    index = Mutex(linkInPlace == nil ? CacheIndex.load(cache.index) : CacheIndex())
  }

  /// Returns the name of the folder of a reading half.
  package static func half(of plan: ReadingPlan, form: IntakeForm = IntakeForm()) -> String {
    String(SHA256Hasher.hex(of: plan.fingerprint + (form.fingerprint ?? "")).prefix(16))
  }

  /// Returns a segment's reading if its file has not changed since it was read and its sheet is
  /// whole.
  ///
  /// `events`: whether its events are wanted.
  package func reading(of segment: Segment, events: Sheet.EventCheck = .now) -> SegmentReading? {
    guard let entry = entry(of: segment) else { return nil }
    var sheets: [Sheet] = []
    for (number, lineBase) in entry.lineBases.enumerated() {
      guard
        let sheet = openSheetFile(
          path(entry.sha256, number), of: plan, events: events, keepsPages: keepsPages)
      else { return nil }
      sheet.lineBase = lineBase
      sheets.append(sheet)
    }
    let summary = SegmentSummary(
      byteCount: entry.look.byteCount, sha256: entry.sha256, lineCount: entry.lineCount,
      inflatedByteCount: entry.inflatedByteCount)
    return SegmentReading(segment: segment, summary: summary, sheets: sheets)
  }

  /// What is known of a segment if its file has not changed since it was read.
  private func entry(of segment: Segment) -> CacheIndex.Entry? {
    guard let look = FileLook(of: segment),
      let entry = index.withLock({ $0.files[half]?[CacheIndex.key(segment.file)] }),
      entry.look == look
    else { return nil }
    return entry
  }

  /// Returns which segments of a log have their events in a merged sheet that is whole.
  func cover(of segments: [Segment], jobs: Int) -> SheetCover {
    SheetCover(segments.map { entry(of: $0)?.sha256 }, mergedDigests) {
      openSheetFile(mergedPath($0), of: plan, jobs: jobs)
    }
  }

  var folder: String { "\(root)/\(half)" }

  /// Where the sheets of a segment are written until they are kept.
  func drafts() -> SheetDrafts {
    if linkInPlace != nil { return SheetDrafts(folder: nil) }
    mkdir(root, 0o755)
    mkdir(folder, 0o755)
    return SheetDrafts(folder: folder)
  }

  /// Keeps a segment's sheets.
  ///
  /// A cache that cannot be written is a cache that is not there.
  ///
  /// `look`: how the file looked before it was read.
  func keep(_ reading: SegmentReading, _ drafts: SheetDrafts, look: FileLook?) {
    guard let look, look == FileLook(reading.segment.file), !look.isRecent else { return }
    let sha256 = reading.summary.sha256
    for (number, sheet) in reading.sheets.enumerated() {
      guard drafts.name(sheet, path(sha256, number)) else { return }
    }
    let entry = CacheIndex.Entry(
      look: look, sha256: sha256, lineBases: reading.sheets.map(\.lineBase),
      lineCount: reading.summary.lineCount,
      inflatedByteCount: reading.summary.inflatedByteCount)
    let file = CacheIndex.key(reading.segment.file)
    index.withLock { $0.files[half, default: [:]][file] = entry }
    kept.withLock { $0[file] = entry }
  }

  /// Whether a segment's sheets were in the cache before this process.
  func isOld(_ reading: SegmentReading) -> Bool {
    let file = CacheIndex.key(reading.segment.file)
    return kept.withLock { $0[file] == nil }
      && index.withLock { $0.files[half]?[file]?.sha256 } == reading.summary.sha256
  }

  /// The digests of the segments of each merged sheet there is.
  private var mergedDigests: [[String]] { index.withLock { $0.merges?[half] ?? [] } }

  /// Enters a merged sheet in place of those it has swallowed.
  func keepMerge(_ digests: [String]) {
    index.withLock { $0.enter(digests, half) }
    keptMerges.withLock { $0.append(digests) }
  }

  /// Enters what this process has read into the index as it is now, and removes nothing.
  ///
  /// For those that do not hold the book's lock. If a writer enters something at the same moment, one
  /// of the two is lost, which costs no more than reading it again.
  func remember() {
    let kept = kept.withLock { $0 }
    let keptMerges = keptMerges.withLock { $0 }
    if kept.isEmpty && keptMerges.isEmpty || linkInPlace != nil { return }
    var index = CacheIndex.load("\(root)/index.json")
    index.files[half, default: [:]].merge(kept) { $1 }
    for merge in keptMerges { index.enter(merge, half) }
    index.halves = [half] + index.halves.filter { $0 != half }
    index.save("\(root)/index.json")
  }

  /// Writes the index and removes what no file and no recent definition wants.
  func tidy() {
    if linkInPlace != nil { return }
    let wanted = index.withLock { index -> (halves: [String], segments: [String: Set<String>]) in
      index.halves.removeAll { $0 == half }
      index.halves = Array(([half] + index.halves).prefix(SheetCache.recentHalvesMax))
      index.files = index.files.filter { index.halves.contains($0.key) }
        .mapValues { files in files.filter { FileLook($0.key) == $0.value.look } }
      index.tidyMerges()
      mkdir(root, 0o755)
      index.save("\(root)/index.json")
      let merges = index.merges ?? [:]
      return (
        index.halves,
        index.files.map { half, files in
          (half, Set(files.values.map(\.sha256) + (merges[half] ?? []).map(SheetCache.mergedName)))
        }.reduce(into: [:]) { $0[$1.0] = $1.1 }
      )
    }
    let cache = CacheFolder(root)
    for half in (try? cache.halves()) ?? [] {
      for name in (try? cache.files(ofHalf: half)) ?? [] {
        let sha256 = String(name.prefix { $0 != "." })
        let isWanted = wanted.segments[half]?.isDisjoint(with: [name, sha256]) == false
        if !isWanted { try? cache.remove(name, ofHalf: half) }
      }
      if !wanted.halves.contains(half) { cache.removeIfEmpty(half: half) }
    }
  }

  /// The paths of a segment's sheets and how many of its lines stand before each, of each reading half that
  /// has any, the one at hand first.
  package func sheetPaths(of segment: Segment) -> [[(path: String, lineBase: Int)]] {
    guard let look = FileLook(of: segment) else { return [] }
    let key = CacheIndex.key(segment.file)
    return index.withLock { index in
      ([half] + index.halves.filter { $0 != half }).compactMap { half in
        guard let entry = index.files[half]?[key], entry.look == look else { return nil }
        return entry.lineBases.enumerated().map { number, lineBase in
          ("\(root)/\(half)/\(entry.sha256).\(number).sheet", lineBase)
        }
      }
    }
  }

  private func path(_ sha256: String, _ number: Int) -> String {
    "\(root)/\(half)/\(sha256).\(number).sheet"
  }
}

/// How a file looked: what changes whenever its bytes do, unless somebody takes pains.
package struct FileLook: Codable, Equatable, Sendable {
  var device: UInt64
  var inode: UInt64
  var byteCount: Int
  /// Nanoseconds since 1970 of the last change of the bytes, and of the file's own record.
  var modified: Int
  var changed: Int

  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    byteCount = Int(status.st_size)
    modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec
  }

  /// Nil also where another file stands in its place than was listed.
  init?(of segment: Segment) {
    self.init(segment.file)
    guard segment.isAsListed else { return nil }
  }

  /// Whether the file changed so lately that it could change again within its clock's tick.
  var isRecent: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec * 1_000_000_000 + now.tv_nsec - changed < 50_000_000
  }
}
