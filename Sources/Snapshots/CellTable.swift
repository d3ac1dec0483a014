/// Rows of whole numbers with a key each: the results of leads, or of accounts.
///
/// Filled by one worker, then read by any. Its memory is its own, so that reading a row costs
/// neither a check nor a reference count.
package final class CellTable: @unchecked Sendable {
  package let stride: Int
  package let keys = KeyList()
  private var cells = GrowingBuffer<Int64>()

  package init(stride: Int) {
    self.stride = stride
  }

  package var count: Int { keys.count }

  package func append(_ key: UnsafeBufferPointer<UInt8>, _ row: UnsafePointer<Int64>) {
    keys.append(key)
    cells.append(row, stride)
  }

  /// The cells of a row; valid as long as the table.
  package func row(_ index: Int) -> UnsafePointer<Int64> {
    UnsafePointer(cells.base + index * stride)
  }

  package func cell(_ row: Int, _ column: Int) -> Int64 { cells.base[row * stride + column] }
}

/// Byte strings one behind the other.
package final class KeyList: @unchecked Sendable {
  private var text = GrowingBuffer<UInt8>()
  private var ends = GrowingBuffer<Int>()

  package init() {}

  package convenience init(_ names: [String]) {
    self.init()
    for var name in names { name.withUTF8(append) }
  }

  package var count: Int { ends.count }

  package func append(_ key: UnsafeBufferPointer<UInt8>) {
    if let start = key.baseAddress { text.append(start, key.count) }
    withUnsafePointer(to: text.count) { ends.append($0, 1) }
  }

  /// The bytes of a key; valid as long as the list.
  package subscript(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : ends.base[index - 1]
    return UnsafeBufferPointer(start: text.base + start, count: ends.base[index] - start)
  }

  package func string(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }
}

/// Memory that grows by doubling, for plain values.
private struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity = 64

  init() {
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ source: UnsafePointer<Element>, _ sourceCount: Int) {
    if count + sourceCount > capacity { grow(by: sourceCount) }
    (base + count).initialize(from: source, count: sourceCount)
    count += sourceCount
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
