/// Returns the time as RFC 3339 in UTC with milliseconds; times in this form sort as text.
package func timeText(milliseconds: Milliseconds) -> String {
  let day = floorDivide(milliseconds, 86_400_000)
  let inDay = Int(milliseconds - day * 86_400_000)
  let clock = clockText(daysSince1970: Int(day), secondOfDay: inDay / 1000)
  return "\(clock).\(padded(inDay % 1000, 3))Z"
}

/// Returns what a clock shows, `2026-05-17T10:05:03`, without anything behind it.
package func clockText(daysSince1970 day: Int, secondOfDay second: Int) -> String {
  let date = CivilDate(daysSince1970: day)
  return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
