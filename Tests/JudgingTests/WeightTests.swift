import Chance
import Notation
import Testing

@testable import Definition
@testable import Judging

/// "A contribution is points × weight rounded to a millionth", exactly, whatever the machine.
@Suite("Weights")
struct WeightTests {
  private let weight = Weight()

  private struct Case {
    var aging: Aging
    var points: Micropoints
    var age: Milliseconds
  }

  /// Ages and points as definitions have them, with many that are hard on purpose.
  private func cases(_ count: Int, seed: UInt64) -> [Case] {
    var dice = SeededDice(seed: seed)
    let minute: Milliseconds = 60_000
    return (0..<count).map { index in
      let halfLife: Milliseconds = dice.pick(
        [1, minute, 90 * minute, day, 14 * day, 60 * day, 365 * day])
      let fade: Milliseconds = dice.pick([2, minute, day, 90 * day, 100 * day])
      var aging = Aging()
      if index % 4 != 3 { aging.halfLife = halfLife }
      if index % 4 >= 2 { aging.fade = fade }
      var age = Milliseconds.random(in: 0...400 * day, using: &dice)
      switch index % 7 {
      case 0: age = halfLife * Milliseconds.random(in: 0...53, using: &dice)
      case 1: age = halfLife * Milliseconds.random(in: 0...53, using: &dice) + 1
      case 2: age = max(0, halfLife * Milliseconds.random(in: 0...53, using: &dice) - 1)
      case 3: age = Milliseconds.random(in: 0...fade, using: &dice)
      case 4: age = fade / 2
      default: break
      }
      let size: Micropoints = dice.pick(
        [10, 1000, 1_000_000, 50_000_000, 1_000_000_000_000_000])
      let points = Micropoints.random(in: -size...size, using: &dice)
      return Case(aging: aging, points: points, age: age)
    }
  }

  @Test("the fast path equals the exact one on 100,000 ages and points, ties included")
  func fastIsExact() {
    var ties = 0
    for each in cases(100_000, seed: 1) {
      if let fade = each.aging.fade, each.age >= fade { continue }
      if let halfLife = each.aging.halfLife, each.age / halfLife > 52 { continue }
      let fast = weight.apply(each.aging, to: each.points, age: each.age)
      let exact = Weight.exact(each.aging, each.points, each.age)
      if fast != exact { Issue.record("\(each): \(fast), not \(exact)") }
      if let halfLife = each.aging.halfLife, each.age == halfLife, each.aging.fade == nil,
        each.points % 2 != 0
      {
        ties += 1
      }
    }
    // The dice must have met what is hard.
    #expect(ties > 50)
  }

  @Test("both equal the product of square roots of one half, worked out another way")
  func equalsRoots() {
    for each in cases(20_000, seed: 2) {
      let fast = weight.apply(each.aging, to: each.points, age: each.age)
      let other = SquareRoots.contribution(each.aging, each.points, each.age)
      if fast != other { Issue.record("\(each): \(fast), not \(other)") }
    }
  }

  @Test(
    "`half_life: H` → 2^(−a/H): after exactly n half-lives the n-th half of it",
    arguments: [
      (10_000_000, 0, 10_000_000), (10_000_000, 1, 5_000_000), (10_000_000, 2, 2_500_000),
      (10_000_000, 3, 1_250_000), (1, 1, 1), (-1, 1, -1), (1, 2, 0), (-1, 2, 0), (3, 1, 2),
      (-3, 1, -2), (5, 1, 3), (5, 2, 1), (6, 2, 2), (7, 2, 2), (10_000_000, 7, 78_125),
      (10_000_000, 8, 39_063), (-10_000_000, 8, -39_063), (1 << 52, 52, 1), (1 << 50, 51, 1),
      (1 << 50, 52, 0), (1_000_000_000_000_000, 49, 2), (1_000_000_000_000_000, 50, 1),
      (1_000_000_000_000_000, 51, 0), (1_000_000_000_000_000, 1000, 0),
    ] as [(Micropoints, Milliseconds, Micropoints)])
  func wholeHalfLives(points: Micropoints, count: Milliseconds, expected: Micropoints) {
    for halfLife in [1, 7, 60_000, 60 * day] as [Milliseconds] {
      let aging = Aging(halfLife: halfLife)
      #expect(weight.apply(aging, to: points, age: halfLife * count) == expected)
    }
  }

  @Test(
    "a multiplier of 2^(−days/30): published values",
    arguments: [(0, 1_000_000), (15, 707_107), (30, 500_000), (60, 250_000), (91, 122_145)]
      as [(Milliseconds, Micropoints)])
  func published(days: Milliseconds, expected: Micropoints) {
    #expect(weight.apply(Aging(halfLife: 30 * day), to: 1_000_000, age: days * day) == expected)
  }

  @Test(
    "`fade: F` → max(0, 1 − a/F)",
    arguments: [
      (10_000_000, 90, 0, 10_000_000), (10_000_000, 90, 30, 6_666_667),
      (-10_000_000, 90, 30, -6_666_667), (10_000_000, 90, 89, 111_111), (10_000_000, 90, 90, 0),
      (10_000_000, 90, 91, 0), (10_000_000, 90, 5000, 0), (1, 2, 1, 1), (-1, 2, 1, -1),
      (3, 2, 1, 2), (1, 3, 1, 1), (1, 3, 2, 0), (1_000_000_000_000_000, 3, 1, 666_666_666_666_667),
    ] as [(Micropoints, Milliseconds, Milliseconds, Micropoints)])
  func fading(points: Micropoints, fade: Milliseconds, age: Milliseconds, expected: Micropoints) {
    for unit in [1, day] as [Milliseconds] {
      #expect(weight.apply(Aging(fade: fade * unit), to: points, age: age * unit) == expected)
    }
  }

  @Test("`expires: E` → 0 if a ≥ E; several multiply")
  func expiring() {
    let aging = Aging(halfLife: 10 * day, fade: 40 * day, expires: 20 * day)
    #expect(weight.apply(aging, to: 8_000_000, age: 0) == 8_000_000)
    #expect(weight.apply(aging, to: 8_000_000, age: 10 * day) == 3_000_000)
    #expect(weight.apply(aging, to: 8_000_000, age: 20 * day - 1) == 1_000_000)
    #expect(weight.apply(aging, to: 8_000_000, age: 20 * day) == 0)
    #expect(weight.apply(Aging(expires: day), to: 5, age: day - 1) == 5)
    #expect(weight.apply(Aging(expires: day), to: 5, age: day) == 0)
    #expect(weight.apply(Aging(), to: -5, age: 1000 * day) == -5)
  }

  /// Points x 2^(-a/b) so near to a tie that more than twice their bits decide; a and b, points, and the
  /// whole number as integers tell it: points^b x 2^(b - a) against the b-th power of an odd number.
  @Test(
    "next to a tie the exact product decides, however many bits that takes",
    arguments: [
      (1, 2, 259_717_522_849, 183_648_021_600), (1, 2, 723_573_111_879_672, 511_643_454_094_368),
      (1, 2, 299_713_796_309_065, 211_929_657_785_304),
      (1, 3, 226_102_990_252_139, 179_458_062_289_701),
      (2, 3, 186_454_048_314_072, 117_458_690_154_508),
      (3, 4, 114_359_553_458_837, 67_998_597_320_892),
      (2, 5, 754_913_950_847_015, 572_117_790_794_318),
    ] as [(Milliseconds, Milliseconds, Micropoints, Micropoints)])
  func nextToTies(a: Milliseconds, b: Milliseconds, points: Micropoints, expected: Micropoints) {
    for unit in [1, 60_000, day] as [Milliseconds] {
      let aging = Aging(halfLife: b * unit)
      #expect(weight.apply(aging, to: points, age: a * unit) == expected)
      #expect(weight.apply(aging, to: -points, age: a * unit) == -expected)
    }
  }

  /// Half a half-life and what is left of a fade, made of the halves of Pell's equation x^2 - 2 y^2 = 1 or
  /// -1: y = points x left, and x is an odd number of fades.
  @Test(
    "a product with a fade may lie 2^-133 beside a tie",
    arguments: [
      (409_253_916_720_965, 145, 199), (996_975_159_348_818, 966_516, 120_847_457),
      (964_763_424_719_936, 1_152_598_467, 28_192_453_889),
      (885_877_228_718_021, 248_530_355_918, 249_378_148_601),
      (999_787_216_081_305, 1_283_502_655_512, 1_669_387_866_721),
    ] as [(Micropoints, Milliseconds, Milliseconds)])
  func nextToTies(points: Micropoints, left: Milliseconds, fade: Milliseconds) {
    let y = UInt128(points) * UInt128(left)
    let square = (2 * y).multipliedFullWidth(by: y)
    // The odd number of halves that is nearest: twice the quotient of the square root and the fades.
    let root = squareRoot(square)
    let odd = (root + 1) / UInt128(fade) | 1
    let tie = (odd * UInt128(fade)).multipliedFullWidth(by: odd * UInt128(fade))
    let isAbove = square.high != tie.high ? square.high > tie.high : square.low > tie.low
    let expected = Micropoints(odd / 2) + (isAbove ? 1 : 0)
    let age = fade - left
    let aging = Aging(halfLife: 2 * age, fade: fade)
    #expect(weight.apply(aging, to: points, age: age) == expected)
    #expect(weight.apply(aging, to: -points, age: age) == -expected)
    // The case is as hard as it is said to be.
    let distance = isAbove ? square.low &- tie.low : tie.low &- square.low
    #expect(distance == 1)
  }

  private func squareRoot(_ square: (high: UInt128, low: UInt128)) -> UInt128 {
    var root: UInt128 = 0
    for bit in (0..<127).reversed() {
      let candidate = root | 1 << UInt128(bit)
      let product = candidate.multipliedFullWidth(by: candidate)
      if product.high < square.high || product.high == square.high && product.low <= square.low {
        root = candidate
      }
    }
    return root
  }

  @Test("the table of roots is what the power itself comes to")
  func roots() {
    for index in 1..<256 as Range<UInt64> {
      let power = PowerOfHalf(index, 256, wordCount: 2).scaled
      #expect(Weight.roots[Int(index)] == Double(power.exactly ?? 0) * 0x1p-128)
    }
  }

  @Test("of more words a power has the same first ones, to within what it may be off")
  func moreWords() {
    for (numerator, denominator) in [(1, 2), (1, 3), (9_999_999, 10_000_000)] as [(UInt64, UInt64)]
    {
      let long = PowerOfHalf(numerator, denominator, wordCount: 16)
      for wordCount in 1..<12 {
        let short = PowerOfHalf(numerator, denominator, wordCount: wordCount)
        var (high, low) = (short.scaled, long.scaled.shiftedDown(16 - wordCount))
        high += WideNumber(short.error)
        low += WideNumber(short.error)
        high -= long.scaled.shiftedDown(16 - wordCount)
        low -= short.scaled
        #expect((high.exactly ?? .max) <= 2 * short.error)
        #expect((low.exactly ?? .max) <= 2 * short.error)
      }
    }
  }

  @Test("a contribution never grows with its age")
  func falling() {
    var before: Micropoints = 30_000_000
    for hour in 0...20_000 as ClosedRange<Milliseconds> {
      let now = weight.apply(Aging(halfLife: 60 * day), to: 30_000_000, age: hour * 3_600_000)
      if now > before { Issue.record("\(hour) h: \(now) after \(before)") }
      before = now
    }
    #expect(before == 1978)
  }
}

/// 2^(−x) as a product: each binary digit of x that is 1 brings a root of one half.
private enum SquareRoots {
  /// The square root of one half, the root of that, and so on, × 2^127.
  private static let roots: [UInt128] = {
    var roots: [UInt128] = []
    var square: UInt128 = 1 << 126
    for _ in 0..<120 {
      let root = squareRoot(square)
      roots.append(root)
      square = root
    }
    return roots
  }()

  /// Returns the root of a fraction × 2^127, × 2^127, digit by digit.
  private static func squareRoot(_ value: UInt128) -> UInt128 {
    var root: UInt128 = 0
    for bit in (0..<128).reversed() {
      let candidate = root | 1 << UInt128(bit)
      let square = candidate.multipliedFullWidth(by: candidate)
      // candidate² / 2^127 against the value.
      if square.high < value >> 1 || square.high == value >> 1 && square.low <= value << 127 {
        root = candidate
      }
    }
    return root
  }

  static func contribution(
    _ aging: Aging, _ points: Micropoints, _ age: Milliseconds
  ) -> Micropoints {
    if let fade = aging.fade, age >= fade { return 0 }
    let halvings = aging.halfLife.map { age / $0 } ?? 0
    if halvings > 60 { return 0 }
    var power: UInt128 = 1 << 127
    if let halfLife = aging.halfLife {
      var rest = age % halfLife
      for root in roots where rest > 0 {
        rest *= 2
        guard rest >= halfLife else { continue }
        rest -= halfLife
        let product = power.multipliedFullWidth(by: root)
        power = product.high << 1 | product.low >> 127
      }
    }
    let fade = UInt128(aging.fade ?? 1)
    let left = UInt128(aging.fade.map { $0 - age } ?? 1)
    let wide = (UInt128(points.magnitude) * left).multipliedFullWidth(by: power)
    // Of the 256 bits the highest 120 that are not zero; the half that decides stays among them.
    let bits = wide.high == 0 ? 0 : 128 - wide.high.leadingZeroBitCount
    let shift = UInt128(max(0, bits + 8))
    let short =
      shift >= 128 ? wide.high >> (shift - 128) : wide.low >> shift | wide.high << (128 - shift)
    let places = 127 + UInt128(halvings) - shift
    let magnitude = (((short / fade) >> (places - 1)) + 1) >> 1
    return points < 0 ? -Micropoints(magnitude) : Micropoints(magnitude)
  }
}
