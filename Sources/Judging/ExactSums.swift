/// Sums of 128 bits, each in two cells of 64: a total of many leads may be more than one cell holds.
struct ExactSums {
  let lower: UnsafeMutablePointer<Int64>
  let upper: UnsafeMutablePointer<Int64>

  subscript(_ index: Int) -> Int128 {
    @inline(__always)
    get { Int128(upper[index]) << 64 | Int128(UInt64(bitPattern: lower[index])) }
    @inline(__always)
    nonmutating set {
      lower[index] = Int64(truncatingIfNeeded: newValue)
      upper[index] = Int64(truncatingIfNeeded: newValue >> 64)
    }
  }

  /// The two cells of a number.
  static func cells(of number: Int128) -> (lower: Int64, upper: Int64) {
    (Int64(truncatingIfNeeded: number), Int64(truncatingIfNeeded: number >> 64))
  }

  /// The number that two cells hold.
  static func number(_ lower: Int64, _ upper: Int64) -> Int128 {
    Int128(upper) << 64 | Int128(UInt64(bitPattern: lower))
  }

  @inline(__always)
  func add(_ value: Int64, to index: Int) {
    // Not even 2^63 values of 64 bits come to more than 127.
    self[index] &+= Int128(value)
  }
}
