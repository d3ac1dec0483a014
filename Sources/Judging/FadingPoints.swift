import Definition
import Notation

/// The points that one rule gave, all of them gains or all losses, in the order of time.
///
/// Which occurrences pass the gates depends on nothing but what came before them. So at any time it is
/// those up to then, and what they come to can only shrink until the next one comes.
final class FadingPoints: Sendable {
  let rule: Int
  let isLoss: Bool
  private let curve: AgingCurve
  private let weight: Weight
  private let times: [Milliseconds]
  /// Without their sign, as all sums here.
  private let points: [Micropoints]
  /// What all before each one come to, and all of them; where nothing fades.
  private let sums: [Int128]
  private let blocks: [FadingBlock]
  /// Points as if they had been given at the time of their block; where they fade.
  private let scaled: [Double]
  /// How much later than its block's time each was given; where they fade to a day.
  private let offsets: [Double]

  /// `times`: in order.
  init(
    rule: Int, isLoss: Bool, _ curve: AgingCurve, _ weight: Weight, times: [Milliseconds],
    points: [Micropoints]
  ) {
    self.rule = rule
    self.isLoss = isLoss
    self.curve = curve
    self.weight = weight
    self.times = times
    self.points = points
    guard curve.halfLife > 0 || curve.fade > 0 else {
      var sum: Int128 = 0
      sums =
        [0]
        + points.map { points in
          sum += Int128(points)
          return sum
        }
      (blocks, scaled, offsets) = ([], [], [])
      return
    }
    sums = []
    let blocks = FadingBlock.blocks(times, curve)
    self.blocks = blocks
    scaled = blocks.flatMap { block in
      block.places.map { place in
        Double(points[place]) / weight.power(of: curve, age: times[place] - block.time)
      }
    }
    offsets =
      curve.fade == 0
      ? [] : blocks.flatMap { block in block.places.map { Double(times[$0] - block.time) } }
  }

  /// What is left at a time of what was given up to another, which is not later.
  ///
  /// `enough`: where it comes to this much, how much more is not worked out.
  func total(
    at time: Milliseconds, givenUpTo latest: Milliseconds, enough: Int128?
  ) -> Int128 {
    let end = count(upTo: latest)
    let first = curve.end == .max ? 0 : count(upTo: time - curve.end)
    guard first < end else { return 0 }
    if blocks.isEmpty { return sums[end] - sums[first] }
    var total: Int128 = 0
    // The latest weigh most.
    var number = FadingBlock.index(of: end - 1, in: blocks)
    while true {
      let block = blocks[number]
      let places = max(first, block.places.lowerBound)..<min(end, block.places.upperBound)
      let youngest = time - times[places.upperBound - 1]
      // Points have at most 50 bits: what is halved 52 times rounds to 0, and so does all before it.
      if curve.halfLife > 0, curve.halvings(at: youngest).0 > 52 { return total }
      total += left(places, of: block, at: time)
      if places.lowerBound == first || enough.map({ total >= $0 }) ?? false { return total }
      number -= 1
    }
  }

  /// What was given at a time.
  func given(at time: Milliseconds) -> Int128 {
    (count(upTo: time - 1)..<count(upTo: time)).reduce(0) { $0 + Int128(points[$1]) }
  }

  /// How many were given up to a time.
  private func count(upTo time: Milliseconds) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func left(
    _ places: Range<Int>, of block: FadingBlock, at time: Milliseconds
  ) -> Int128 {
    let age = time - block.time
    var factor = curve.halfLife > 0 ? weight.power(of: curve, age: age) : 1
    if curve.fade > 0 { factor *= curve.perFade }
    // Points as scaled, the factor and their products are good to 48 x 2^-53, so that the exact product lies
    // between these two. Where both round alike, so does it.
    let bounds = (least: factor * (1 - 0x1p-46), most: factor * (1 + 0x1p-46))
    let sums = scaled.withUnsafeBufferPointer { scaled in
      let scaled = UnsafeBufferPointer(rebasing: scaled[places])
      if curve.fade == 0 { return roundedSums(scaled, bounds) }
      return offsets.withUnsafeBufferPointer { offsets in
        roundedSums(
          scaled, UnsafeBufferPointer(rebasing: offsets[places]),
          left: Double(curve.fade - age), bounds)
      }
    }
    if sums.least == sums.most { return Int128(sums.least) }
    return places.reduce(0) { sum, place in
      let age = time - times[place]
      return sum
        + Int128(
          weight.apply(
            weight.factor(of: curve, age: age), curve.aging, to: points[place], age: age))
    }
  }
}

/// Consecutive occurrences whose points are scaled to one time, that of the first of them.
private struct FadingBlock: Sendable {
  var places: Range<Int>
  var time: Milliseconds

  /// So many that taking a block up costs little beside adding it up.
  private static let countMax = 512
  /// A scaled number has room for 1,000 doublings beside its own 50 bits.
  private static let halvingsMax: Int64 = 64

  static func blocks(_ times: [Milliseconds], _ curve: AgingCurve) -> [FadingBlock] {
    var blocks: [FadingBlock] = []
    var first = 0
    for place in times.indices {
      let age = times[place] - times[first]
      if place - first == countMax
        || curve.halfLife > 0 && curve.halvings(at: age).0 >= halvingsMax
      {
        blocks.append(FadingBlock(places: first..<place, time: times[first]))
        first = place
      }
    }
    if first < times.count {
      blocks.append(FadingBlock(places: first..<times.count, time: times[first]))
    }
    return blocks
  }

  /// The block that an occurrence stands in.
  static func index(of place: Int, in blocks: [FadingBlock]) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].places.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Weight {
  /// 2^(-age / half-life), or 1 without one, to 20 x 2^-53 of it.
  ///
  /// `age`: up to 1,000 half-lives.
  fileprivate func power(of curve: AgingCurve, age: Milliseconds) -> Double {
    guard curve.halfLife > 0 else { return 1 }
    let (halvings, rest) = curve.halvings(at: age)
    return root(Double(rest) * curve.perHalfLife)
      * Double(bitPattern: UInt64(bitPattern: 1023 &- halvings) &<< 52)
  }
}

/// Numbers of this size have no fraction, so that adding one rounds; in units of its last bit, what the sum is
/// more than it is the whole number.
private let rounder = 0x1.8p52

private typealias Lanes = SIMD8<Double>

/// Adds up products, each rounded to a whole number: once with the least factor, once with the most.
///
/// No product has more than 51 bits.
private func roundedSums(
  _ scaled: UnsafeBufferPointer<Double>, _ factor: (least: Double, most: Double)
) -> (least: Int64, most: Int64) {
  guard let base = scaled.baseAddress else { return (0, 0) }
  var (least, most) = (SIMD8<Int64>.zero, SIMD8<Int64>.zero)
  let lanesEnd = scaled.count & ~7
  for place in stride(from: 0, to: lanesEnd, by: 8) {
    let values = UnsafeRawPointer(base + place).loadUnaligned(as: Lanes.self)
    least &+= unsafeBitCast(values * factor.least + rounder, to: SIMD8<Int64>.self)
    most &+= unsafeBitCast(values * factor.most + rounder, to: SIMD8<Int64>.self)
  }
  var (leastSum, mostSum) = (least.wrappedSum(), most.wrappedSum())
  for place in lanesEnd..<scaled.count {
    leastSum &+= Int64(bitPattern: (base[place] * factor.least + rounder).bitPattern)
    mostSum &+= Int64(bitPattern: (base[place] * factor.most + rounder).bitPattern)
  }
  let excess = Int64(scaled.count) &* Int64(bitPattern: rounder.bitPattern)
  return (leastSum &- excess, mostSum &- excess)
}

/// The same where points fade to a day: what is left of the time until then multiplies.
///
/// `left`: what is left of it for points that were given at the time of the block.
private func roundedSums(
  _ scaled: UnsafeBufferPointer<Double>, _ offsets: UnsafeBufferPointer<Double>, left: Double,
  _ factor: (least: Double, most: Double)
) -> (least: Int64, most: Int64) {
  guard let base = scaled.baseAddress, let offset = offsets.baseAddress else { return (0, 0) }
  var (least, most) = (SIMD8<Int64>.zero, SIMD8<Int64>.zero)
  let lanesEnd = scaled.count & ~7
  for place in stride(from: 0, to: lanesEnd, by: 8) {
    let values =
      UnsafeRawPointer(base + place).loadUnaligned(as: Lanes.self)
      * (UnsafeRawPointer(offset + place).loadUnaligned(as: Lanes.self) + left)
    least &+= unsafeBitCast(values * factor.least + rounder, to: SIMD8<Int64>.self)
    most &+= unsafeBitCast(values * factor.most + rounder, to: SIMD8<Int64>.self)
  }
  var (leastSum, mostSum) = (least.wrappedSum(), most.wrappedSum())
  for place in lanesEnd..<scaled.count {
    let value = base[place] * (offset[place] + left)
    leastSum &+= Int64(bitPattern: (value * factor.least + rounder).bitPattern)
    mostSum &+= Int64(bitPattern: (value * factor.most + rounder).bitPattern)
  }
  let excess = Int64(scaled.count) &* Int64(bitPattern: rounder.bitPattern)
  return (leastSum &- excess, mostSum &- excess)
}
