/// What sealing needs for a while, kept from sheet to sheet.
struct SealingMemory: ~Copyable {
  /// A key as it is sorted: its hash and its number in the decoder.
  struct Key: BitwiseCopyable {
    var hash: UInt64
    var key: UInt32
    var padding: UInt32 = 0
  }

  /// The keys in the order of the sheet.
  var keys = Scratch<Key>()
  /// Where each of the decoder's keys stands in the sheet.
  package var places = Scratch<UInt32>()
  var partitions: [UInt32] = []
  var rowEnds = Scratch<UInt32>()
  /// The rows of the decoder in the order of the sheet.
  var sources = Scratch<UInt32>()
  private var starts = Scratch<UInt32>()

  /// Puts the keys in the order of their hashes: sheets are joined like sorted lists, each read from
  /// front to back.
  ///
  /// Hashes are even, so dealing keys by their top bits into as many buckets as there are keys leaves
  /// nearly all of them in place.
  mutating func order(_ table: borrowing KeyTable) {
    let count = table.count
    let partitionBits = Sheet.partitionCount.trailingZeroBitCount
    let bits = max(partitionBits, Int.bitWidth - max(count, 1).leadingZeroBitCount)
    let shift = UInt64(64 - bits)
    let bucketCount = 1 << bits
    let starts = starts.room(for: bucketCount + 1)
    starts.update(repeating: 0, count: bucketCount + 1)
    for key in 0..<count { starts[Int(table.hash(key) >> shift) + 1] += 1 }
    for bucket in 0..<bucketCount { starts[bucket + 1] += starts[bucket] }
    partitions = (0...Sheet.partitionCount).map { starts[$0 << (bits - partitionBits)] }

    let keys = keys.room(for: count)
    for key in 0..<count {
      let hash = table.hash(key)
      let bucket = Int(hash >> shift)
      keys[Int(starts[bucket])] = Key(hash: hash, key: UInt32(key))
      starts[bucket] += 1
    }
    for index in stride(from: 1, to: count, by: 1) {
      let key = keys[index]
      var hole = index
      while hole > 0, precedes(key, keys[hole - 1], table) {
        keys[hole] = keys[hole - 1]
        hole -= 1
      }
      keys[hole] = key
    }
    let places = places.room(for: count)
    for index in 0..<count { places[Int(keys[index].key)] = UInt32(index) }
  }

  /// By hash; different keys of one hash by their bytes, so that the order in which they were met
  /// does not show.
  @inline(__always)
  private func precedes(_ a: Key, _ b: Key, _ table: borrowing KeyTable) -> Bool {
    if a.hash != b.hash { return a.hash < b.hash }
    return table.key(Int(a.key)).lexicographicallyPrecedes(table.key(Int(b.key)))
  }
}
