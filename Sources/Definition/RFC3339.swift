/// Returns the time an RFC 3339 text says, to the millisecond, further decimals cut off.
///
/// Only times from 1970-01-01 until before 2262-01-01 UTC; up to nine decimals; no second of 60.
func rfc3339(_ text: String) -> Milliseconds? {
  let bytes = Array(text.utf8)
  guard bytes.count >= 20 else { return nil }
  func number(_ range: Range<Int>) -> Int64? {
    guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }
  guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
    bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
    bytes[16] == UInt8(ascii: ":"), let year = number(0..<4), let month = number(5..<7),
    let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
    let second = number(17..<19), (1...12).contains(month), day >= 1,
    day <= daysIn(month, of: year), hour < 24, minute < 60, second < 60
  else { return nil }
  var index = 19
  var fraction: Int64 = 0
  if bytes[index] == UInt8(ascii: ".") {
    let digits = bytes[20...].prefix { 0x30...0x39 ~= $0 }
    guard (1...9).contains(digits.count) else { return nil }
    for place in 0..<3 {
      fraction = fraction * 10 + (place < digits.count ? Int64(digits[20 + place] - 0x30) : 0)
    }
    index = 20 + digits.count
  }
  guard let offset = offset(bytes[index...], number) else { return nil }
  let seconds = daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
  let time = (seconds - offset) * 1_000 + fraction
  // 2262-01-01T00:00:00Z
  return (0..<9_214_646_400_000).contains(time) ? time : nil
}

/// Returns the seconds of `Z` or `+hh:mm`, the whole of what is left.
private func offset(_ rest: ArraySlice<UInt8>, _ number: (Range<Int>) -> Int64?) -> Int64? {
  guard let sign = rest.first else { return nil }
  if sign | 0x20 == UInt8(ascii: "z") { return rest.count == 1 ? 0 : nil }
  let start = rest.startIndex
  guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), rest.count == 6,
    rest[start + 3] == UInt8(ascii: ":"), let hours = number(start + 1..<start + 3), hours < 24,
    let minutes = number(start + 4..<start + 6), minutes < 60
  else { return nil }
  return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3_600 + minutes * 60)
}

private func daysIn(_ month: Int64, of year: Int64) -> Int64 {
  switch month {
  case 4, 6, 9, 11: 30
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  default: 31
  }
}

/// Counts days in the Gregorian calendar, years beginning in March so that a leap day comes last.
private func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
  let shifted = month > 2 ? year : year - 1
  let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
}
