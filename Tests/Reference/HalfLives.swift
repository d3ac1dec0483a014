/// 2^(−x) as a product: each binary digit of x that is 1 brings a root of one half.
enum HalfLives {
  static let bits = 256

  /// The square root of one half, the root of that, and so on, × 2^bits.
  private static let roots: [Natural] = {
    var roots: [Natural] = []
    var last = Natural(1).doubled(bits - 1)
    for _ in 0..<bits {
      last = last.doubled(bits).squareRoot(bits: 2 * bits)
      roots.append(last)
    }
    return roots
  }()

  /// 2^(−rest / halfLife) × 2^bits for a rest below the half-life; at most `doubt` too small.
  static func power(_ rest: Int, _ halfLife: Int) -> Natural {
    var power = Natural(1).doubled(bits)
    var rest = rest
    for root in roots {
      rest *= 2
      if rest < halfLife { continue }
      rest -= halfLife
      power = (power * root).halved(bits)
    }
    return power
  }

  /// Each root is rounded down from a root that was, and so is each product; what is left of x after its
  /// last digit takes off less than the rest.
  static let doubt = Natural(1 << 12)
}
