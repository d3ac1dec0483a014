#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether some bytes come before others.
package func precedes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  keyOrder(a, b) < 0
}

/// Below 0 if the first key comes first, 0 if both are the same, above 0 if the second one does.
package func keyOrder(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
  guard let startA = a.baseAddress, let startB = b.baseAddress else { return a.count - b.count }
  let order = memcmp(startA, startB, min(a.count, b.count))
  return order == 0 ? a.count - b.count : Int(order)
}

/// The first sixteen bytes of a key as two numbers that order as they do: most comparisons need no
/// more.
package func keyPrefix(_ key: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
  guard key.count < 16 else {
    let start = UnsafeRawPointer(key.baseAddress.unsafelyUnwrapped)
    return (
      UInt64(bigEndian: start.loadUnaligned(as: UInt64.self)),
      UInt64(bigEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }
  var prefix: (UInt64, UInt64) = (0, 0)
  for index in 0..<8 { prefix.0 = prefix.0 << 8 | (index < key.count ? UInt64(key[index]) : 0) }
  for index in 8..<16 { prefix.1 = prefix.1 << 8 | (index < key.count ? UInt64(key[index]) : 0) }
  return prefix
}
