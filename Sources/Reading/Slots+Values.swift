import Definition
import Notation

extension Slots {
  @inline(__always)
  func kind(_ member: Member) -> ValueKind { kinds[member.rawValue] }
  @inline(__always)
  func start(_ member: Member) -> Position { starts[member.rawValue] }
  @inline(__always)
  func count(_ member: Member) -> Int { counts[member.rawValue] }

  /// Whether a member is a string of at least one byte and at most `limit`.
  @inline(__always)
  func isText(_ member: Member, upTo limit: Int = .max) -> Bool {
    kind(member) == .string && count(member) >= 1 && count(member) <= limit
  }

  /// A slot's value as a number, numeric strings included; nil where it is none.
  func number(_ slot: Int) -> Double? {
    guard kinds[slot] == .string || kinds[slot] == .number else { return nil }
    return jsonNumber(UnsafeBufferPointer(start: starts[slot], count: counts[slot]))
  }

  /// The time on a page in milliseconds, held within 0 and 30 minutes; anything else is 0.
  func duration() -> UInt32 {
    guard let seconds = number(Member.duration.rawValue), seconds > 0 else { return 0 }
    return seconds >= 1800 ? 1_800_000 : UInt32(wholeMilliseconds(seconds))
  }

  /// A hash of a slot's text as conditions see it; nil where the value is absent.
  @inline(__always)
  func textHash(_ slot: Int) -> UInt64? {
    switch kinds[slot] {
    case .string, .yes, .no: return keyHash(starts[slot], counts[slot])
    case .number:
      guard let value = number(slot) else { return nil }
      var text = shortestDecimal(value)
      return text.withUTF8 { bytes in
        bytes.baseAddress.map { keyHash($0, bytes.count) }
      }
    case .absent, .null, .container: return nil
    }
  }

  /// Gives `path` the path of `url` where the event has none of its own.
  ///
  /// RFC 3986 appendix B: `^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)`; nothing is decoded, and an
  /// empty path is `/`.
  func derivePath() {
    switch kind(.path) {
    case .string, .yes, .no: return
    case .number where number(Member.path.rawValue) != nil: return
    default: break
    }
    guard kind(.url) == .string else { return }
    let end = start(.url) + count(.url)
    var p = start(.url)
    var q = p
    while q < end, !isOneOf(q.pointee, ":/?#") { q += 1 }
    if q < end, q.pointee == UInt8(ascii: ":"), q > p { p = q + 1 }
    if end - p >= 2, p[0] == UInt8(ascii: "/"), p[1] == UInt8(ascii: "/") {
      p += 2
      while p < end, !isOneOf(p.pointee, "/?#") { p += 1 }
    }
    q = p
    while q < end, !isOneOf(q.pointee, "?#") { q += 1 }
    let path = Member.path.rawValue
    kinds[path] = .string
    starts[path] = q == p ? rootPath : p
    counts[path] = q == p ? 1 : q - p
  }
}

@inline(__always)
private func isOneOf(_ byte: UInt8, _ set: StaticString) -> Bool {
  for i in 0..<set.utf8CodeUnitCount where set.utf8Start[i] == byte { return true }
  return false
}

/// `/` for paths that are empty: static text that lives as long as the process.
private var rootPath: Position {
  let root: StaticString = "/       "
  return root.utf8Start
}

/// Rounds seconds to whole milliseconds, half away from zero, as binary64 multiplies: 0.5005 is 500, because a
/// thousand times it is a hair below 500.5.
func wholeMilliseconds(_ seconds: Double) -> Int64 {
  Int64((seconds * 1000).rounded(.toNearestOrAwayFromZero))
}
