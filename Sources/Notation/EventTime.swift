/// Returns the milliseconds since 1970 of an RFC 3339 time, or nil where it is none, has more than
/// nine decimals, a second of 60, or lies before 1970 or from 2262-01-01 on.
///
/// Decimals beyond the millisecond are cut off, not rounded.
public func eventTime(_ start: UnsafePointer<UInt8>, _ count: Int) -> Milliseconds? {
  guard count >= 20,
    let century = twoDigits(start), let yearOfCentury = twoDigits(start + 2), start[4] == dash,
    let month = twoDigits(start + 5), start[7] == dash, let day = twoDigits(start + 8),
    start[10] | 0x20 == UInt8(ascii: "t"),
    let hour = twoDigits(start + 11), start[13] == colon,
    let minute = twoDigits(start + 14), start[16] == colon, let second = twoDigits(start + 17)
  else { return nil }
  let year = century * 100 + yearOfCentury
  guard let date = CivilDate(year: year, month: month, day: day), hour <= 23, minute <= 59,
    second <= 59
  else { return nil }

  var at = 19
  var milliseconds: Int64 = 0
  if start[at] == UInt8(ascii: ".") {
    at += 1
    let first = at
    while at < count, isDigit(start[at]) {
      if at - first < 3 { milliseconds = milliseconds * 10 + Int64(start[at] & 15) }
      at += 1
    }
    let digits = at - first
    guard digits >= 1, digits <= 9 else { return nil }
    if digits == 1 { milliseconds *= 100 } else if digits == 2 { milliseconds *= 10 }
  }

  guard at < count else { return nil }
  var offset: Int64 = 0
  let sign = start[at]
  if sign | 0x20 == UInt8(ascii: "z") {
    guard at + 1 == count else { return nil }
  } else {
    guard sign == UInt8(ascii: "+") || sign == dash, at + 6 == count,
      let hours = twoDigits(start + at + 1), start[at + 3] == colon,
      let minutes = twoDigits(start + at + 4), hours <= 23, minutes <= 59
    else { return nil }
    offset = Int64(hours * 60 + minutes) * (sign == dash ? -60 : 60)
  }

  let seconds =
    Int64(date.daysSince1970 * 86400 + hour * 3600 + minute * 60 + second) - offset
  guard seconds >= 0, seconds < secondsAtEnd else { return nil }
  return seconds * 1000 + milliseconds
}

/// Returns the milliseconds since 1970 of an RFC 3339 time, or nil where it is none; the same
/// limits apply.
package func eventTime(_ text: String) -> Milliseconds? {
  let bytes = Array(text.utf8)
  return bytes.withUnsafeBufferPointer { bytes in
    bytes.baseAddress.flatMap { eventTime($0, bytes.count) }
  }
}

/// 2262-01-01T00:00:00Z.
private let secondsAtEnd: Int64 = 9_214_646_400
private let dash = UInt8(ascii: "-")
private let colon = UInt8(ascii: ":")

@inline(__always)
private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always)
private func twoDigits(_ at: UnsafePointer<UInt8>) -> Int? {
  let tens = at[0] &- 0x30
  let ones = at[1] &- 0x30
  return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
}
