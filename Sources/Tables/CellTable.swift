import Notation

/// Rows of whole numbers with a key each: the results of leads, or of accounts.
///
/// Most cells are small or absent, so rows are packed: seven bits a byte, the sign in the lowest.
/// Filled by one worker, then read by any.
public final class CellTable: @unchecked Sendable {
  /// How many cells a row has.
  package let width: Int
  package let keys = KeyList()
  private var packed = GrowingBuffer<UInt8>()
  private var starts = GrowingBuffer<Int>()

  /// No packed cell is longer: 64 bits and one, in sevens.
  private static let cellByteCountMax = 10
  /// What an absent cell looks like; `LeadLayout.absent` is the same number.
  @inlinable public static var absent: Int64 { Int64.min }

  package init(width: Int) {
    self.width = width
  }

  /// With as much room as another one takes: what grows is copied.
  package convenience init(asLargeAs other: CellTable) {
    self.init(width: other.width)
    keys.makeRoom(as: other.keys)
    packed.makeRoom(for: other.packed.count + other.packed.count / 8)
    starts.makeRoom(for: other.count + other.count / 8)
  }

  package var count: Int { keys.count }

  package func append(_ key: UnsafeBufferPointer<UInt8>, _ row: UnsafePointer<Int64>) {
    keys.append(key)
    withUnsafePointer(to: packed.count) { starts.append($0, 1) }
    packed.makeRoom(for: width * CellTable.cellByteCountMax + PackedRows.spareByteCount)
    var at = packed.base + packed.count
    let first = at
    for column in 0..<width {
      let cell = row[column]
      // 0 is an absent cell; all others are their zigzag number and one, which cannot overflow:
      // the smallest number of all is what absent looks like.
      var rest =
        cell == CellTable.absent ? 0 : UInt64(bitPattern: cell << 1 ^ cell >> 63) &+ 1
      while rest >= 0x80 {
        at.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
        at += 1
        rest >>= 7
      }
      at.pointee = UInt8(truncatingIfNeeded: rest)
      at += 1
    }
    packed.extend(by: at - first)
  }

  /// Unpacks the first cells of a row.
  package func unpack(_ row: Int, _ cellCount: Int, into cells: UnsafeMutablePointer<Int64>) {
    rows.unpack(row, cellCount, into: cells)
  }

  /// The rows as bare pointers, for as long as the table is kept and nothing is added.
  package var rows: PackedRows { PackedRows(packed: packed.base, starts: starts.base) }

  /// The cells of a row: for the few that are looked up.
  package func row(_ row: Int) -> [Int64] {
    [Int64](unsafeUninitializedCapacity: width) { cells, count in
      if let base = cells.baseAddress { unpack(row, width, into: base) }
      count = width
    }
  }

  /// One cell of a row: for the few that are looked up.
  package func cell(_ row: Int, _ column: Int) -> Int64 {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: column + 1) { cells in
      let base = cells.baseAddress.unsafelyUnwrapped
      unpack(row, column + 1, into: base)
      return base[column]
    }
  }
}

/// Byte strings one behind the other.
public final class KeyList: @unchecked Sendable {
  private var text = GrowingBuffer<UInt8>()
  private var ends = GrowingBuffer<Int>()

  package init() {}

  package convenience init(_ names: [String]) {
    self.init()
    for var name in names { name.withUTF8(append) }
  }

  public var count: Int { ends.count }

  fileprivate func makeRoom(as other: KeyList) {
    text.makeRoom(for: other.text.count + other.text.count / 8)
    ends.makeRoom(for: other.count + other.count / 8)
  }

  package func append(_ key: UnsafeBufferPointer<UInt8>) {
    if let start = key.baseAddress { text.append(start, key.count) }
    withUnsafePointer(to: text.count) { ends.append($0, 1) }
  }

  /// The bytes of a key; valid as long as the list.
  public subscript(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : ends.base[index - 1]
    return UnsafeBufferPointer(start: text.base + start, count: ends.base[index] - start)
  }

  /// The keys as bare pointers, for as long as the list is kept and nothing is added.
  public var contents: Bytes { Bytes(text: text.base, ends: ends.base) }

  public struct Bytes: BitwiseCopyable, @unchecked Sendable {
    @usableFromInline let text: UnsafePointer<UInt8>
    @usableFromInline let ends: UnsafePointer<Int>

    init(text: UnsafePointer<UInt8>, ends: UnsafePointer<Int>) {
      self.text = text
      self.ends = ends
    }

    @inlinable public subscript(_ index: Int) -> UnsafeBufferPointer<UInt8> {
      let start = index == 0 ? 0 : ends[index - 1]
      return UnsafeBufferPointer(start: text + start, count: ends[index] - start)
    }
  }

  package var strings: [String] { (0..<count).map(string) }

  package func string(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }
}

/// Memory that grows by doubling, for plain values; behind the last one are readable bytes, whatever they
/// are.
private struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity = 64

  init() {
    base = .allocate(capacity: capacity + TextCursor.slack)
  }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ source: UnsafePointer<Element>, _ sourceCount: Int) {
    makeRoom(for: sourceCount)
    (base + count).initialize(from: source, count: sourceCount)
    count += sourceCount
  }

  @inline(__always)
  mutating func makeRoom(for more: Int) {
    if count + more > capacity { grow(by: more) }
  }

  /// Counts in what was written behind the end, into room that has been made.
  mutating func extend(by more: Int) { count += more }

  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<Element>.allocate(
      capacity: capacity + TextCursor.slack)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
