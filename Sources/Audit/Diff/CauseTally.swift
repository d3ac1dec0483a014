/// Causes of changes and what they come to: of the lead at hand, and of all leads so far.
///
/// Causes are numbered as they are met, so that a lead costs no allocation.
struct CauseTally: Sendable {
  private var keys: [CauseKey] = []
  /// By the low bits of a key's hash, a cause's number and one; 0 where there is none.
  private var buckets = [UInt32](repeating: 0, count: 64)
  /// By cause, of the lead at hand.
  private var points: [Int128] = []
  private var isMet: [Bool] = []
  /// The causes met of the lead at hand; some may have come to nothing.
  private var met: [Int] = []
  /// By cause, of all leads.
  private var sums: [Sum] = []

  struct Sum: Sendable {
    /// How many leads it changed.
    var leads = 0
    var points: Int128 = 0
  }

  /// Begins with the next lead.
  mutating func begin() {
    for cause in met {
      points[cause] = 0
      isMet[cause] = false
    }
    met.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func add(_ points: Int128, _ key: CauseKey) {
    if points == 0 { return }
    let cause = number(of: key)
    self.points[cause] += points
    if isMet[cause] { return }
    isMet[cause] = true
    met.append(cause)
  }

  /// Whether the lead at hand has any cause.
  var isEmpty: Bool { met.allSatisfy { points[$0] == 0 } }

  /// The causes of the lead at hand.
  func forEach(_ body: (CauseKey, Int128) -> Void) {
    for cause in met where points[cause] != 0 { body(keys[cause], points[cause]) }
  }

  /// Adds the lead at hand to the sums of all.
  mutating func countLead() {
    for cause in met where points[cause] != 0 {
      sums[cause].leads += 1
      sums[cause].points += points[cause]
    }
  }

  /// The sums of all leads, of the causes that changed any.
  var all: [CauseKey: Sum] {
    Dictionary(
      uniqueKeysWithValues: keys.indices.filter { sums[$0].leads > 0 }.map { (keys[$0], sums[$0]) })
  }

  @inline(__always)
  private mutating func number(of key: CauseKey) -> Int {
    var bucket = place(of: key)
    while buckets[bucket] != 0 {
      let cause = Int(buckets[bucket] - 1)
      if keys[cause] == key { return cause }
      bucket = (bucket + 1) & (buckets.count - 1)
    }
    return insert(key)
  }

  @inline(__always)
  private func place(of key: CauseKey) -> Int {
    let hash = key.bits &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: hash >> 32) & (buckets.count - 1)
  }

  @inline(never)
  private mutating func insert(_ key: CauseKey) -> Int {
    keys.append(key)
    points.append(0)
    isMet.append(false)
    sums.append(Sum())
    if keys.count * 2 > buckets.count {
      buckets = [UInt32](repeating: 0, count: buckets.count * 2)
      for cause in keys.indices { enter(cause) }
    } else {
      enter(keys.count - 1)
    }
    return keys.count - 1
  }

  private mutating func enter(_ cause: Int) {
    var bucket = place(of: keys[cause])
    while buckets[bucket] != 0 { bucket = (bucket + 1) & (buckets.count - 1) }
    buckets[bucket] = UInt32(cause + 1)
  }
}
