import Snapshots

/// Where a lead stands among the parts of the fold.
struct LeadPlace: BitwiseCopyable, Sendable {
  /// The beginning of its key.
  var prefix: UInt64
  var part: Int32
  var row: Int32
}

extension CellTable {
  /// The rows in the order of their keys.
  func places(part: Int) -> [LeadPlace] {
    (0..<count).map { row in
      LeadPlace(prefix: keyPrefix(keys[row]), part: Int32(part), row: Int32(row))
    }.sorted { a, b in
      a.prefix != b.prefix
        ? a.prefix < b.prefix : precedes(keys[Int(a.row)], keys[Int(b.row)])
    }
  }
}

/// Cuts all leads into consecutive ranges of their keys' order, so that each can be merged from
/// the sorted parts, and written, on its own.
struct LeadOrder {
  private let leads: JudgedLeads
  /// By part, where each range begins in the part's order.
  private let cuts: [[Int]]
  let rangeCount: Int

  init(_ leads: JudgedLeads, leadsPerRange: Int = 8192) {
    self.leads = leads
    let rangeCount = max(1, leads.count / leadsPerRange)
    self.rangeCount = rangeCount
    // Bounds from an even sample of every part's order; they only steer how even the ranges are.
    let step = max(1, leads.count / (rangeCount * 16))
    var sample: [LeadPlace] = []
    for order in leads.orders {
      for index in stride(from: step / 2, to: order.count, by: step) { sample.append(order[index]) }
    }
    sample.sort { LeadOrder.precedes($0, $1, leads) }
    let bounds = (1..<rangeCount).compactMap { range in
      sample.isEmpty ? nil : sample[range * sample.count / rangeCount]
    }
    cuts = leads.orders.map { order in
      [0] + bounds.map { LeadOrder.count(before: $0, in: order, leads) } + [order.count]
    }
  }

  /// How many leads of a part come before a bound.
  private static func count(
    before bound: LeadPlace, in order: [LeadPlace], _ leads: JudgedLeads
  ) -> Int {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(order[middle], bound, leads) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The leads of one range, in order.
  func places(inRange range: Int) -> [LeadPlace] {
    var places: [LeadPlace] = []
    for (part, cuts) in cuts.enumerated() where range + 1 < cuts.count {
      places += leads.orders[part][cuts[range]..<cuts[range + 1]]
    }
    // The parts come one sorted run after another, which the sort makes use of.
    places.sort { LeadOrder.precedes($0, $1, leads) }
    return places
  }

  @inline(__always)
  private static func precedes(_ a: LeadPlace, _ b: LeadPlace, _ leads: JudgedLeads) -> Bool {
    a.prefix != b.prefix
      ? a.prefix < b.prefix
      : Snapshots.precedes(
        leads.parts[Int(a.part)].keys[Int(a.row)], leads.parts[Int(b.part)].keys[Int(b.row)])
  }
}
