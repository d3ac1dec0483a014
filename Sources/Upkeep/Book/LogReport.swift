import Engine
import EventLog
import Intake

/// What a book's log consists of.
package struct LogReport: Encodable, Sendable {
  package struct Row: Encodable, Sendable {
    package var path: String
    package var bytes: Int
    /// Whether the chain has it; of a segment that it does not have, nothing more is known.
    package var isInChain: Bool
    package var number: Int?
    package var events: Int?
    /// The times of its earliest and latest event.
    package var first: String?
    package var last: String?
    /// When its events were appended: one time, or several where segments were merged.
    package var appended: [String]
    /// Why it took the place of other segments.
    package var because: String?
    package var sha256: String?
    package var head: String?
  }

  package var schema = 1
  package var segments: [Row]
  package var bytes: Int
  /// The events of the segments in the chain.
  package var events: Int
  package var notInChain: Int
  /// The head of the chain.
  package var head: String?
  /// What is not as the chain says.
  package var faults: [String]

  /// Takes stock of a log; needs no lock.
  ///
  /// `log`: the book's own unless told otherwise.
  ///
  /// - Throws: `FileError` where the log cannot be read or its chain is broken.
  package init(of book: Book, log: String? = nil) throws {
    let inventory = try book.besideWriters(log: log, isDoubtful: { !$0.faults.isEmpty }) {
      try LogInventory(log: log ?? book.log)
    }
    segments = inventory.items.map(Row.init)
    bytes = segments.reduce(0) { $0 + $1.bytes }
    events = segments.reduce(0) { $0 + ($1.events ?? 0) }
    notInChain = segments.count { !$0.isInChain }
    head = inventory.chain.entries.last?.head
    faults = inventory.faults.map(\.description)
  }
}

extension LogReport.Row {
  init(_ item: LogInventory.Item) {
    path = item.segment.path
    bytes = item.segment.byteCount
    isInChain = item.entry != nil
    number = item.entry?.number
    events = item.entry?.events
    first = item.entry?.first
    last = item.entry?.last
    appended = item.parts.map(\.appended)
    because = item.entry?.because?.rawValue
    sha256 = item.entry?.sha256
    head = item.entry?.head
  }
}
