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
