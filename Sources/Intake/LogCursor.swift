/// Walks over the fields of a line.
struct LogCursor {
  private var rest: ArraySlice<UInt8>

  init(_ line: [UInt8]) {
    rest = line[...]
  }

  /// Returns what stands before the next space, and steps over both.
  mutating func word() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let word = rest.prefix { $0 != 0x20 }
    rest = rest.dropFirst(word.count + 1)
    return word
  }

  /// Whether there is nothing left.
  var isAtEnd: Bool { rest.isEmpty }

  /// Returns what stands before the time and steps over it; the time is in brackets, its month between slashes.
  mutating func head() -> ArraySlice<UInt8>? {
    var first: Int?
    for at in rest.indices.dropLast() where rest[at] == 0x20 && rest[at + 1] == UInt8(ascii: "[") {
      first = first ?? at
      if at + 4 < rest.endIndex, rest[at + 4] == UInt8(ascii: "/") {
        first = at
        break
      }
    }
    guard let first else { return nil }
    defer { rest = rest[(first + 1)...] }
    return rest[..<first]
  }

  /// Returns what stands within the brackets here.
  mutating func bracketed() -> ArraySlice<UInt8>? {
    guard rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    let inside = rest[..<end].dropFirst()
    rest = rest[(end + 1)...].drop { $0 == 0x20 }
    return inside
  }

  /// Returns what stands within the quotes here, its escapes resolved.
  mutating func quoted() -> [UInt8]? {
    guard rest.first == quote else { return nil }
    var end = rest.startIndex + 1
    while end < rest.endIndex, rest[end] != quote {
      end += rest[end] == backslash ? 2 : 1
    }
    guard end < rest.endIndex else { return nil }
    let inside = rest[(rest.startIndex + 1)..<end]
    rest = rest[(end + 1)...].drop { $0 == 0x20 }
    return unescaped(inside)
  }

  /// Returns all that is left behind a quote that is never closed.
  mutating func quotedToEnd() -> [UInt8] {
    rest.first == quote ? unescaped(rest.dropFirst()) : []
  }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")

/// Resolves the escapes that servers write: `\"`, `\\`, `\n`, `\t` and their like, and `\xHH`.
func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  guard bytes.contains(backslash) else { return Array(bytes) }
  let controls: [UInt8: UInt8] = [
    0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0C, 0x76: 0x0B,
  ]
  var result: [UInt8] = []
  var rest = bytes
  while let byte = rest.popFirst() {
    guard byte == backslash, let next = rest.popFirst() else {
      result.append(byte)
      continue
    }
    if next == UInt8(ascii: "x"), let value = hexadecimalValue(rest.prefix(2)) {
      result.append(value)
      rest = rest.dropFirst(2)
    } else {
      result.append(controls[next] ?? next)
    }
  }
  return result
}

extension LogCursor {
  /// Returns the next field, in quotes or up to a space.
  mutating func field() -> [UInt8]? {
    quoted() ?? word().map(Array.init)
  }
}
