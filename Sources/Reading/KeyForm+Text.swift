import Definition
import Notation

extension Definition {
  /// The key of the lead that somebody typed.
  package func leadKey(_ typed: String) -> [UInt8] { reading.leadKeys.key(Array(typed.utf8)) }

  /// The key of the account that somebody typed.
  package func accountKey(_ typed: String) -> [UInt8] { reading.accountKeys.key(Array(typed.utf8)) }
}

extension KeyForm {
  /// Returns a key as the definition sees it; nothing is left of one that is white space alone.
  package func key(_ written: [UInt8]) -> [UInt8] {
    if self == .exact || written.isEmpty { return written }
    let count = KeyForm.roomFor(written.count)
    return [UInt8](unsafeUninitializedCapacity: count) { room, initializedCount in
      written.withUnsafeBufferPointer { written in
        let start = written.baseAddress.unsafelyUnwrapped
        let key = key(start, written.count, room: room.baseAddress.unsafelyUnwrapped)
        let base = room.baseAddress.unsafelyUnwrapped
        if let text = key.baseAddress, text != UnsafePointer(base) {
          base.update(from: text, count: key.count)
        }
        initializedCount = key.count
      }
    }
  }

  /// Returns where the key stands that some text is: in the text itself, or in `room`.
  ///
  /// `room`: for `roomFor` as many bytes as the text has.
  func key(
    _ start: Position, _ count: Int, room: UnsafeMutablePointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    if self == .exact { return UnsafeBufferPointer(start: start, count: count) }
    let folded = folded(trimmed(start, count), room: room)
    return self == .email ? withoutTag(folded, room: room) : folded
  }

  /// How many bytes a text of so many can come to: there are two that take a third one when they are folded.
  static func roomFor(_ count: Int) -> Int { count + count / 2 }
}

/// Returns a text with the case of its letters folded: the text itself, or what was written to `room`.
func folded(
  _ text: UnsafeBufferPointer<UInt8>, room: UnsafeMutablePointer<UInt8>
) -> UnsafeBufferPointer<UInt8> {
  var at = 0
  // As long as nothing differs, nothing is copied.
  while at < text.count {
    let (scalar, length) = decode(text, at: at)
    if simplyFolded(scalar) != scalar { break }
    at += length
  }
  guard at < text.count, let start = text.baseAddress else { return text }
  room.update(from: start, count: at)
  var end = at
  while at < text.count {
    let (scalar, length) = decode(text, at: at)
    end += write(simplyFolded(scalar), to: room + end)
    at += length
  }
  return UnsafeBufferPointer(start: room, count: end)
}

/// Returns a text without the white space around it.
private func trimmed(_ start: Position, _ count: Int) -> UnsafeBufferPointer<UInt8> {
  let text = UnsafeBufferPointer(start: start, count: count)
  var first = 0
  while first < count {
    let (scalar, length) = decode(text, at: first)
    guard isWhiteSpace(scalar) else { break }
    first += length
  }
  var end = count
  while end > first {
    var last = end - 1
    while last > first, text[last] & 0xC0 == 0x80 { last -= 1 }
    guard isWhiteSpace(decode(text, at: last).scalar) else { break }
    end = last
  }
  return UnsafeBufferPointer(start: start + first, count: end - first)
}

/// Whether a text has nothing in it to see.
func isBlank(_ start: Position, _ count: Int) -> Bool { trimmed(start, count).isEmpty }

/// Returns an address without what stands between its first `+` and its last `@`.
private func withoutTag(
  _ key: UnsafeBufferPointer<UInt8>, room: UnsafeMutablePointer<UInt8>
) -> UnsafeBufferPointer<UInt8> {
  guard let plus = key.firstIndex(of: UInt8(ascii: "+")), plus > 0,
    let at = key.lastIndex(of: UInt8(ascii: "@")), at > plus,
    let start = key.baseAddress
  else { return key }
  if start != UnsafePointer(room) { room.update(from: start, count: plus) }
  // Both may be the same memory, and what moves may overlap where it goes.
  (room + plus).update(from: start + at, count: key.count - at)
  return UnsafeBufferPointer(start: room, count: plus + key.count - at)
}

@inline(__always)
private func simplyFolded(_ scalar: UInt32) -> UInt32 {
  if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
  return simpleFold(scalar)
}

/// The scalar that begins at a place of well-formed UTF-8, and how many bytes it takes.
@inline(__always)
private func decode(
  _ text: UnsafeBufferPointer<UInt8>, at place: Int
) -> (scalar: UInt32, length: Int) {
  let lead = text[place]
  if lead < 0x80 { return (UInt32(lead), 1) }
  let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  var scalar = UInt32(lead) & (0x7F >> UInt32(length))
  for next in place + 1..<min(place + length, text.count) {
    scalar = scalar << 6 | UInt32(text[next] & 0x3F)
  }
  return (scalar, length)
}

/// Writes a scalar as UTF-8; returns how many bytes it takes.
private func write(_ scalar: UInt32, to place: UnsafeMutablePointer<UInt8>) -> Int {
  func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
  switch scalar {
  case ..<0x80:
    place[0] = UInt8(scalar)
    return 1
  case ..<0x800:
    place[0] = UInt8(0xC0 | scalar >> 6)
    place[1] = tail(0)
    return 2
  case ..<0x1_0000:
    place[0] = UInt8(0xE0 | scalar >> 12)
    place[1] = tail(6)
    place[2] = tail(0)
    return 3
  default:
    place[0] = UInt8(0xF0 | scalar >> 18 & 0x07)
    place[1] = tail(12)
    place[2] = tail(6)
    place[3] = tail(0)
    return 4
  }
}
