/// A 128-bit hash of a line's bytes, the same on every machine and in every release.
///
/// It becomes part of event ids in logs that outlive this program, so it may never change. It is not made to
/// withstand somebody who looks for collisions; a line they make up could as well repeat another's bytes.
struct LineHash: Hashable {
  private let high: UInt64
  private let low: UInt64

  init(_ bytes: [UInt8]) {
    // Two lanes of multiply and fold, on words of eight bytes, with odd constants of well-mixed bits.
    var first: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    var second: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    var index = 0
    while index < bytes.count {
      var word: UInt64 = 0
      for offset in 0..<min(8, bytes.count - index) {
        word |= UInt64(bytes[index + offset]) << UInt64(8 * offset)
      }
      first = folded(first ^ word, 0xA076_1D64_78BD_642F)
      second = folded(second &+ word, 0xE703_7ED1_A0B4_28DB) ^ word &* 0x8EBC_6AF0_9C88_C6E3
      index += 8
    }
    high = folded(first ^ second >> 32, 0x5895_65C8_1B3D_F5D3)
    low = folded(second ^ first << 17, 0x2D35_8DCC_AA6C_78A5)
  }

  /// The hash as 32 hexadecimal digits.
  var text: String {
    hexadecimal(high) + hexadecimal(low)
  }
}

/// Multiplies and folds both halves of the product into one; zero is kept from swallowing what follows.
private func folded(_ value: UInt64, _ factor: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: factor)
  return (product.high ^ product.low) &+ 0x9FB2_1C65_1E98_DF25
}

private func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
