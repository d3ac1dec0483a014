import Definition

/// Finds a member's slot by its name: a perfect-enough hash of length, first and last eight bytes.
struct MemberTable {
  private struct Entry {
    package var name: UnsafeMutablePointer<UInt8>
    var count: Int
    var slot: Int
  }

  private let entries: UnsafeMutablePointer<Entry>
  private let buckets: UnsafeMutablePointer<Int32>
  private let mask: Int
  private let entryCount: Int

  /// `names`: slot `firstSlot + i` is that of `names[i]`; names differ.
  init(_ names: [String], firstSlot: Int = 0) {
    var size = 8
    while size < names.count * 4 { size *= 2 }
    mask = size - 1
    entryCount = names.count
    entries = .allocate(capacity: max(names.count, 1))
    buckets = .allocate(capacity: size)
    buckets.initialize(repeating: -1, count: size)
    for (i, name) in names.enumerated() {
      let bytes = Array(name.utf8)
      // Eight bytes of room behind the name let it be loaded as the lines are.
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 8)
      copy.initialize(repeating: 0, count: bytes.count + 8)
      copy.update(from: bytes, count: bytes.count)
      entries[i] = Entry(name: copy, count: bytes.count, slot: firstSlot + i)
      var bucket = hash(copy, bytes.count) & mask
      while buckets[bucket] >= 0 { bucket = (bucket + 1) & mask }
      buckets[bucket] = Int32(i)
    }
  }

  /// Returns the slot of a name, or -1.
  @inline(__always)
  func slot(_ name: Position, _ count: Int) -> Int {
    var bucket = hash(name, count) & mask
    while true {
      let index = buckets[bucket]
      if index < 0 { return -1 }
      let entry = entries[Int(index)]
      if entry.count == count, equalBytes(entry.name, name, count) { return entry.slot }
      bucket = (bucket + 1) & mask
    }
  }

  func deallocate() {
    for i in 0..<entryCount { entries[i].name.deallocate() }
    entries.deallocate()
    buckets.deallocate()
  }

  @inline(__always)
  private func hash(_ name: Position, _ count: Int) -> Int {
    var word = loadPrefix(name, count)
    if count > 8 { word = word &* 31 ^ loadPrefix(name + (count - 8), 8) }
    word = (word ^ UInt64(truncatingIfNeeded: count)) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: word >> 40)
  }
}

/// Whether two texts of one length are the same.
@inlinable @inline(__always)
public func equalBytes(
  _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int
) -> Bool {
  let (a, b) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  if count >= 8 {
    var i = 0
    while i &+ 8 < count {
      if !isEqual(a + i, b + i, UInt64.self) { return false }
      i &+= 8
    }
    // The last word has some bytes of the one before.
    return isEqual(a + (count &- 8), b + (count &- 8), UInt64.self)
  }
  if count >= 4 {
    return isEqual(a, b, UInt32.self) && isEqual(a + (count &- 4), b + (count &- 4), UInt32.self)
  }
  var i = 0
  while i < count {
    if !isEqual(a + i, b + i, UInt8.self) { return false }
    i &+= 1
  }
  return true
}

@inlinable @inline(__always)
func isEqual<Word: FixedWidthInteger & BitwiseCopyable>(
  _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _: Word.Type
) -> Bool {
  a.loadUnaligned(as: Word.self) == b.loadUnaligned(as: Word.self)
}
