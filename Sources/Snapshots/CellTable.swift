/// Rows of whole numbers with a key each: the results of leads, or of accounts.
package struct CellTable: Sendable {
  package let stride: Int
  package private(set) var cells: [Int64] = []
  package private(set) var keys = KeyList()

  package init(stride: Int) {
    self.stride = stride
  }

  package var count: Int { keys.count }

  package mutating func append(_ key: UnsafeBufferPointer<UInt8>, _ row: UnsafePointer<Int64>) {
    keys.append(key)
    cells.append(contentsOf: UnsafeBufferPointer(start: row, count: stride))
  }

  @inlinable
  package func cell(_ row: Int, _ column: Int) -> Int64 { cells[row * stride + column] }

  /// Calls back with the cells of one row.
  package func withRow<Result>(
    _ row: Int, _ body: (UnsafePointer<Int64>) throws -> Result
  ) rethrows -> Result {
    try cells.withUnsafeBufferPointer {
      try body($0.baseAddress.unsafelyUnwrapped + row * stride)
    }
  }
}

/// Byte strings one behind the other.
package struct KeyList: Sendable {
  private var text: [UInt8] = []
  private var ends: [Int] = []

  package init() {}

  package var count: Int { ends.count }

  package mutating func append(_ key: UnsafeBufferPointer<UInt8>) {
    text.append(contentsOf: key)
    ends.append(text.count)
  }

  /// The bytes of a key, without a copy.
  package subscript(_ index: Int) -> ArraySlice<UInt8> {
    text[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  package func string(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

  /// Whether one key's bytes come before another's.
  package func precedes(_ index: Int, _ other: KeyList, _ otherIndex: Int) -> Bool {
    let start = index == 0 ? 0 : ends[index - 1]
    let otherStart = otherIndex == 0 ? 0 : other.ends[otherIndex - 1]
    let count = ends[index] - start
    let otherCount = other.ends[otherIndex] - otherStart
    return text.withUnsafeBufferPointer { a in
      other.text.withUnsafeBufferPointer { b in
        let order = compare(a, start, b, otherStart, min(count, otherCount))
        return order == 0 ? count < otherCount : order < 0
      }
    }
  }

  @inline(__always)
  private func compare(
    _ a: UnsafeBufferPointer<UInt8>, _ aStart: Int, _ b: UnsafeBufferPointer<UInt8>,
    _ bStart: Int, _ count: Int
  ) -> Int {
    var i = 0
    while i < count {
      let difference = Int(a[aStart &+ i]) &- Int(b[bStart &+ i])
      if difference != 0 { return difference }
      i &+= 1
    }
    return 0
  }
}
