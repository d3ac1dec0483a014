/// Parquet's hybrid of runs and packed bits, for levels and for places in a dictionary.
///
/// `width`: how many bits a value has, at most 32.
func appendHybrid(_ values: [UInt32], width: Int, to bytes: inout [UInt8]) {
  var start = 0
  var at = 0
  while at < values.count {
    var end = at + 1
    while end < values.count, values[end] == values[at] { end += 1 }
    // Packed values come in eights, so a run lends its first ones to those before it.
    let lent = (8 - (at - start) % 8) % 8
    if end - at - lent >= 8 {
      appendPacked(values[start..<at + lent], width: width, to: &bytes)
      bytes.appendVarint(UInt64(end - at - lent) << 1)
      for byte in 0..<(width + 7) / 8 {
        bytes.append(UInt8(truncatingIfNeeded: values[at] >> UInt32(byte * 8)))
      }
      start = end
    }
    at = end
  }
  appendPacked(values[start...], width: width, to: &bytes)
}

/// Packs values, the lowest bits first, into groups of eight.
private func appendPacked(_ values: ArraySlice<UInt32>, width: Int, to bytes: inout [UInt8]) {
  if values.isEmpty { return }
  let groupCount = (values.count + 7) / 8
  bytes.appendVarint(UInt64(groupCount) << 1 | 1)
  var packed: UInt64 = 0
  var bitCount = 0
  func put(_ value: UInt32) {
    packed |= UInt64(value) << UInt64(bitCount)
    bitCount += width
    while bitCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: packed))
      packed >>= 8
      bitCount -= 8
    }
  }
  for value in values { put(value) }
  for _ in values.count..<groupCount * 8 { put(0) }
}
