import Files
import Foundation

/// Adds segments to a log, so that each is there durably and entered in the chain, or not there at all.
///
/// Whoever makes one holds the book's lock. A crash between the segment and its entry leaves a segment that
/// is read but not in the chain; `strays` has it for the next writer, who enters it.
package final class LogAppender {
  let root: String
  package internal(set) var chain: Chain

  /// Opens the log at `root`, making its folder if there is none, and finishes or removes what a killed
  /// writer left.
  package init(log root: String) throws {
    self.root = root
    try Disk.current.makeFolderDurably(root)
    try AtomicFile.removeLeftovers(in: root)
    chain = try Chain(log: root)
    try finishSwaps()
  }

  /// Begins a segment; its lines go to it piece by piece.
  package func beginSegment(level: Int = 6) throws -> SegmentDraft {
    try SegmentDraft(path: SegmentName.appended(nextNumber()), root: root, level: level)
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
    precondition(
      draft.path == SegmentName.appended(number), "segments are drafted one at a time")
    do {
      let written = try draft.finish()
      return try enter(
        ChainEntry(
          number: number, path: draft.path, written: written, span: span, appended: appended))
    } catch {
      // Without its entry first: an entry must never name a segment that is not there.
      if chain.cutTornEnd(log: root) { _ = Disk.current.unlink("\(root)/\(draft.path)") }
      throw error
    }
  }

  /// Adds an entry to the chain, durably; returns it with its head.
  func enter(_ entry: ChainEntry) throws -> ChainEntry {
    let linked = entry.linked(to: chain.head)
    try chain.append(linked, log: root)
    return linked
  }

  /// Returns the number after the highest in the chain or on disk.
  func nextNumber() throws -> Int {
    let onDisk = try segmentFiles(in: root).map { SegmentName.number(in: $0.path) }
    return max(onDisk.max() ?? 0, chain.entries.last?.number ?? 0) + 1
  }
}
