/// Returns a 64-bit checksum of some bytes, as fast as memory: a sheet is checked every time it is used.
///
/// Eight lanes take a word each by turns, and are taken together in the end, by steps that can be undone: for each
/// word one maps states to states one to one, and for each state words to states. So whatever happens to the bits
/// of one word shows, whatever the others are; damage to several is missed once in 2^64 times.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  var (e, f, g, h): (UInt64, UInt64, UInt64, UInt64) = (5, 6, 7, 8)
  var at = 0
  if let base = bytes.baseAddress {
    while at + 64 <= bytes.count {
      let words = base + at
      a = step(a, word(words, 0))
      b = step(b, word(words, 1))
      c = step(c, word(words, 2))
      d = step(d, word(words, 3))
      e = step(e, word(words, 4))
      f = step(f, word(words, 5))
      g = step(g, word(words, 6))
      h = step(h, word(words, 7))
      at += 64
    }
    while at + 8 <= bytes.count {
      a = step(a, word(base + at, 0))
      at += 8
    }
    if at < bytes.count {
      var rest: UInt64 = 0
      for place in (at..<bytes.count).reversed() { rest = rest << 8 | UInt64(bytes[place]) }
      a = step(a, rest)
    }
  }
  let sum = step(step(step(step(step(step(step(a, b), c), d), e), f), g), h)
  return step(sum, UInt64(bytes.count))
}

@inline(__always)
private func word(_ start: UnsafeRawPointer, _ place: Int) -> UInt64 {
  start.loadUnaligned(fromByteOffset: place &* 8, as: UInt64.self).littleEndian
}

/// Multiplies a state that a word is put to, modulo 2^64 - 1.
///
/// The factor has no divisor in common with that, so this can be undone; and it moves bits round in a circle, so
/// that none of them counts for less than others.
@inline(__always)
private func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
  let product = (state ^ word).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
  let (sum, isOver) = product.high.addingReportingOverflow(product.low)
  return sum &+ (isOver ? 1 : 0)
}
