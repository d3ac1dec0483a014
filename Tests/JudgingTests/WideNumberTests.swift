import Chance
import Testing

@testable import Judging

@Suite("Numbers of any size")
struct WideNumberTests {
  private static func number(_ words: [UInt64]) -> WideNumber {
    words.reversed().reduce(WideNumber(0)) { sum, word in
      var next = sum.shiftedUp(1)
      next += WideNumber(UInt128(word))
      return next
    }
  }

  @Test("sums, differences, products and quotients are those of 128 bits where these hold them")
  func agreesWithWords() {
    var dice = SeededDice(seed: 11)
    for _ in 0..<5000 {
      let a =
        UInt128.random(in: 0...UInt128.max, using: &dice)
        >> UInt128.random(in: 1...127, using: &dice)
      let b =
        UInt128.random(in: 0...UInt128.max, using: &dice)
        >> UInt128.random(in: 1...127, using: &dice)
      var sum = WideNumber(a)
      sum += WideNumber(b)
      #expect(sum.exactly == a + b)
      var difference = WideNumber(max(a, b))
      difference -= WideNumber(min(a, b))
      #expect(difference.exactly == max(a, b) - min(a, b))
      #expect(difference.isZero == (a == b))
      let product = a.multipliedFullWidth(by: b)
      #expect((WideNumber(a) * WideNumber(b)).exactly == (product.high == 0 ? product.low : nil))
      #expect((WideNumber(a) * WideNumber(b)).shiftedDown(2).exactly == product.high)
      let divisor =
        UInt64.random(in: 1...UInt64.max, using: &dice) >> UInt64.random(in: 0...63, using: &dice)
      var quotient = WideNumber(a)
      quotient /= max(divisor, 1)
      #expect(quotient.exactly == a / UInt128(max(divisor, 1)))
    }
  }

  @Test("what carries through many words carries to the end, and back")
  func carries() {
    let ones = [UInt64](repeating: .max, count: 5)
    var sum = Self.number(ones)
    sum += WideNumber(1)
    #expect(sum.shiftedDown(5).exactly == 1)
    #expect(sum.shiftedDown(3).exactly == nil)
    sum -= WideNumber(1)
    for word in 0..<5 {
      #expect(sum.shiftedDown(word).exactly == nil || word > 2)
    }
    #expect(sum.shiftedDown(3).exactly == .max)
    // (2^320 - 1)^2 = 2^640 - 2^321 + 1
    var square = sum * sum
    square += Self.number([0, 0, 0, 0, 0, 2])
    square -= WideNumber(1)
    #expect(square.shiftedDown(10).exactly == 1)
    square -= WideNumber(1).shiftedUp(10)
    #expect(square.isZero)
  }
}
