/// A whole number of any size, 0 or more, for the few that 128 bits do not hold.
struct WideNumber {
  /// The lowest first, the highest not 0.
  private var words: [UInt64]

  init(_ value: UInt128) {
    words = [UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64)]
    trim()
  }

  private mutating func trim() {
    while words.last == 0 { words.removeLast() }
  }

  var isZero: Bool { words.isEmpty }

  /// The number itself where 128 bits hold it.
  var exactly: UInt128? {
    if words.count > 2 { return nil }
    return words.reversed().reduce(0) { $0 << 64 | UInt128($1) }
  }

  /// 2^64 to the power of `wordCount` times this.
  func shiftedUp(_ wordCount: Int) -> WideNumber {
    var result = self
    if !isZero { result.words.insert(contentsOf: repeatElement(0, count: wordCount), at: 0) }
    return result
  }

  /// This divided by 2^64 to the power of `wordCount`, rounded down.
  func shiftedDown(_ wordCount: Int) -> WideNumber {
    var result = self
    result.words.removeFirst(min(wordCount, words.count))
    return result
  }

  func isLess(than other: WideNumber) -> Bool {
    if words.count != other.words.count { return words.count < other.words.count }
    return words.reversed().lexicographicallyPrecedes(other.words.reversed())
  }

  static func += (sum: inout WideNumber, other: WideNumber) {
    var carry: UInt64 = 0
    for index in 0..<max(sum.words.count, other.words.count) {
      if index == sum.words.count { sum.words.append(0) }
      let (half, first) = sum.words[index].addingReportingOverflow(carry)
      let more = index < other.words.count ? other.words[index] : 0
      let (word, second) = half.addingReportingOverflow(more)
      sum.words[index] = word
      carry = first || second ? 1 : 0
    }
    if carry > 0 { sum.words.append(carry) }
  }

  /// `other`: not more than the number it is taken from.
  static func -= (rest: inout WideNumber, other: WideNumber) {
    var borrow: UInt64 = 0
    for index in rest.words.indices {
      let (half, first) = rest.words[index].subtractingReportingOverflow(borrow)
      let less = index < other.words.count ? other.words[index] : 0
      let (word, second) = half.subtractingReportingOverflow(less)
      rest.words[index] = word
      borrow = first || second ? 1 : 0
    }
    rest.trim()
  }

  static func * (one: WideNumber, other: WideNumber) -> WideNumber {
    var product = WideNumber(0)
    product.words = [UInt64](repeating: 0, count: one.words.count + other.words.count)
    for (place, word) in one.words.enumerated() {
      var carry: UInt64 = 0
      for (offset, factor) in other.words.enumerated() {
        // (2^64 - 1)^2 + 2 x (2^64 - 1) is 2^128 - 1: nothing overflows.
        let sum =
          UInt128(word) * UInt128(factor) + UInt128(product.words[place + offset]) + UInt128(carry)
        product.words[place + offset] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(truncatingIfNeeded: sum >> 64)
      }
      product.words[place + other.words.count] = carry
    }
    product.trim()
    return product
  }

  /// Rounded down.
  static func /= (number: inout WideNumber, divisor: UInt64) {
    var rest: UInt64 = 0
    for index in number.words.indices.reversed() {
      let (quotient, remainder) = divisor.dividingFullWidth((rest, number.words[index]))
      number.words[index] = quotient
      rest = remainder
    }
    number.trim()
  }
}
