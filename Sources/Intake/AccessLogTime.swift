/// Returns the RFC 3339 time, in UTC, of a server's `17/May/2015:10:05:03 +0000`; nil if it is none.
func accessLogTime(_ stamp: ArraySlice<UInt8>) -> String? {
  let bytes = Array(stamp)
  guard bytes.count == 26,
    bytes[2] == 0x2F, bytes[6] == 0x2F, bytes[11] == 0x3A, bytes[14] == 0x3A, bytes[17] == 0x3A,
    bytes[20] == 0x20, bytes[21] == 0x2B || bytes[21] == 0x2D,
    let day = digits(bytes[0..<2]), let year = digits(bytes[7..<11]),
    let hour = digits(bytes[12..<14]), let minute = digits(bytes[15..<17]),
    let second = digits(bytes[18..<20]), let offsetHours = digits(bytes[22..<24]),
    let offsetMinutes = digits(bytes[24..<26]),
    let month = months.firstIndex(of: String(decoding: bytes[3..<6], as: UTF8.self))
  else { return nil }
  guard day >= 1, day <= dayCount(year, month + 1), hour < 24, minute < 60, second < 60,
    offsetHours < 24, offsetMinutes < 60
  else { return nil }
  let offset = (offsetHours * 60 + offsetMinutes) * (bytes[21] == 0x2B ? 1 : -1)
  return shifted(Day(year: year, month: month + 1, day: day), hour * 60 + minute - offset, second)
}

private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private struct Day {
  var year: Int
  var month: Int
  var day: Int
}

/// Writes the time that is so many minutes after the day's midnight; an offset moves it by a day at most.
private func shifted(_ start: Day, _ minutes: Int, _ second: Int) -> String {
  var date = start
  var minute = minutes
  if minute < 0 {
    minute += 1440
    date.day -= 1
    if date.day == 0 {
      date.month = date.month == 1 ? 12 : date.month - 1
      date.year -= date.month == 12 ? 1 : 0
      date.day = dayCount(date.year, date.month)
    }
  } else if minute >= 1440 {
    minute -= 1440
    date.day += 1
    if date.day > dayCount(date.year, date.month) {
      date.day = 1
      date.month = date.month == 12 ? 1 : date.month + 1
      date.year += date.month == 1 ? 1 : 0
    }
  }
  return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    + "T\(padded(minute / 60, 2)):\(padded(minute % 60, 2)):\(padded(second, 2))Z"
}

private func dayCount(_ year: Int, _ month: Int) -> Int {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

private func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
  var value = 0
  for byte in bytes {
    guard (0x30...0x39).contains(byte) else { return nil }
    value = value * 10 + Int(byte - 0x30)
  }
  return value
}

private func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
