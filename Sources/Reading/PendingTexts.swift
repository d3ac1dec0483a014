/// Texts whose numbers are looked up together.
///
/// A table of a hundred thousand keys does not fit the processor's caches, so a lookup waits for
/// memory twice. Of many that do not depend on one another the waits overlap.
struct PendingTexts: ~Copyable {
  struct Entry: BitwiseCopyable {
    var start: Position
    var count: Int
    var hash: UInt64
    /// Which table numbers it.
    var table: Int
    /// What asked: a row, or a note.
    var asker: Int
  }

  /// As many as keep what is fetched for them in the first level of the cache.
  private static let countMax = 64

  private let entries: UnsafeMutablePointer<Entry>
  private(set) var count = 0

  init() { entries = .allocate(capacity: Self.countMax) }

  deinit { entries.deallocate() }

  var isFull: Bool { count == Self.countMax }

  /// Adds a text, whose bucket is fetched meanwhile.
  @inline(__always)
  mutating func append(_ entry: Entry, lookedUpIn tables: UnsafeMutablePointer<KeyTable>) {
    tables[entry.table].fetchBucket(of: entry.hash)
    (entries + count).initialize(to: entry)
    count &+= 1
  }

  /// Numbers all texts in the order they came, and empties the list.
  package mutating func resolve(
    in tables: UnsafeMutablePointer<KeyTable>, tag: UInt8?, _ body: (Int, UInt32) -> Void
  ) {
    for index in 0..<count { tables[entries[index].table].fetchText(of: entries[index].hash) }
    for index in 0..<count {
      let entry = entries[index]
      body(
        entry.asker,
        tables[entry.table].number(of: entry.start, entry.count, hash: entry.hash, tag: tag))
    }
    count = 0
  }
}
