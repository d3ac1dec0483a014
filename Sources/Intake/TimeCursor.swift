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

  /// Whether an hour and a colon follow.
  var isAtClock: Bool {
    let hour = rest.prefix(while: Self.isDigit)
    return 1...2 ~= hour.count && rest.dropFirst(hour.count).first == UInt8(ascii: ":")
  }

  /// Steps over a character; returns whether it was there.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == character.value else { return false }
    at += 1
    return true
  }

  mutating func skipSpaces() {
    while let gap = gaps.first(where: { rest.starts(with: $0) }) { at += gap.count }
  }

  /// Returns a word of ASCII letters here, and steps over it.
  mutating func word() -> String? {
    let letters = rest.prefix { 0x61...0x7A ~= $0 | 0x20 }
    at += letters.count
    return letters.isEmpty ? nil : String(decoding: letters, as: UTF8.self)
  }

  /// Returns the date of `20260115`, with a time behind it or not.
  mutating func compactDate() -> CivilTime? {
    let digits = rest.prefix(while: Self.isDigit)
    guard [8, 12, 14].contains(digits.count),
      let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    let clock = [8: 1, 12: 10_000, 14: 1_000_000][digits.count] ?? 1
    let date = number / clock
    var time = CivilTime(year: date / 10_000, month: date / 100 % 100, day: date % 100)
    if digits.count > 8 {
      let seconds = digits.count == 12 ? number % clock * 100 : number % clock
      (time.hour, time.minute, time.second) = (seconds / 10_000, seconds / 100 % 100, seconds % 100)
    }
    guard 1970...2099 ~= time.year, time.isValid else { return nil }
    at += digits.count
    return time
  }

  /// Returns the time of a spreadsheet's number of days since 1899-12-30, from 1970 to 2099.
  func spreadsheetDay() -> CivilTime? {
    let whole = rest.prefix(while: Self.isDigit)
    let behind = rest.dropFirst(whole.count)
    guard whole.count == 5, let days = Int(String(decoding: whole, as: UTF8.self)),
      25_569...73_050 ~= days,
      behind.isEmpty
        || behind.first == UInt8(ascii: ".") && behind.count > 1
          && behind.dropFirst().allSatisfy(Self.isDigit)
    else { return nil }
    // Nine digits are finer than a second, and fit.
    let digits = (behind.dropFirst() + Array(repeating: UInt8(ascii: "0"), count: 9)).prefix(9)
    let fraction = Int(String(decoding: digits, as: UTF8.self)) ?? 0
    let seconds = (fraction * 86_400 + 500_000_000) / 1_000_000_000
    return CivilTime(seconds: (days - 25_569) * 86_400 + seconds)
  }

  /// Steps over what separates a date from a time; returns whether a time follows.
  mutating func skipDateEnd() -> Bool {
    if skip("T") || skip("t") { return true }
    _ = skip(",")
    skipSpaces()
    var start = self
    if start.word()?.lowercased() == "at" {
      self = start
      skipSpaces()
    }
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
    if rest.prefix(while: Self.isDigit).count > 2 { return compactTime() }
    guard let hour = number(digits: 1...2) else { return nil }
    guard skip(":") else {
      let start = at
      let time = halfDay(TimeOfDay(hour: hour.value, minute: 0))
      return at > start ? time : nil
    }
    guard let minute = number(digits: 2...2) else { return nil }
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

  /// Reads the time in `20260115T154500`, with or without its seconds.
  private mutating func compactTime() -> TimeOfDay? {
    let digits = rest.prefix(while: Self.isDigit)
    guard [4, 6].contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    at += digits.count
    let seconds = digits.count == 4 ? number * 100 : number
    return TimeOfDay(hour: seconds / 10_000, minute: seconds / 100 % 100, second: seconds % 100)
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
    if next == nil { return .some(nil) }
    var isNamed = false
    if let name = word() {
      isNamed = true
      let zones = name.lowercased()
      let known = ["z", "utc", "gmt"].contains(zones) ? "Z" : zoneOffsets[zones]
      guard let known else { return nil }
      if next == nil { return known }
      guard known == "Z", zones != "z" else { return nil }
    }
    guard let sign = next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return nil
    }
    at += 1
    guard let hours = number(digits: isNamed ? 1...4 : 2...4), hours.digits != 3
    else { return nil }
    if hours.digits == 4 { return finished(sign, hours.value / 100, hours.value % 100) }
    guard skip(":") else { return finished(sign, hours.value, 0) }
    guard let minutes = number(digits: 2...2) else { return nil }
    return finished(sign, hours.value, minutes.value)
  }

  /// Whether nothing follows but the name of the zone whose offset has been told.
  private func isAtZoneName() -> Bool {
    let name = String(decoding: rest, as: UTF8.self).trimmingSpaces
    return name.isEmpty || name.first == "(" && name.last == ")"
      || name.first == "[" && name.last == "]"
      || name.utf8.count <= 5 && rest.first == space && name.utf8.allSatisfy { 0x41...0x5A ~= $0 }
  }

  private func finished(_ sign: UInt8, _ hours: Int, _ minutes: Int) -> String?? {
    guard isAtZoneName(), hours < 24, minutes < 60 else { return nil }
    let (h, m) = (
      hours < 10 ? "0\(hours)" : "\(hours)", minutes < 10 ? "0\(minutes)" : "\(minutes)"
    )
    return "\(Unicode.Scalar(sign))\(h):\(m)"
  }

  /// Returns the time of a text that is nothing but seconds, milliseconds, microseconds or nanoseconds since 1970.
  func sinceEpoch() -> String? {
    let whole = rest.prefix(while: Self.isDigit)
    let behind = rest.dropFirst(whole.count)
    let decimals = behind.dropFirst()
    guard [10, 13, 16, 19].contains(whole.count),
      behind.isEmpty || behind.first == UInt8(ascii: ".") && !decimals.isEmpty,
      decimals.allSatisfy(Self.isDigit),
      let seconds = Int(String(decoding: whole.prefix(10), as: UTF8.self))
    else { return nil }
    let fraction = String(decoding: (whole.dropFirst(10) + decimals).prefix(9), as: UTF8.self)
    return CivilTime(seconds: seconds).text + (fraction.isEmpty ? "" : ".\(fraction)") + "Z"
  }
}

private let space = UInt8(ascii: " ")
/// The names of offsets that mean one alone; `CST`, `IST`, `BST` and others mean several.
private let zoneOffsets = [
  "est": "-05:00", "edt": "-04:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
  "wet": "+00:00", "west": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00",
  "eest": "+03:00",
]

private let gaps = [" ", "\u{202F}", "\u{A0}"].map { Array($0.utf8) }

extension String {
  /// The text without the spaces around it.
  var trimmingSpaces: String {
    let inner = utf8.drop { $0 == space }
    guard let last = inner.lastIndex(where: { $0 != space }) else { return "" }
    return String(decoding: inner[...last], as: UTF8.self)
  }
}
