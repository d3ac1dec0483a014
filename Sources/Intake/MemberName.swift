/// Follows the names of a record's own members, byte by byte.
struct MemberName {
  /// Longer names are nobody's; a guess well above the longest that is asked for.
  private static let byteCountMax = 32

  var isExpected = false
  private(set) var text: [UInt8] = []
  private var isOpen = false
  private var isWhole = false
  /// Whether the name is whole and its colon has come, and nothing but blanks since.
  private(set) var hasColon = false

  /// Takes a byte outside of texts.
  mutating func step(_ byte: UInt8, depth: Int) {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D: return
    case UInt8(ascii: "\"") where isExpected && depth == 1:
      text.removeAll(keepingCapacity: true)
      isOpen = true
    case UInt8(ascii: ":"): hasColon = isWhole && depth == 1
    default: hasColon = false
    }
    isExpected = byte == UInt8(ascii: ",") && depth == 1
    if byte != UInt8(ascii: ":") { isWhole = false }
  }

  /// Takes a byte of a text.
  mutating func append(_ byte: UInt8) {
    if isOpen, text.count < Self.byteCountMax { text.append(byte) }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if isOpen { text.append(contentsOf: bytes.prefix(Self.byteCountMax - text.count)) }
  }

  /// Takes the end of a text.
  mutating func end() {
    isWhole = isOpen
    isOpen = false
  }
}
