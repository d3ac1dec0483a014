/// A date, or a time of a day, as people and programs write it: `2026-03-01`, `2026-03-01 09:30`,
/// `2026-03-01T09:30:00.250+02:00`.
package struct WrittenTime {
  /// What the clock shows, as milliseconds since it showed the beginning of 1970.
  package var shown: Milliseconds
  /// How much the clock is ahead of UTC, where the text says so.
  package var offset: Milliseconds?

  /// Nil where the text is none of these forms.
  package init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { WrittenTime($0) }
    guard let parsed else { return nil }
    self = parsed
  }

  private init?(_ text: UnsafeBufferPointer<UInt8>) {
    var rest = Rest(text)
    guard let year = rest.number(4), year > 0, rest.take("-"), let month = rest.number(2),
      rest.take("-"), let day = rest.number(2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    shown = Milliseconds(date.daysSince1970) * 86_400_000
    if rest.isEmpty { return }
    guard rest.take("T") || rest.take("t") || rest.take(" "), let hour = rest.number(2), hour <= 23,
      rest.take(":"), let minute = rest.number(2), minute <= 59
    else { return nil }
    shown += Milliseconds(hour * 3600 + minute * 60) * 1000
    if rest.take(":") {
      guard let second = rest.number(2), second <= 59 else { return nil }
      shown += Milliseconds(second) * 1000
      if rest.take(".") {
        guard let milliseconds = rest.milliseconds() else { return nil }
        shown += milliseconds
      }
    }
    if rest.isEmpty { return }
    if rest.take("Z") || rest.take("z") {
      offset = 0
    } else {
      let isBehind = rest.take("-")
      guard isBehind || rest.take("+"), let hours = rest.number(2), hours <= 23, rest.take(":"),
        let minutes = rest.number(2), minutes <= 59
      else { return nil }
      offset = Milliseconds(hours * 60 + minutes) * (isBehind ? -60_000 : 60_000)
    }
    guard rest.isEmpty else { return nil }
  }
}

/// What is left to be read of a time.
private struct Rest {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isEmpty: Bool { at == bytes.count }

  private var digit: Int? {
    guard at < bytes.count, bytes[at] &- 0x30 < 10 else { return nil }
    return Int(bytes[at] &- 0x30)
  }

  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard at < bytes.count, UInt32(bytes[at]) == mark.value else { return false }
    at += 1
    return true
  }

  /// A number of so many digits.
  mutating func number(_ digitCount: Int) -> Int? {
    var number = 0
    for _ in 0..<digitCount {
      guard let digit else { return nil }
      number = number * 10 + digit
      at += 1
    }
    return number
  }

  /// One to nine decimals of a second, cut off behind the third.
  mutating func milliseconds() -> Milliseconds? {
    let first = at
    var milliseconds: Milliseconds = 0
    while let digit {
      if at - first < 3 { milliseconds = milliseconds * 10 + Milliseconds(digit) }
      at += 1
    }
    guard 1...9 ~= at - first else { return nil }
    for _ in 0..<max(0, 3 - (at - first)) { milliseconds *= 10 }
    return milliseconds
  }
}
