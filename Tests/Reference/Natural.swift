/// A natural number of any size, digit by digit: schoolbook arithmetic in base 2^32.
struct Natural {
  /// The lowest first, none of them a leading zero.
  private var digits: [UInt64] = []

  init(_ value: UInt128) {
    var rest = value
    while rest > 0 {
      digits.append(UInt64(truncatingIfNeeded: rest & 0xFFFF_FFFF))
      rest >>= 32
    }
  }

  /// The number, if it is below 2^127.
  var whole: Int128? {
    if digits.count > 4 { return nil }
    return Int128(exactly: digits.reversed().reduce(UInt128(0)) { $0 << 32 | UInt128($1) })
  }

  var isZero: Bool { digits.isEmpty }

  private func digit(_ index: Int) -> UInt64 { index < digits.count ? digits[index] : 0 }

  static func + (a: Natural, b: Natural) -> Natural {
    var sum = Natural(0)
    var carry: UInt64 = 0
    for index in 0..<max(a.digits.count, b.digits.count) {
      carry += a.digit(index) + b.digit(index)
      sum.digits.append(carry & 0xFFFF_FFFF)
      carry >>= 32
    }
    if carry > 0 { sum.digits.append(carry) }
    return sum
  }

  /// `b` is at most `a`.
  static func - (a: Natural, b: Natural) -> Natural {
    var difference = a
    var borrow: UInt64 = 0
    for index in a.digits.indices {
      let less = b.digit(index) + borrow
      borrow = a.digits[index] < less ? 1 : 0
      difference.digits[index] = a.digits[index] + borrow << 32 - less
    }
    while difference.digits.last == 0 { difference.digits.removeLast() }
    return difference
  }

  static func * (a: Natural, b: Natural) -> Natural {
    var product = Natural(0)
    product.digits = [UInt64](repeating: 0, count: a.digits.count + b.digits.count)
    for i in a.digits.indices {
      var carry: UInt64 = 0
      for j in b.digits.indices {
        carry += a.digits[i] * b.digits[j] + product.digits[i + j]
        product.digits[i + j] = carry & 0xFFFF_FFFF
        carry >>= 32
      }
      product.digits[i + b.digits.count] = carry
    }
    while product.digits.last == 0 { product.digits.removeLast() }
    return product
  }

  static func < (a: Natural, b: Natural) -> Bool {
    if a.digits.count != b.digits.count { return a.digits.count < b.digits.count }
    for index in a.digits.indices.reversed() where a.digits[index] != b.digits[index] {
      return a.digits[index] < b.digits[index]
    }
    return false
  }

  /// This × 2^bits.
  func doubled(_ bits: Int) -> Natural {
    var result = self * Natural(1 << UInt128(bits % 32))
    if !result.digits.isEmpty {
      result.digits = [UInt64](repeating: 0, count: bits / 32) + result.digits
    }
    return result
  }

  /// This ÷ 2^bits, rounded down.
  func halved(_ bits: Int) -> Natural {
    var result = Natural(0)
    for index in stride(from: bits / 32, to: digits.count, by: 1) {
      let pair = digits[index] | digit(index + 1) << 32
      result.digits.append(pair >> UInt64(bits % 32) & 0xFFFF_FFFF)
    }
    while result.digits.last == 0 { result.digits.removeLast() }
    return result
  }

  /// The whole part of the square root of a number below 2^bits, found bit by bit.
  func squareRoot(bits: Int) -> Natural {
    var root = Natural(0)
    var rest = self
    for place in (0..<(bits + 1) / 2).reversed() {
      // (root + 2^place)² − root²
      let more = root.doubled(place + 1) + Natural(1).doubled(2 * place)
      if rest < more { continue }
      rest = rest - more
      root = root + Natural(1).doubled(place)
    }
    return root
  }
}
