/// The different values of a column in the order of their first rows, and which of them each row has.
struct ValueDictionary {
  /// Of each different value, the first one that is it.
  private(set) var firsts: [Int] = []
  private(set) var places: [UInt32] = []

  /// Nil where so many values differ that a dictionary saves nothing.
  ///
  /// `hash`, `isSame`: of values, by their indices.
  init?(count: Int, hash: (Int) -> UInt64, isSame: (Int, Int) -> Bool) {
    let countMax = max(8, min(1 << 16, count / 4))
    var bits = 4
    while 1 << bits < 2 * countMax { bits += 1 }
    var table = [UInt32](repeating: .max, count: 1 << bits)
    let mask = table.count - 1
    places.reserveCapacity(count)
    for index in 0..<count {
      var slot = Int(truncatingIfNeeded: mixed(hash(index)) >> 32) & mask
      while true {
        let place = table[slot]
        if place == .max {
          if firsts.count == countMax { return nil }
          table[slot] = UInt32(firsts.count)
          places.append(UInt32(firsts.count))
          firsts.append(index)
          break
        }
        if isSame(firsts[Int(place)], index) {
          places.append(place)
          break
        }
        slot = (slot + 1) & mask
      }
    }
  }

  /// How many bits a place takes.
  var width: Int { max(1, Int.bitWidth - max(0, firsts.count - 1).leadingZeroBitCount) }
}

private func mixed(_ hash: UInt64) -> UInt64 {
  (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
}

extension ColumnBuffer {
  func dictionary() -> ValueDictionary? {
    if column.kind == .text {
      return text.withUnsafeBytes { text in
        ValueDictionary(
          count: textEnds.count, hash: { textHash(text, textRange($0)) },
          isSame: { areEqual(text, textRange($0), textRange($1)) })
      }
    }
    if numbers.isEmpty || column.kind == .truth { return nil }
    return numbers.withUnsafeBufferPointer { numbers in
      ValueDictionary(
        count: numbers.count, hash: { UInt64(bitPattern: numbers[$0]) },
        isSame: { numbers[$0] == numbers[$1] })
    }
  }
}

private func textHash(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64 {
  var hash = UInt64(range.count)
  var at = range.lowerBound
  while at + 8 <= range.upperBound {
    let word = text.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
    at += 8
  }
  while at < range.upperBound {
    hash = (hash ^ UInt64(text[at])) &* 0x0000_0100_0000_01B3
    at += 1
  }
  return hash
}

private func areEqual(
  _ text: UnsafeRawBufferPointer, _ one: Range<Int>, _ other: Range<Int>
) -> Bool {
  text[one].elementsEqual(text[other])
}
