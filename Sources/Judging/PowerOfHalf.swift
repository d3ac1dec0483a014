/// 2^-x to as many bits as somebody likes, worked out in whole numbers.
struct PowerOfHalf {
  /// The power times 2^64 to the power of `wordCount`.
  let scaled: WideNumber
  let wordCount: Int

  /// How far off it may be, in units of the last place.
  ///
  /// Each of the two series has fewer than 64 terms a word, and each term is rounded down three times at most.
  var error: UInt128 { UInt128(wordCount) * 512 }

  /// `numerator`, `denominator`: x, from 0 up to 1, without 1.
  init(_ numerator: UInt64, _ denominator: UInt64, wordCount: Int) {
    self.wordCount = wordCount
    let unit = WideNumber(1).shiftedUp(wordCount)
    var exponent = PowerOfHalf.logarithmOfTwo(unit) * WideNumber(UInt128(numerator))
    exponent /= denominator
    // exp(-z) = 1 - z + z^2 / 2 - z^3 / 6 + ... with z = x ln 2, of which the sum of all even terms is more
    // than that of all odd ones.
    var (even, odd, term) = (unit, WideNumber(0), unit)
    var number: UInt64 = 1
    while !term.isZero {
      term = (term * exponent).shiftedDown(wordCount)
      term /= number
      if number.isMultiple(of: 2) { even += term } else { odd += term }
      number += 1
    }
    even -= odd
    scaled = even
  }

  /// ln 2 = 2 artanh(1/3) = 2/3 x (1 + 1 / (3 x 9) + 1 / (5 x 9^2) + ...), times a unit.
  private static func logarithmOfTwo(_ unit: WideNumber) -> WideNumber {
    var power = unit
    power += unit
    power /= 3
    var sum = WideNumber(0)
    var number: UInt64 = 1
    while !power.isZero {
      var term = power
      term /= number
      sum += term
      power /= 9
      number += 2
    }
    return sum
  }
}
