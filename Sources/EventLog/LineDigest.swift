import CCrypto

/// What tells a line from all others: the first half of its SHA-256.
///
/// With 128 bits, two different lines of a log with a trillion of them share one with a probability of one in
/// 10^14.
package struct LineDigest: Hashable, Comparable, Sendable, BitwiseCopyable {
  private let high: UInt64
  private let low: UInt64

  /// The digest of a line's bytes; spaces, carriage returns and the line feed at its end do not count.
  package init(_ line: UnsafeRawBufferPointer) {
    var count = line.count
    while count > 0, [0x20, 0x09, 0x0A, 0x0D].contains(line[count - 1]) { count -= 1 }
    var digest = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    withUnsafeMutableBytes(of: &digest) { bytes in
      let bytes = bytes.bindMemory(to: UInt8.self)
      _ = EVP_Digest(line.baseAddress, count, bytes.baseAddress, nil, EVP_sha256(), nil)
    }
    high = digest.0
    low = digest.1
  }

  package init(_ line: [UInt8]) {
    self = line.withUnsafeBytes { LineDigest($0) }
  }

  package static func < (one: LineDigest, other: LineDigest) -> Bool {
    one.high != other.high ? one.high < other.high : one.low < other.low
  }
}
