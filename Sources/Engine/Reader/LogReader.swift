import EventLog
import Files
import Reading

/// Reads a log: the one way from its segments to sheets.
///
/// It takes no lock. Sheets that are not there yet are kept for the next time.
package struct LogReader: Sendable {
  package let log: Log
  package let known: KnownSegments
  private let tellsTimes: Bool
  /// What the chain says of the segments, which is compared; nil of files of another format.
  private let vouching: ChainVouching?
  private let notify: Notify

  /// How sheets are taken from the cache.
  package enum Cached: Sendable {
    /// Not at all: every segment is read from its text.
    case none
    /// Those of each segment by themselves.
    case apart
    /// The same, but for what only says what was read and refused: their events are not to be asked for.
    case withoutEvents
    /// Adjacent ones merged, where everything is known.
    case merged
  }

  /// `tellsTimes`: whether what came later than what is known is told apart by when it came, too.
  ///
  /// - Throws: `FileError` or `RunError` where there are no segments, the chain is damaged, or nobody knows
  ///   when something was appended.
  package init(
    _ log: Log, tellsTimes: Bool = false, notify: @escaping Notify = { _ in }
  ) throws {
    self.log = log
    (known, vouching) = try LogReader.known(of: log)
    self.tellsTimes = tellsTimes
    self.notify = notify
  }

  /// Reads the very segments that another one does, of which somebody else knows another part.
  package init(_ log: Log, beside other: LogReader) throws {
    self.log = log
    known = try KnownSegments(log, like: other.known)
    vouching = other.vouching
    tellsTimes = other.tellsTimes
    notify = other.notify
  }

  /// The segments of a log and what its chain says of them.
  private static func known(of log: Log) throws -> (KnownSegments, ChainVouching?) {
    try withSettledChain(log: log.root) {
      do {
        let known = try KnownSegments(log)
        return (known, try ChainVouching(log, known.segments))
      } catch let error as RunError where log.knownAt != nil {
        try waitForEntry(log: log.root)
        throw error
      }
    }
  }

  package var byteCount: Int { known.segments.reduce(0) { $0 + $1.byteCount } }

  package func cache(for plan: ReadingPlan) -> SheetCache {
    SheetCache(log.book, plan: plan, form: log.form)
  }

  /// Reads the whole log.
  ///
  /// - Throws: `FileError` of the first segment that is damaged or cannot be read; `Interrupted`.
  package func sheets(for plan: ReadingPlan, _ cached: Cached = .merged) throws -> LogSheets {
    try sheets(for: plan, cached, in: cache(for: plan)) { $0.remember() }
  }

  /// The same for whoever holds the book's lock, who also tidies the cache where it still is the book's.
  package func sheets(
    for plan: ReadingPlan, _ cached: Cached, tidying cache: SheetCache, of book: WorkingFolder
  ) throws -> LogSheets {
    try sheets(for: plan, cached, in: cache) {
      try book.check()
      $0.tidy()
    }
  }

  private func sheets(
    for plan: ReadingPlan, _ cached: Cached, in cache: SheetCache,
    _ finish: (SheetCache) throws -> Void
  ) throws -> LogSheets {
    var cover: SheetCover?
    if case .merged = cached, known.areAllKnown {
      cover = cache.cover(of: known.segments, jobs: log.jobs)
    }
    let readings = try readings(plan, cached, cache, cover)
    let pieces = try cutIntoPieces(readings, knownBy: [known], plan: plan, tellsTimes: tellsTimes)
    var sheets: (all: [Sheet], isKnown: [Bool]?) = pieces.sheets
    var origins = pieces.flatMap { piece in
      piece.reading.sheets.map { _ in piece.segment..<piece.segment + 1 }
    }
    if let cover {
      let merged = try cache.merged(readings, cover, plan: plan, jobs: log.jobs)
      (sheets, origins) = ((merged.map(\.sheet), nil), merged.map(\.readings))
    }
    if case .none = cached {} else { try finish(cache) }
    return LogSheets(
      all: sheets.all, isKnown: sheets.isKnown, origins: origins, pieces: pieces,
      readings: readings,
      losses: (vouching?.lostBefore ?? []) + readings.compactMap(\.salvage))
  }

  /// Reads the whole log for several who know different parts of it.
  ///
  /// What comes from the cache is checked, and let go of: they go through it part by part.
  package func pieces(for plan: ReadingPlan, knownBy sides: [KnownSegments]) throws -> [LogPiece] {
    let cache = SheetCache(log.book, plan: plan, form: log.form, keepsPages: false)
    defer { cache.remember() }
    return try cutIntoPieces(
      readings(plan, .apart, cache, nil), knownBy: sides, plan: plan, tellsTimes: true)
  }

  /// Reads some of the segments, by their numbers.
  package func readings(
    of segments: [Int], for plan: ReadingPlan, _ cached: Cached = .apart
  ) throws -> [SegmentReading] {
    let cache = cache(for: plan)
    defer { cache.remember() }
    var usedCache: SheetCache? = cache
    if case .none = cached { usedCache = nil }
    return try readSegments(
      segments.map { known.segments[$0] }, form: log.form, plan: plan, cache: usedCache,
      jobs: log.jobs, vouching: vouching
    ) { _ in }
  }

  private func readings(
    _ plan: ReadingPlan, _ cached: Cached, _ cache: SheetCache, _ cover: SheetCover?
  ) throws -> [SegmentReading] {
    let (notify, byteCount) = (notify, byteCount)
    let (usedCache, events): (SheetCache?, Sheet.EventCheck) =
      switch cached {
      case .none: (nil, .now)
      case .withoutEvents: (cache, .later)
      case .apart, .merged: (cache, .now)
      }
    return try readSegments(
      known.segments, form: log.form, plan: plan, cache: usedCache, cover: cover, events: events,
      jobs: log.jobs, vouching: vouching, limit: log.inflationLimit
    ) { notify(.reading($0, of: byteCount)) }
  }
}

/// A log's sheets under one reading half, and what of them is known.
package struct LogSheets: Sendable {
  /// Of the whole log, in its order.
  package let all: [Sheet]
  /// Of each sheet; nil where all are.
  package let isKnown: [Bool]?
  /// Of each sheet, the readings that it was made of.
  let origins: [Range<Int>]
  /// The same by segment; of merged sheets, events are in these alone.
  package let pieces: [LogPiece]
  /// Of all segments as they were read.
  package let readings: [SegmentReading]
  /// What was lost of damaged segments.
  package let losses: [SalvageRecord]

  /// Of what is known.
  package var counts: LineCounts { LineCounts(pieces.known.flatMap(\.sheets)) }
}
