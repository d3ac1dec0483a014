import Foundation

let millisecondsPerDay = 86_400_000

/// The days from 1970-01-01 to a date of the Gregorian calendar.
func days(year: Int, month: Int, day: Int) -> Int {
  // Counted in years that begin in March, so that the leap day is the last of its year.
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

struct CivilDate: Hashable {
  var year: Int
  var month: Int
  var day: Int

  init(days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

func daysInMonth(year: Int, month: Int) -> Int {
  let next = month == 12 ? (year + 1, 1) : (year, month + 1)
  return days(year: next.0, month: next.1, day: 1) - days(year: year, month: month, day: 1)
}

// "RFC 3339 time with `Z` or an offset, up to 9 decimals, kept to the millisecond (truncated),
// from 1970-01-01 until before 2262-01-01 UTC; a second of 60 is refused"
func milliseconds(rfc3339 text: Text) -> Int? {
  var reader = TimeReader(bytes: text.bytes)
  guard let year = reader.digits(4), reader.take("-"),
    let month = reader.digits(2), (1...12).contains(month), reader.take("-"),
    let day = reader.digits(2), (1...daysInMonth(year: year, month: month)).contains(day),
    reader.take("T") || reader.take("t"),
    let hour = reader.digits(2), hour < 24, reader.take(":"),
    let minute = reader.digits(2), minute < 60, reader.take(":"),
    let second = reader.digits(2), second < 60,
    let nanoseconds = reader.fraction(),
    let offsetMinutes = reader.offset(), reader.atEnd
  else { return nil }
  let date = days(year: year, month: month, day: day)
  let seconds = date * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
  let from = days(year: 1970, month: 1, day: 1) * 86_400
  let until = days(year: 2262, month: 1, day: 1) * 86_400
  guard from <= seconds, seconds < until else { return nil }
  return seconds * 1000 + nanoseconds / 1_000_000
}

/// Reads the parts of a time, one by one.
struct TimeReader {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var atEnd: Bool { at == bytes.count }

  mutating func take(_ expected: Character) -> Bool {
    guard at < bytes.count, bytes[at] == expected.asciiValue else { return false }
    at += 1
    return true
  }

  mutating func digit() -> Int? {
    guard at < bytes.count, (0x30...0x39).contains(bytes[at]) else { return nil }
    at += 1
    return Int(bytes[at - 1]) - 0x30
  }

  mutating func digits(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let next = digit() else { return nil }
      value = value * 10 + next
    }
    return value
  }

  /// The decimals as nanoseconds: none, or a dot and 1 to 9 of them.
  mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    var value = 0
    var count = 0
    while let next = digit() {
      value = value * 10 + next
      count += 1
      if count > 9 { return nil }
    }
    if count == 0 { return nil }
    for _ in count..<9 { value *= 10 }
    return value
  }

  /// The offset in minutes east of UTC.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let west = take("-")
    guard west || take("+") else { return nil }
    guard let hours = digits(2), hours < 24, take(":"), let minutes = digits(2), minutes < 60
    else { return nil }
    return (west ? -1 : 1) * (hours * 60 + minutes)
  }
}

// "times as RFC 3339 UTC with milliseconds"
func rfc3339(_ milliseconds: Int) -> String {
  let date = CivilDate(days: milliseconds / millisecondsPerDay)
  let rest = milliseconds % millisecondsPerDay
  func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
    + padded(rest / 3_600_000, 2) + ":" + padded(rest / 60_000 % 60, 2) + ":"
    + padded(rest / 1000 % 60, 2) + "." + padded(rest % 1000, 3) + "Z"
}

// "Durations are `90m`, `12h`, `30d`, `2w` (a day is 24 h of elapsed time)."
func duration(_ text: String) -> Int? {
  guard let unit = text.last, let count = Int(text.dropLast()) else { return nil }
  switch unit {
  case "m": return count * 60_000
  case "h": return count * 3_600_000
  case "d": return count * millisecondsPerDay
  case "w": return count * 7 * millisecondsPerDay
  default: return nil
  }
}
