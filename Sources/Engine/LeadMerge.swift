import Reading

/// Joins the sheets' keys of one partition into leads, like sorted lists: the lead with the lowest
/// hash first, its places in the order of sheets, which is that of the log.
///
/// Every sheet is read from front to back, so that memory is fetched before it is asked for.
struct LeadMerge {
  fileprivate struct Cursor: BitwiseCopyable {
    var hash: UInt64
    var sheet: UInt32
    var key: UInt32
  }

  /// A heap: the cursor with the lowest (hash, sheet) first.
  private var heap: [Cursor] = []
  private var ends: [UInt32] = []
  /// The places of keys that share a hash, by far mostly of one lead.
  private var sameHash: [KeyPlace] = []
  private var lead: [KeyPlace] = []

  /// Calls back for every lead of a partition, but for accounts and excluded keys.
  mutating func forEachLead(
    _ set: SheetSet, _ partition: Int, isExcluded: (Int, Int) -> Bool, _ body: ([KeyPlace]) -> Void
  ) {
    let views = set.views
    heap.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for sheet in set.sheets.indices {
      let start = views[sheet].partitions[partition]
      let end = views[sheet].partitions[partition + 1]
      ends.append(end)
      if start < end {
        heap.append(
          Cursor(hash: views[sheet].keys[Int(start)].hash, sheet: UInt32(sheet), key: start))
      }
    }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
    while let first = heap.first {
      sameHash.removeAll(keepingCapacity: true)
      while let next = heap.first, next.hash == first.hash {
        if !isExcluded(Int(next.sheet), Int(next.key)),
          views[Int(next.sheet)].key(Int(next.key)).first != Sheet.accountMark
        {
          sameHash.append(KeyPlace(sheet: next.sheet, key: next.key))
        }
        advance(views)
      }
      deliver(views, body)
    }
  }

  /// Moves the first cursor to its sheet's next key, or takes it out.
  @inline(__always)
  private mutating func advance(_ views: UnsafePointer<SheetView>) {
    let sheet = Int(heap[0].sheet)
    heap[0].key += 1
    if heap[0].key < ends[sheet] {
      heap[0].hash = views[sheet].keys[Int(heap[0].key)].hash
    } else {
      let last = heap.removeLast()
      if heap.isEmpty { return }
      heap[0] = last
    }
    sink(0)
  }

  @inline(__always)
  private mutating func sink(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var index = start
      let moving = heap[index]
      while true {
        var child = 2 * index + 1
        if child >= heap.count { break }
        if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
        if !(heap[child] < moving) { break }
        heap[index] = heap[child]
        index = child
      }
      heap[index] = moving
    }
  }

  /// Hands on what shares a hash: one lead, unless different keys have the same hash.
  @inline(__always)
  private mutating func deliver(_ views: UnsafePointer<SheetView>, _ body: ([KeyPlace]) -> Void) {
    guard let first = sameHash.first else { return }
    let key = views[Int(first.sheet)].key(Int(first.key))
    if sameHash.dropFirst().allSatisfy({ equal(views[Int($0.sheet)].key(Int($0.key)), key) }) {
      body(sameHash)
    } else {
      deliverApart(views, body)
    }
  }

  @inline(never)
  private mutating func deliverApart(
    _ views: UnsafePointer<SheetView>, _ body: ([KeyPlace]) -> Void
  ) {
    var rest = sameHash
    while let first = rest.first {
      let key = views[Int(first.sheet)].key(Int(first.key))
      body(rest.filter { equal(views[Int($0.sheet)].key(Int($0.key)), key) })
      rest.removeAll { equal(views[Int($0.sheet)].key(Int($0.key)), key) }
    }
  }
}

extension LeadMerge.Cursor {
  @inline(__always)
  fileprivate static func < (a: Self, b: Self) -> Bool {
    a.hash != b.hash ? a.hash < b.hash : a.sheet < b.sheet
  }
}

@inline(__always)
private func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  for i in 0..<a.count where a[i] != b[i] { return false }
  return true
}
