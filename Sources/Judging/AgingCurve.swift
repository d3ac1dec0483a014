import Definition
import Notation

/// An aging as weights are worked out by it: reciprocals instead of divisors.
struct AgingCurve: Sendable {
  let aging: Aging
  /// 0 where there is none, as with the next.
  let halfLife: Milliseconds
  let fade: Milliseconds
  let perHalfLife: Double
  let perFade: Double
  /// The age from which on there is no weight left.
  let end: Milliseconds

  init(_ aging: Aging) {
    self.aging = aging
    halfLife = aging.halfLife ?? 0
    fade = aging.fade ?? 0
    perHalfLife = aging.halfLife.map { 1 / Double($0) } ?? 0
    perFade = aging.fade.map { 1 / Double($0) } ?? 0
    end = min(aging.expires ?? .max, aging.fade ?? .max)
  }

  /// How many half-lives an age has, and what is left of it.
  @inline(__always)
  func halvings(at age: Milliseconds) -> (Int64, Milliseconds) {
    // No age and no half-life has more than 53 bits, so the quotient is off by one at most.
    var halvings = Int64(Double(age) * perHalfLife)
    var rest = age &- halvings &* halfLife
    if rest < 0 {
      halvings &-= 1
      rest &+= halfLife
    } else if rest >= halfLife {
      halvings &+= 1
      rest &-= halfLife
    }
    return (halvings, rest)
  }
}
