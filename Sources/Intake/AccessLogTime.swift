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
  let time = CivilTime(
    year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
  guard time.isValid, offsetHours < 24, offsetMinutes < 60 else { return nil }
  let offset = (offsetHours * 3600 + offsetMinutes * 60) * (bytes[21] == 0x2B ? 1 : -1)
  return CivilTime(seconds: time.seconds - offset).text + "Z"
}

private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
  var value = 0
  for byte in bytes {
    guard (0x30...0x39).contains(byte) else { return nil }
    value = value * 10 + Int(byte - 0x30)
  }
  return value
}
