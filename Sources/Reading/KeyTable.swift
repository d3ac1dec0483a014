/// Numbers distinct byte strings in the order they are first met.
package struct KeyTable: ~Copyable {
  private(set) var hashes = Column<UInt64>()
  /// Where each key's bytes end; they begin where the one before ends.
  private(set) var ends = Column<UInt32>()
  private(set) var text = Column<UInt8>(capacity: 1 << 14)
  private var buckets: UnsafeMutablePointer<Int32>
  private var mask: Int

  package init() {
    mask = (1 << 12) - 1
    buckets = .allocate(capacity: mask + 1)
    buckets.initialize(repeating: -1, count: mask + 1)
  }

  deinit { buckets.deallocate() }

  package var count: Int { hashes.count }

  @inline(__always)
  func start(of index: Int) -> Int { index == 0 ? 0 : Int(ends[index - 1]) }

  /// Returns the number of a key, a new one where it is new.
  ///
  /// - Parameter tag: Goes before the key's bytes where it is not nil, and sets apart keys of
  ///   different kinds.
  @inline(__always)
  package mutating func number(of key: Position, _ keyCount: Int, hash: UInt64, tag: UInt8? = nil) -> UInt32 {
    var bucket = Int(truncatingIfNeeded: hash) & mask
    while true {
      let index = Int(buckets[bucket])
      if index < 0 { break }
      if hashes[index] == hash, equals(index, key, keyCount, tag) { return UInt32(index) }
      bucket = (bucket &+ 1) & mask
    }
    return insert(key, keyCount, hash, tag, bucket)
  }

  /// Returns the number of a key that may be there, or -1.
  package func find(_ key: Position, _ keyCount: Int, hash: UInt64) -> Int {
    var bucket = Int(truncatingIfNeeded: hash) & mask
    while true {
      let index = Int(buckets[bucket])
      if index < 0 || hashes[index] == hash && equals(index, key, keyCount, nil) { return index }
      bucket = (bucket &+ 1) & mask
    }
  }

  /// The bytes of a key, its tag first where it has one.
  package func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = start(of: index)
    return UnsafeBufferPointer(start: text.base + start, count: Int(ends[index]) - start)
  }

  package func hash(_ index: Int) -> UInt64 { hashes[index] }

  @inline(__always)
  private func equals(_ index: Int, _ key: Position, _ keyCount: Int, _ tag: UInt8?) -> Bool {
    var start = self.start(of: index)
    if let tag {
      guard text[start] == tag else { return false }
      start += 1
    }
    return Int(ends[index]) - start == keyCount && equalBytes(text.base + start, key, keyCount)
  }

  @inline(never)
  private mutating func insert(
    _ key: Position, _ keyCount: Int, _ hash: UInt64, _ tag: UInt8?, _ bucket: Int
  ) -> UInt32 {
    if let tag { text.append(tag) }
    text.append(key, keyCount)
    buckets[bucket] = Int32(count)
    hashes.append(hash)
    ends.append(UInt32(text.count))
    if count * 2 > mask { grow() }
    return UInt32(count - 1)
  }

  private mutating func grow() {
    buckets.deallocate()
    mask = mask * 2 + 1
    buckets = .allocate(capacity: mask + 1)
    buckets.initialize(repeating: -1, count: mask + 1)
    for index in 0..<count {
      var bucket = Int(truncatingIfNeeded: hashes[index]) & mask
      while buckets[bucket] >= 0 { bucket = (bucket + 1) & mask }
      buckets[bucket] = Int32(index)
    }
  }
}
