/// Whether a Unicode scalar has nothing to see: White_Space as Unicode has it, and the five that only join or
/// part what stands beside them.
public func isWhiteSpace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
    0x3000:
    true
  case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF: true
  default: false
  }
}
