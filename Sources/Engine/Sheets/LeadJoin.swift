import Identity
import Reading

/// Joins the sheets' keys of one partition into leads.
///
/// A partition is joined in ranges of hashes, each so small that its keys, and the table it is joined
/// by, fit the processor's cache. That table keeps the order of hashes, which is the order of keys in
/// every sheet: leads come out so that each sheet is read from front to back.
package struct LeadJoin: ~Copyable {
  /// Not private: the compiler (6.3.1, debug) fails in whoever owns a join.
  struct Lead: BitwiseCopyable {
    var hash: UInt64
    var first: KeyPlace
    var placeCount: UInt32
    /// Where its places begin; once they are placed, where they end.
    var places: UInt32
  }

  /// The number of a lead and one, or 0.
  private var buckets = Scratch<UInt32>()
  private var leads = Scratch<Lead>()
  /// The lead of each key, or `nobody`.
  private var leadOfKey = Scratch<UInt32>()
  private var places = Scratch<KeyPlace>()
  /// By sheet, the first key of the range at hand, and of the next.
  private var firsts = Scratch<UInt32>()
  private var ends = Scratch<UInt32>()

  private static let nobody = UInt32.max
  private static let keysPerRange = 1 << 14
  /// So few sheets are joined like sorted lists, without a table.
  private static let listCountMax = 4

  package init() {}

  /// Calls back for every lead of a partition with its places, in the order of sheets, which is that
  /// of the log; accounts and keys that stand in groups are left out.
  package mutating func forEachLead(
    _ set: SheetSet, _ partition: Int, excluding excluded: KeyMarks,
    _ body: (UnsafeBufferPointer<KeyPlace>) -> Void
  ) {
    let views = set.views
    let sheetCount = set.sheets.count
    if sheetCount <= LeadJoin.listCountMax {
      joinLists(views, sheetCount, partition, excluding: excluded, body)
      return
    }
    let ends = ends.room(for: sheetCount)
    var keyCount = 0
    for sheet in 0..<sheetCount {
      ends[sheet] = views[sheet].partitions[partition]
      keyCount += Int(views[sheet].partitions[partition + 1] - ends[sheet])
    }
    // Hashes are even, so halving the range halves the keys.
    var rangeBits = UInt64(0)
    while keyCount >> Int(rangeBits) > LeadJoin.keysPerRange { rangeBits += 1 }
    let prefixBits = LeadJoin.partitionBits + rangeBits
    let firsts = firsts.room(for: sheetCount)
    for range in 0..<(UInt64(1) << rangeBits) {
      let last = (UInt64(partition) << rangeBits + range + 1) << (64 - prefixBits) &- 1
      var rangeKeyCount = 0
      for sheet in 0..<sheetCount {
        firsts[sheet] = ends[sheet]
        ends[sheet] = views[sheet].key(
          behind: last, ends[sheet]..<views[sheet].partitions[partition + 1])
        rangeKeyCount += Int(ends[sheet] - firsts[sheet])
      }
      if rangeKeyCount == 0 { continue }
      joinRange(
        views, sheetCount, keyCount: rangeKeyCount, prefixBits: prefixBits, excluding: excluded,
        body)
    }
  }

  private static let partitionBits = UInt64(Sheet.partitionCount.trailingZeroBitCount)

  /// Joins a whole partition hash by hash.
  @inline(__always)
  private mutating func joinLists(
    _ views: UnsafePointer<SheetView>, _ sheetCount: Int, _ partition: Int,
    excluding excluded: KeyMarks, _ body: (UnsafeBufferPointer<KeyPlace>) -> Void
  ) {
    let (next, ends) = (firsts.room(for: sheetCount), ends.room(for: sheetCount))
    var keyCount = 0
    for sheet in 0..<sheetCount {
      next[sheet] = views[sheet].partitions[partition]
      ends[sheet] = views[sheet].partitions[partition + 1]
      keyCount += Int(ends[sheet] - next[sheet])
    }
    let places = places.room(for: keyCount)
    while true {
      var lowest: UInt64?
      for sheet in 0..<sheetCount where next[sheet] < ends[sheet] {
        let hash = views[sheet].keys[Int(next[sheet])].hash
        lowest = min(hash, lowest ?? hash)
      }
      guard let lowest else { return }
      var placeCount = 0
      for sheet in 0..<sheetCount {
        while next[sheet] < ends[sheet], views[sheet].keys[Int(next[sheet])].hash == lowest {
          if !excluded.contains(sheet, Int(next[sheet])) {
            places[placeCount] = KeyPlace(sheet: UInt32(sheet), key: next[sheet])
            placeCount += 1
          }
          next[sheet] += 1
        }
      }
      forEachKey(views, placeCount, body)
    }
  }

  /// Tells places of one hash apart by their keys.
  @inline(__always)
  private func forEachKey(
    _ views: UnsafePointer<SheetView>, _ placeCount: Int,
    _ body: (UnsafeBufferPointer<KeyPlace>) -> Void
  ) {
    let places = places.base
    var first = 0
    while first < placeCount {
      var end = first + 1
      for place in (first + 1)..<placeCount
      where isSameKey(views, places[first], places[place]) {
        // Those between, of other keys, move up and stay in order.
        let same = places[place]
        for other in stride(from: place, to: end, by: -1) { places[other] = places[other - 1] }
        places[end] = same
        end += 1
      }
      body(UnsafeBufferPointer(start: places + first, count: end - first))
      first = end
    }
  }

  /// `prefixBits`: how many of the highest bits are alike in all hashes of the range.
  @inline(__always)
  private mutating func joinRange(
    _ views: UnsafePointer<SheetView>, _ sheetCount: Int, keyCount: Int, prefixBits: UInt64,
    excluding excluded: KeyMarks, _ body: (UnsafeBufferPointer<KeyPlace>) -> Void
  ) {
    let (firsts, ends) = (firsts.base, ends.base)
    let bits = Int.bitWidth - keyCount.leadingZeroBitCount + 1
    let mask = 1 << bits - 1
    let buckets = buckets.room(for: mask + 1)
    buckets.update(repeating: 0, count: mask + 1)
    let leads = leads.room(for: keyCount)
    let leadOfKey = leadOfKey.room(for: keyCount)
    var leadCount = 0
    var index = 0
    for sheet in 0..<sheetCount {
      let view = views + sheet
      for key in firsts[sheet]..<ends[sheet] {
        defer { index += 1 }
        if excluded.contains(sheet, Int(key)) {
          leadOfKey[index] = LeadJoin.nobody
          continue
        }
        let hash = view.pointee.keys[Int(key)].hash
        let place = KeyPlace(sheet: UInt32(sheet), key: key)
        // The bits below those that are alike keep the order.
        var bucket = Int(truncatingIfNeeded: (hash << prefixBits) >> UInt64(64 - bits))
        while true {
          let number = buckets[bucket]
          if number == 0 {
            leads[leadCount] = Lead(hash: hash, first: place, placeCount: 1, places: 0)
            leadOfKey[index] = UInt32(leadCount)
            leadCount += 1
            buckets[bucket] = UInt32(leadCount)
            break
          }
          let lead = leads + Int(number - 1)
          if lead.pointee.hash == hash, isSameKey(views, lead.pointee.first, place) {
            lead.pointee.placeCount += 1
            leadOfKey[index] = number - 1
            break
          }
          bucket = (bucket + 1) & mask
        }
      }
    }
    place(sheetCount, keyCount: keyCount, mask)
    let places = UnsafePointer(self.places.base)
    for bucket in 0...mask where buckets[bucket] > 0 {
      let lead = leads[Int(buckets[bucket] - 1)]
      body(
        UnsafeBufferPointer(
          start: places + Int(lead.places - lead.placeCount), count: Int(lead.placeCount)))
    }
  }

  /// Puts the places of each lead together, leads in the order of the table.
  private mutating func place(_ sheetCount: Int, keyCount: Int, _ mask: Int) {
    let (buckets, leads, leadOfKey) = (buckets.base, leads.base, leadOfKey.base)
    let (firsts, ends) = (firsts.base, ends.base)
    var end: UInt32 = 0
    for bucket in 0...mask where buckets[bucket] > 0 {
      let lead = leads + Int(buckets[bucket] - 1)
      lead.pointee.places = end
      end += lead.pointee.placeCount
    }
    let places = places.room(for: keyCount)
    var index = 0
    for sheet in 0..<sheetCount {
      for key in firsts[sheet]..<ends[sheet] {
        defer { index += 1 }
        guard leadOfKey[index] != LeadJoin.nobody else { continue }
        let lead = leads + Int(leadOfKey[index])
        places[Int(lead.pointee.places)] = KeyPlace(sheet: UInt32(sheet), key: key)
        lead.pointee.places += 1
      }
    }
  }

  /// Whether two places of one hash have the same key; different keys of one hash are rare, not
  /// impossible.
  @inline(__always)
  private func isSameKey(
    _ views: UnsafePointer<SheetView>, _ a: KeyPlace, _ b: KeyPlace
  ) -> Bool {
    let keyA = views[Int(a.sheet)].key(Int(a.key))
    let keyB = views[Int(b.sheet)].key(Int(b.key))
    guard keyA.count == keyB.count, let startA = keyA.baseAddress, let startB = keyB.baseAddress
    else { return false }
    return equalBytes(startA, startB, keyA.count)
  }
}

/// Marks on keys of sheets, a bit each.
package final class KeyMarks: @unchecked Sendable {
  private let bits: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>
  private let sheetCount: Int

  /// Begins with the keys of accounts marked, unless told otherwise.
  package init(_ sheets: [Sheet], marksAccounts: Bool = true) {
    sheetCount = sheets.count
    bits = .allocate(capacity: max(1, sheetCount))
    for (index, sheet) in sheets.enumerated() {
      let wordCount = sheet.keyCount / 64 + 1
      let words = UnsafeMutablePointer<UInt64>.allocate(capacity: wordCount)
      words.initialize(repeating: 0, count: wordCount)
      (bits + index).initialize(to: words)
      if marksAccounts { for key in sheet.accountKeys { mark(index, Int(key)) } }
    }
  }

  deinit {
    for sheet in 0..<sheetCount { bits[sheet].deallocate() }
    bits.deallocate()
  }

  /// Marks a key; before workers share the marks.
  package func mark(_ sheet: Int, _ key: Int) { bits[sheet][key >> 6] |= 1 << UInt64(key & 63) }

  /// Takes a mark away; before workers share the marks.
  func unmark(_ sheet: Int, _ key: Int) { bits[sheet][key >> 6] &= ~(1 << UInt64(key & 63)) }

  @inline(__always)
  package func contains(_ sheet: Int, _ key: Int) -> Bool {
    bits[sheet][key >> 6] >> UInt64(key & 63) & 1 == 1
  }
}
