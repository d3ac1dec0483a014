import Definition

/// Numbers the distinct values of one attribute, or the distinct names of accounts or outcomes.
final class TextDictionary {
  private(set) var table = KeyTable()

  /// The kind of a value, the first of its bytes.
  enum Tag {
    static let text: UInt8 = 0
    static let number: UInt8 = 1
    static let yes: UInt8 = 2
    static let no: UInt8 = 3
  }

  /// Returns the number of a slot's value; nil where it is absent.
  func number(of slot: Int, _ slots: Slots) -> UInt32? {
    switch slots.kinds[slot] {
    case .string: return number(Tag.text, slots.starts[slot], slots.counts[slot])
    case .number:
      guard let value = slots.number(slot) else { return nil }
      // Minus zero is zero: they compare and read alike.
      let bits = (value == 0 ? 0 : value).bitPattern.littleEndian
      return withUnsafeBytes(of: bits) { bytes in
        bytes.withMemoryRebound(to: UInt8.self) { bytes in
          number(Tag.number, bytes.baseAddress.unsafelyUnwrapped, 8)
        }
      }
    case .yes: return number(Tag.yes, slots.starts[slot], 0)
    case .no: return number(Tag.no, slots.starts[slot], 0)
    case .absent, .null, .container: return nil
    }
  }

  private func number(_ tag: UInt8, _ start: Position, _ count: Int) -> UInt32 {
    table.number(of: start, count, hash: keyHash(start, count, seed: UInt64(tag) + 1), tag: tag)
  }

  /// Returns the value that some bytes with their tag stand for.
  static func scalar(_ bytes: UnsafeBufferPointer<UInt8>) -> Scalar {
    let value = UnsafeBufferPointer(rebasing: bytes.dropFirst())
    switch bytes.first {
    case Tag.number:
      let bits = UnsafeRawBufferPointer(value).loadUnaligned(as: UInt64.self)
      return .number(Double(bitPattern: UInt64(littleEndian: bits)))
    case Tag.yes: return .bool(true)
    case Tag.no: return .bool(false)
    default: return .text(String(decoding: value, as: UTF8.self))
    }
  }
}
