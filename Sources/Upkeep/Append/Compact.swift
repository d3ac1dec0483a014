import Engine
import EventLog
import Files
import Notation

/// What a compaction did.
package struct CompactReport: Codable, Sendable {
  package struct Merge: Codable, Sendable {
    /// The new segment.
    package var segment: String
    /// The segments whose place it took, in order.
    package var replaces: [String]
    package var events: Int
  }

  package var schema = 1
  package var segmentsBefore: Int
  package var segmentsAfter: Int
  package var merges: [Merge] = []
  package var head: String?
}

/// Makes fewer, larger segments of a book's small ones; the log says the same afterwards, event by event.
///
/// - Throws: `FileError`; merges before the fault stay.
package func compact(_ book: Book, waitMax: Milliseconds = 0) throws -> CompactReport {
  let lock = try book.lock(waitMax: waitMax)
  defer { lock.release() }
  return try compact(book, openLog(of: book))
}

/// Compacts a log that is open for writing.
func compact(_ book: Book, _ appender: LogAppender) throws -> CompactReport {
  let listing = try SegmentListing(log: book.log, isLocked: true)
  if let fault = listing.faults.first { throw fault }
  let items = LogInventory(listing, chain: appender.chain).items
  var report = CompactReport(segmentsBefore: items.count, segmentsAfter: items.count)
  for group in smallNeighbours(items) {
    let entry = try appender.compact(group, appended: currentMilliseconds())
    report.merges.append(
      .init(
        segment: entry.path, replaces: group.map(\.segment.path), events: entry.events))
    report.segmentsAfter -= group.count - 1
  }
  report.head = appender.chain.entries.last?.head
  return report
}

/// How large a segment may become by merging: so large that opening it costs little, and so small that a log
/// still has work for several workers.
private let mergedByteCountMax = 64 << 20

/// Of how many appends a segment may be merged: an entry of the chain names all of them, each time that it is
/// merged again, and is a line of at most half a MiB so.
private let mergedPartCountMax = 4096

/// Returns the runs of neighbours that become one segment each.
///
/// A segment of half the size or more stays as it is, or every compaction would copy it anew; so does one of half as
/// many appends.
func smallNeighbours(_ items: [LogInventory.Item]) -> [[LogInventory.Item]] {
  var groups: [[LogInventory.Item]] = [[]]
  var (byteCount, partCount) = (0, 0)
  for item in items {
    // One that an erasure left without any part is named, too.
    let (bytes, parts) = (item.segment.byteCount, max(1, item.parts.count))
    let isSmall =
      item.entry != nil && bytes < mergedByteCountMax / 2 && parts < mergedPartCountMax / 2
    if !isSmall || byteCount + bytes > mergedByteCountMax || partCount + parts > mergedPartCountMax
    {
      groups.append([])
      (byteCount, partCount) = (0, 0)
    }
    if isSmall {
      groups[groups.count - 1].append(item)
      byteCount += bytes
      partCount += parts
    }
  }
  return groups.filter { $0.count > 1 }
}
