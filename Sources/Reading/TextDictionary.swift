import Definition

/// The kind of a value in a dictionary, the first of its bytes.
enum ValueTag {
  static let text: UInt8 = 0
  static let number: UInt8 = 1
  static let yes: UInt8 = 2
  static let no: UInt8 = 3
}

/// A table as the dictionary of the distinct values of one attribute, or of accounts or outcomes.
extension KeyTable {
  /// Returns the number of a slot's value; nil where it is absent.
  mutating func number(ofValueIn slot: Int, _ slots: Slots) -> UInt32? {
    switch slots.kinds[slot] {
    case .string: return number(ValueTag.text, slots.starts[slot], slots.counts[slot])
    case .number:
      guard let value = slots.number(slot) else { return nil }
      // Minus zero is zero: they compare and read alike.
      var bits = (value == 0 ? 0 : value).bitPattern.littleEndian
      return withUnsafeBytes(of: &bits) { bytes in
        number(
          ValueTag.number,
          bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), 8)
      }
    case .yes: return number(ValueTag.yes, slots.starts[slot], 0)
    case .no: return number(ValueTag.no, slots.starts[slot], 0)
    case .absent, .null, .container: return nil
    }
  }

  private mutating func number(_ tag: UInt8, _ start: Position, _ count: Int) -> UInt32 {
    number(of: start, count, hash: keyHash(start, count, seed: UInt64(tag) + 1), tag: tag)
  }
}

/// Returns the bytes of a dictionary, with their tag, that stand for a value.
func dictionaryBytes(_ value: Scalar) -> [UInt8] {
  switch value {
  case .text(let text): [ValueTag.text] + Array(text.utf8)
  case .number(let number):
    [ValueTag.number] + withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
  case .bool(let isTrue): [isTrue ? ValueTag.yes : ValueTag.no]
  }
}

/// Returns the value that some bytes of a dictionary, with their tag, stand for.
func dictionaryValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Scalar {
  let value = UnsafeBufferPointer(rebasing: bytes.dropFirst())
  switch bytes.first {
  case ValueTag.number:
    let bits = UnsafeRawBufferPointer(value).loadUnaligned(as: UInt64.self)
    return .number(Double(bitPattern: UInt64(littleEndian: bits)))
  case ValueTag.yes: return .bool(true)
  case ValueTag.no: return .bool(false)
  default: return .text(String(decoding: value, as: UTF8.self))
  }
}
