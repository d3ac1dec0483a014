/// Walks over the parts of a time.
struct TimeCursor {
  struct TimeOfDay {
    var hour: Int
    var minute: Int
    var second = 0
    /// With their point; none where there are none.
    var decimals = ""
  }

  private let bytes: [UInt8]
  private var at = 0

  /// Begins at the first byte that is no space; spaces at the end are none of the text.
  init(_ text: String) {
    let utf8 = Array(text.utf8)
    bytes = Array(utf8[..<((utf8.lastIndex { $0 != space } ?? -1) + 1)])
    skipSpaces()
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private var rest: ArraySlice<UInt8> { bytes[at...] }
  var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  /// Steps over a character; returns whether it was there.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == character.value else { return false }
    at += 1
    return true
  }

  private mutating func skipSpaces() {
    while next == space { at += 1 }
  }

  /// Steps over what separates a date from a time; returns whether a time follows.
  mutating func skipDateEnd() -> Bool {
    if skip("T") || skip("t") { return true }
    _ = skip(",")
    skipSpaces()
    return next.map(Self.isDigit) ?? false
  }

  /// Returns a number of so many digits.
  mutating func number(digits: ClosedRange<Int>) -> (value: Int, digits: Int)? {
    var (value, count) = (0, 0)
    while let byte = next, Self.isDigit(byte), count <= digits.upperBound {
      value = value * 10 + Int(byte - 0x30)
      count += 1
      at += 1
    }
    return digits.contains(count) ? (value, count) : nil
  }

  /// Returns `H:MM[:SS[.decimals]] [AM|PM]`.
  mutating func timeOfDay() -> TimeOfDay? {
    guard let hour = number(digits: 1...2), skip(":"), let minute = number(digits: 2...2) else {
      return nil
    }
    var time = TimeOfDay(hour: hour.value, minute: minute.value)
    if skip(":") {
      guard let second = number(digits: 2...2) else { return nil }
      time.second = second.value
      if skip(".") || skip(",") {
        let digits = rest.prefix(while: Self.isDigit)
        guard !digits.isEmpty else { return nil }
        at += digits.count
        // The log takes nine, and keeps three.
        time.decimals = "." + String(decoding: digits.prefix(9), as: UTF8.self)
      }
    }
    return halfDay(time)
  }

  /// Resolves `AM` and `PM`: an hour of theirs goes from 1 to 12.
  private mutating func halfDay(_ time: TimeOfDay) -> TimeOfDay? {
    var word = rest
    // Exports of spreadsheets put a narrow or a hard space there.
    while let gap = gaps.first(where: { word.starts(with: $0) }) {
      word = word.dropFirst(gap.count)
    }
    let letters = word.prefix(2).map { $0 | 0x20 }
    let isAfternoon = letters == Array("pm".utf8)
    guard isAfternoon || letters == Array("am".utf8) else { return time }
    guard (1...12).contains(time.hour) else { return nil }
    at = word.startIndex + 2
    var time = time
    time.hour = time.hour % 12 + (isAfternoon ? 12 : 0)
    return time
  }

  /// Returns the offset at the text's end as RFC 3339 has it, an inner nil where there is none; nil if there is
  /// something else.
  mutating func offset() -> String?? {
    skipSpaces()
    guard let sign = next else { return .some(nil) }
    let word = String(decoding: rest, as: UTF8.self)
    if ["z", "utc", "gmt"].contains(word.lowercased()) { return "Z" }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    at += 1
    guard let hours = number(digits: 2...4), hours.digits != 3 else { return nil }
    if hours.digits == 4 { return finished(sign, hours.value / 100, hours.value % 100) }
    guard next != nil else { return finished(sign, hours.value, 0) }
    guard skip(":"), let minutes = number(digits: 2...2) else { return nil }
    return finished(sign, hours.value, minutes.value)
  }

  private func finished(_ sign: UInt8, _ hours: Int, _ minutes: Int) -> String?? {
    guard next == nil, hours < 24, minutes < 60 else { return nil }
    let (h, m) = (
      hours < 10 ? "0\(hours)" : "\(hours)", minutes < 10 ? "0\(minutes)" : "\(minutes)"
    )
    return "\(Unicode.Scalar(sign))\(h):\(m)"
  }

  /// Returns the time of a text that is nothing but seconds, milliseconds or microseconds since 1970.
  func sinceEpoch() -> String? {
    let whole = rest.prefix(while: Self.isDigit)
    let behind = rest.dropFirst(whole.count)
    let decimals = behind.dropFirst()
    guard [10, 13, 16].contains(whole.count),
      behind.isEmpty || behind.first == UInt8(ascii: ".") && !decimals.isEmpty,
      decimals.allSatisfy(Self.isDigit),
      let seconds = Int(String(decoding: whole.prefix(10), as: UTF8.self))
    else { return nil }
    let fraction = String(decoding: (whole.dropFirst(10) + decimals).prefix(9), as: UTF8.self)
    return CivilTime(seconds: seconds).text + (fraction.isEmpty ? "" : ".\(fraction)") + "Z"
  }
}

private let space = UInt8(ascii: " ")
private let gaps = [" ", "\u{202F}", "\u{A0}"].map { Array($0.utf8) }

extension String {
  /// The text without the spaces around it.
  var trimmingSpaces: String {
    let inner = utf8.drop { $0 == space }
    guard let last = inner.lastIndex(where: { $0 != space }) else { return "" }
    return String(decoding: inner[...last], as: UTF8.self)
  }
}
