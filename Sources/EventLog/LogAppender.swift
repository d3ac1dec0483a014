import Foundation

/// What the events of a segment span; the time is in milliseconds since 1970.
package struct EventSpan: Sendable, Equatable {
  package private(set) var eventCount = 0
  package private(set) var first: Int64?
  package private(set) var last: Int64?

  package init() {}

  /// Counts an event.
  package mutating func add(time: Int64) {
    eventCount += 1
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }
}

/// Adds segments to a log, so that each is there durably and entered in the chain, or not there at all.
///
/// Whoever makes one holds the book's lock. A crash between the segment and its entry leaves a segment that
/// is read but not in the chain; since its events keep their ids, appending them again changes nothing.
package final class LogAppender {
  private let root: String
  private var chain: Chain

  /// Opens the log at `root`, making its folder if there is none, and removes what a killed append left.
  package init(log root: String) throws {
    self.root = root
    if mkdir(root, 0o755) == 0 {
      try syncFolder(folderPath(of: root))
    } else if errno != EEXIST {
      throw EventLogError.system(.cannotCreate, path: root, action: "create the folder")
    }
    try AtomicFile.removeLeftovers(in: root)
    chain = try Chain(log: root)
  }

  /// Begins a segment; its lines go to it piece by piece.
  package func beginSegment(level: Int = 6) throws -> SegmentDraft {
    let name = padded(try nextNumber())
    return try SegmentDraft(path: "\(name).ndjson.gz", root: root, level: level)
  }

  /// Appends a segment of the lines in `chunks`.
  package func append(lines chunks: [[UInt8]], span: EventSpan, appended: Int64) throws
    -> ChainEntry
  {
    let draft = try beginSegment()
    for chunk in chunks { try draft.write(chunk) }
    return try commit(draft, span: span, appended: appended)
  }

  /// Makes a drafted segment part of the log; when this returns, its events survive power loss.
  ///
  /// When this throws, the segment and its entry are gone again, as far as a failing disk lets them go.
  package func commit(_ draft: SegmentDraft, span: EventSpan, appended: Int64) throws -> ChainEntry
  {
    let number = try nextNumber()
    precondition(draft.path == "\(padded(number)).ndjson.gz", "segments are drafted one at a time")
    do {
      return try enter(draft, number: number, span: span, appended: appended)
    } catch {
      // Without its entry first: an entry must never name a segment that is not there.
      if chain.cutTornEnd(log: root) { unlink("\(root)/\(draft.path)") }
      throw error
    }
  }

  private func enter(
    _ draft: SegmentDraft, number: Int, span: EventSpan, appended: Int64
  ) throws -> ChainEntry {
    let written = try draft.finish()
    let entry = ChainEntry(
      number: number, path: draft.path, bytes: written.byteCount, events: span.eventCount,
      first: span.first.map(timeText), last: span.last.map(timeText),
      appended: timeText(milliseconds: appended), sha256: written.sha256, head: ""
    ).linked(to: chain.head)
    try chain.append(entry, log: root)
    return entry
  }

  /// Returns the number after the highest in the chain or on disk.
  private func nextNumber() throws -> Int {
    let numbers = try listSegments(in: root).compactMap { segment -> Int? in
      let name = segment.path.prefix { $0 != "." }
      // Longer numbers are not ours, and the one after the greatest would not be a number.
      return name.utf8.count <= 9 ? Int(name) : nil
    }
    return max(numbers.max() ?? 0, chain.entries.last?.number ?? 0) + 1
  }
}

private func padded(_ number: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
}

/// A segment in the making, not yet part of its log.
package final class SegmentDraft {
  /// The path it will have below the log's root.
  package let path: String
  private let tally: ByteTally
  private let writer: BlockGzipWriter
  private let file: AtomicFile

  init(path: String, root: String, level: Int) throws {
    self.path = path
    let file = try AtomicFile(to: "\(root)/\(path)")
    let tally = ByteTally()
    writer = BlockGzipWriter(level: level) { block in
      tally.add(block)
      try file.write(block)
    }
    self.file = file
    self.tally = tally
  }

  /// Adds lines; they may be cut anywhere, but the last must be ended by its line feed.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try writer.write(bytes)
  }

  /// Adds lines; they may be cut anywhere, but the last must be ended by its line feed.
  package func write(_ bytes: [UInt8]) throws {
    try writer.write(bytes)
  }

  /// Gives the segment up; nothing of it stays.
  package func abandon() {
    file.abandon()
  }

  func finish() throws -> (byteCount: Int, sha256: String) {
    try writer.finish()
    try file.commit()
    return (tally.byteCount, tally.digest())
  }
}

/// Counts and hashes the bytes that are written.
private final class ByteTally {
  private var hasher = SHA256Hasher()
  private(set) var byteCount = 0

  func add(_ bytes: UnsafeRawBufferPointer) {
    hasher.update(bytes)
    byteCount += bytes.count
  }

  func digest() -> String {
    var last = SHA256Hasher()
    swap(&last, &hasher)
    return last.finish()
  }
}
