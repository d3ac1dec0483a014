/// Returns a 64-bit hash of some bytes: the same in every process and on every machine.
///
/// Swift's `Hasher` is seeded per process and may not reach a result. This one folds eight bytes at
/// a time through a 64 x 64 -> 128 bit multiplication, as the wyhash family does.
@inlinable
public func keyHash(_ start: UnsafePointer<UInt8>, _ count: Int, seed: UInt64 = 0) -> UInt64 {
  var hash = (seed ^ UInt64(truncatingIfNeeded: count)) &* 0x9e37_79b9_7f4a_7c15
  var position = UnsafeRawPointer(start)
  var left = count
  while left >= 8 {
    hash = foldMultiply(
      hash ^ position.loadUnaligned(as: UInt64.self).littleEndian, 0xa076_1d64_78bd_642f)
    position += 8
    left -= 8
  }
  return foldMultiply(hash ^ lastBytes(position, left, of: count), 0xe703_7ed1_a0b4_28db)
    ^ (hash >> 29)
}

/// The last bytes of some, fewer than eight, as a little-endian number; none but those of the text are read.
@inlinable @inline(__always)
func lastBytes(_ position: UnsafeRawPointer, _ left: Int, of count: Int) -> UInt64 {
  if left == 0 { return 0 }
  if count >= 8 {
    let word = (position + (left - 8)).loadUnaligned(as: UInt64.self).littleEndian
    return word &>> UInt64(truncatingIfNeeded: (8 &- left) &* 8)
  }
  if left >= 4 {
    let first = UInt64(position.loadUnaligned(as: UInt32.self).littleEndian)
    let last = UInt64((position + (left - 4)).loadUnaligned(as: UInt32.self).littleEndian)
    return first | last &<< UInt64(truncatingIfNeeded: (left &- 4) &* 8)
  }
  let middle = left / 2
  return UInt64(position.load(as: UInt8.self))
    | UInt64(position.load(fromByteOffset: middle, as: UInt8.self))
    &<< UInt64(truncatingIfNeeded: middle &* 8)
    | UInt64(position.load(fromByteOffset: left - 1, as: UInt8.self))
    &<< UInt64(truncatingIfNeeded: (left &- 1) &* 8)
}

@inlinable @inline(__always)
func foldMultiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = a.multipliedFullWidth(by: b)
  return product.high ^ product.low
}

/// Loads `count` bytes, at most 8, as a little-endian number.
///
/// Reads up to 8 bytes, which every buffer that lines stand in allows.
@inline(__always)
func loadPrefix(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
  let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
  return count >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
}
