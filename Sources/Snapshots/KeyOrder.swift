#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether some bytes come before others.
package func precedes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  let order =
    a.count == 0 || b.count == 0
    ? 0
    : memcmp(
      a.baseAddress.unsafelyUnwrapped, b.baseAddress.unsafelyUnwrapped, min(a.count, b.count))
  return order == 0 ? a.count < b.count : order < 0
}

/// The first eight bytes of a key as a number that orders as they do: most comparisons need no more.
package func keyPrefix(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var prefix: UInt64 = 0
  for index in 0..<8 { prefix = prefix << 8 | (index < key.count ? UInt64(key[index]) : 0) }
  return prefix
}
