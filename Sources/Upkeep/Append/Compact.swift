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
  let listing = try SegmentListing(log: book.log)
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

/// Returns the runs of neighbours that become one segment each.
///
/// A segment of half the size or more stays as it is, or every compaction would copy it anew.
private func smallNeighbours(_ items: [LogInventory.Item]) -> [[LogInventory.Item]] {
  var groups: [[LogInventory.Item]] = [[]]
  var byteCount = 0
  for item in items {
    let isSmall = item.entry != nil && item.segment.byteCount < mergedByteCountMax / 2
    if !isSmall || byteCount + item.segment.byteCount > mergedByteCountMax {
      groups.append([])
      byteCount = 0
    }
    if isSmall {
      groups[groups.count - 1].append(item)
      byteCount += item.segment.byteCount
    }
  }
  return groups.filter { $0.count > 1 }
}
