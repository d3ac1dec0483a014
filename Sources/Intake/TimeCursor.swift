/// Walks over the parts of a time.
struct TimeCursor {
  struct TimeOfDay {
    var hour: Int
    var minute: Int
    var second = 0
    /// With their point; none where there are none.
    var decimals = ""
  }

  private var rest: Substring.UnicodeScalarView

  init(_ text: String) {
    rest = text[...].unicodeScalars
  }

  var next: Unicode.Scalar? { rest.first }

  /// Steps over a scalar; returns whether it was there.
  mutating func skip(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  mutating func skipSpaces() {
    while rest.first == " " { rest.removeFirst() }
  }

  /// Steps over what separates a date from a time; returns whether a time follows.
  mutating func skipDateEnd() -> Bool {
    if skip("T") || skip("t") { return true }
    _ = skip(",")
    skipSpaces()
    return rest.first.map(isDigit) ?? false
  }

  /// Returns a number of so many digits.
  mutating func number(digits: ClosedRange<Int>) -> (value: Int, digits: Int)? {
    var (value, count) = (0, 0)
    while let scalar = rest.first, isDigit(scalar), count <= digits.upperBound {
      value = value * 10 + Int(scalar.value - 0x30)
      count += 1
      rest.removeFirst()
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
      if rest.first == "." || rest.first == "," {
        rest.removeFirst()
        guard let decimals = decimals() else { return nil }
        time.decimals = decimals
      }
    }
    return halfDay(time)
  }

  private mutating func decimals() -> String? {
    let digits = rest.prefix(while: isDigit)
    guard !digits.isEmpty else { return nil }
    rest = rest[digits.endIndex...]
    // The log takes nine, and keeps three.
    return "." + String(String.UnicodeScalarView(digits.prefix(9)))
  }

  /// Resolves `AM` and `PM`: an hour of theirs goes from 1 to 12.
  private mutating func halfDay(_ time: TimeOfDay) -> TimeOfDay? {
    var cursor = self
    // Exports of spreadsheets put a narrow space there.
    while let space = cursor.next, space == " " || space == "\u{202F}" || space == "\u{A0}" {
      cursor.rest.removeFirst()
    }
    let word = String(String.UnicodeScalarView(cursor.rest.prefix(2))).lowercased()
    guard word == "am" || word == "pm" else { return time }
    guard (1...12).contains(time.hour) else { return nil }
    cursor.rest = cursor.rest.dropFirst(2)
    self = cursor
    var time = time
    time.hour = time.hour % 12 + (word == "pm" ? 12 : 0)
    return time
  }

  /// Returns the offset at the text's end as RFC 3339 has it, an inner nil where there is none; nil if there is
  /// something else.
  mutating func offset() -> String?? {
    skipSpaces()
    let word = String(rest).trimmingSpaces
    if word.isEmpty { return .some(nil) }
    if ["z", "utc", "gmt"].contains(word.lowercased()) { return "Z" }
    guard let sign = next, sign == "+" || sign == "-" else { return nil }
    let digits = word.unicodeScalars.filter(isDigit)
    let forms = ["HHMM", "HH:MM", "HH"].map(\.count)
    guard forms.contains(word.unicodeScalars.count - 1), digits.count == 2 || digits.count == 4,
      word.unicodeScalars.dropFirst().enumerated().allSatisfy({
        isDigit($1) || $0 == 2 && $1 == ":"
      })
    else { return nil }
    let text = String(String.UnicodeScalarView(digits))
    return "\(sign)\(text.prefix(2)):\(digits.count == 4 ? String(text.suffix(2)) : "00")"
  }

  /// Returns the time of a text that is nothing but seconds, milliseconds or microseconds since 1970.
  mutating func sinceEpoch() -> String? {
    let text = String(rest).trimmingSpaces
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let (whole, decimals) = (parts.first ?? "", parts.count == 2 ? parts[1] : "")
    guard parts.count <= 2, whole.unicodeScalars.allSatisfy(isDigit),
      decimals.unicodeScalars.allSatisfy(isDigit), parts.count == 1 || !decimals.isEmpty,
      let number = Int(whole)
    else { return nil }
    switch whole.utf8.count {
    case 10:
      let fraction = decimals.isEmpty ? "" : ".\(decimals.prefix(9))"
      return CivilTime(seconds: number).text + fraction + "Z"
    case 13, 16:
      let perSecond = whole.utf8.count == 13 ? 1000 : 1_000_000
      let fraction = whole.suffix(whole.utf8.count - 10)
      return CivilTime(seconds: number / perSecond).text + ".\(fraction)Z"
    default: return nil
    }
  }
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

extension String {
  /// The text without the spaces around it.
  var trimmingSpaces: String {
    let end = unicodeScalars.reversed().drop { $0 == " " }
    return String(String.UnicodeScalarView(Array(end).reversed().drop { $0 == " " }))
  }
}
