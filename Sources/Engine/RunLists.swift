import Reading

/// The leads of one partition over all sheets, and for each the places of its rows in order.
///
/// A hash table over keys; what is found under one key is chained in the order of sheets, which is
/// that of the log.
struct RunLists {
  private var buckets: [Int32] = []
  private var mask = 0
  private var hashes: [UInt64] = []
  private var firsts: [Int32] = []
  private var lasts: [Int32] = []
  private var places: [KeyPlace] = []
  private var nexts: [Int32] = []

  var leadCount: Int { firsts.count }
  func first(of lead: Int) -> Int { Int(firsts[lead]) }
  func next(_ run: Int) -> Int { Int(nexts[run]) }
  func place(_ run: Int) -> KeyPlace { places[run] }

  /// Collects the keys of a partition, but for accounts and those that `isExcluded` names.
  mutating func collect(
    _ set: SheetSet, _ partition: Int, isExcluded: (Int, Int) -> Bool
  ) {
    let views = set.views
    func range(_ sheet: Int) -> Range<Int> {
      Int(views[sheet].partitions[partition])..<Int(views[sheet].partitions[partition + 1])
    }
    prepare(for: set.sheets.indices.reduce(0) { $0 + range($1).count })
    for sheet in set.sheets.indices {
      let keys = views[sheet].keys
      for key in range(sheet) {
        let bytes = views[sheet].key(key)
        if bytes[0] == Sheet.accountMark || isExcluded(sheet, key) { continue }
        add(
          KeyPlace(sheet: UInt32(sheet), key: UInt32(key)), hash: keys[key].hash, bytes, views)
      }
    }
  }

  private mutating func prepare(for count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    mask = size - 1
    buckets = [Int32](repeating: -1, count: size)
    hashes.removeAll(keepingCapacity: true)
    firsts.removeAll(keepingCapacity: true)
    lasts.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    nexts.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private mutating func add(
    _ place: KeyPlace, hash: UInt64, _ bytes: UnsafeBufferPointer<UInt8>,
    _ views: UnsafePointer<SheetView>
  ) {
    let run = Int32(places.count)
    places.append(place)
    nexts.append(-1)
    // The partition is the hash's top bits; the bucket is its low ones.
    var bucket = Int(truncatingIfNeeded: hash) & mask
    while buckets[bucket] >= 0 {
      let lead = Int(buckets[bucket])
      if hashes[lead] == hash {
        let first = places[Int(firsts[lead])]
        if equal(views[Int(first.sheet)].key(Int(first.key)), bytes) {
          nexts[Int(lasts[lead])] = run
          lasts[lead] = run
          return
        }
      }
      bucket = (bucket &+ 1) & mask
    }
    buckets[bucket] = Int32(firsts.count)
    hashes.append(hash)
    firsts.append(run)
    lasts.append(run)
  }

  @inline(__always)
  private func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for i in 0..<a.count where a[i] != b[i] { return false }
    return true
  }
}
