/// Numbers distinct byte strings in the order they are first met.
///
/// A bucket has all that a lookup needs but the bytes themselves, so that one costs two cache
/// misses: the bucket and the key.
package struct KeyTable: ~Copyable {
  private(set) var hashes = Column<UInt64>()
  /// Where each key's bytes end; they begin where the one before ends.
  private(set) var ends = Column<UInt32>()
  private(set) var text = Column<UInt8>(capacity: 1 << 14)
  private var buckets: UnsafeMutablePointer<Bucket>
  private var mask: Int

  private struct Bucket: BitwiseCopyable {
    /// The high half of the key's hash; the low bits say where the bucket is.
    var hash: UInt32 = 0
    var start: UInt32 = 0
    var count: UInt32 = 0
    /// The key's number and one; 0 in an empty bucket.
    var numberPlusOne: UInt32 = 0
  }

  package init() {
    mask = (1 << 10) - 1
    buckets = .allocate(capacity: mask + 1)
    buckets.initialize(repeating: Bucket(), count: mask + 1)
  }

  deinit { buckets.deallocate() }

  package var count: Int { hashes.count }
  package func hash(_ index: Int) -> UInt64 { hashes[index] }

  /// The bytes of a key, its tag first where it has one.
  package func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return UnsafeBufferPointer(start: text.base + start, count: Int(ends[index]) - start)
  }

  /// Returns the number of a key, a new one where it is new.
  ///
  /// `tag`: goes before the key's bytes where it is not nil, and sets apart keys of different
  /// kinds.
  @inline(__always)
  package mutating func number(
    of key: Position, _ keyCount: Int, hash: UInt64, tag: UInt8? = nil
  ) -> UInt32 {
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let bucket = buckets[place]
      if bucket.numberPlusOne == 0 { break }
      if bucket.hash == UInt32(truncatingIfNeeded: hash >> 32),
        equals(bucket, key, keyCount, tag)
      {
        return bucket.numberPlusOne &- 1
      }
      place = (place &+ 1) & mask
    }
    return insert(key, keyCount, hash, tag, place)
  }

  /// Returns the number of a key that may be there, or -1.
  package func find(_ key: Position, _ keyCount: Int, hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let bucket = buckets[place]
      if bucket.numberPlusOne == 0 { return -1 }
      if bucket.hash == UInt32(truncatingIfNeeded: hash >> 32),
        equals(bucket, key, keyCount, nil)
      {
        return Int(bucket.numberPlusOne) - 1
      }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  private func equals(_ bucket: Bucket, _ key: Position, _ keyCount: Int, _ tag: UInt8?) -> Bool {
    var start = text.base + Int(bucket.start)
    var count = Int(bucket.count)
    if let tag {
      guard start.pointee == tag else { return false }
      start += 1
      count -= 1
    }
    return count == keyCount && equalBytes(start, key, keyCount)
  }

  /// Fetches the bucket a lookup begins at.
  @inline(__always)
  func fetchBucket(of hash: UInt64) { prefetch(buckets + Int(truncatingIfNeeded: hash) & mask) }

  /// Fetches the text that a lookup compares first.
  @inline(__always)
  func fetchText(of hash: UInt64) {
    prefetch(text.base + Int(buckets[Int(truncatingIfNeeded: hash) & mask].start))
  }

  /// Fetches where a key's bytes end.
  @inline(__always)
  func fetchEnd(of index: Int) { prefetch(ends.base + index) }

  /// Fetches a key's bytes.
  @inline(__always)
  func fetchText(ofKey index: Int) {
    if index > 0 { prefetch(text.base + Int(ends[index - 1])) }
  }

  /// Forgets all keys; the memory is kept for the next ones.
  mutating func removeAll() {
    if count * 4 > mask {
      buckets.update(repeating: Bucket(), count: mask + 1)
    } else {
      // Few of many: each key stands in the run of buckets that begins where its hash says.
      for number in 0..<count {
        var place = Int(truncatingIfNeeded: hashes[number]) & mask
        while buckets[place].numberPlusOne > 0 {
          buckets[place] = Bucket()
          place = (place + 1) & mask
        }
      }
    }
    hashes.removeAll()
    ends.removeAll()
    text.removeAll()
  }

  @inline(never)
  private mutating func insert(
    _ key: Position, _ keyCount: Int, _ hash: UInt64, _ tag: UInt8?, _ place: Int
  ) -> UInt32 {
    let start = text.count
    if let tag { text.append(tag) }
    text.append(key, keyCount)
    hashes.append(hash)
    ends.append(UInt32(text.count))
    buckets[place] = Bucket(
      hash: UInt32(truncatingIfNeeded: hash >> 32), start: UInt32(start),
      count: UInt32(text.count - start), numberPlusOne: UInt32(count))
    if count * 2 > mask { grow() }
    return UInt32(count - 1)
  }

  private mutating func grow() {
    let old = buckets
    let oldMask = mask
    mask = mask * 2 + 1
    buckets = .allocate(capacity: mask + 1)
    buckets.initialize(repeating: Bucket(), count: mask + 1)
    for place in 0...oldMask where old[place].numberPlusOne > 0 {
      let number = Int(old[place].numberPlusOne) - 1
      var new = Int(truncatingIfNeeded: hashes[number]) & mask
      while buckets[new].numberPlusOne > 0 { new = (new + 1) & mask }
      buckets[new] = old[place]
    }
    old.deallocate()
  }
}
