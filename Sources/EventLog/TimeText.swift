import Foundation

/// Returns the time as RFC 3339 in UTC with milliseconds; times in this form sort as text.
package func timeText(milliseconds: Int64) -> String {
  let (days, inDay) = milliseconds.flooredQuotientAndRemainder(86_400_000)
  let date = civilDate(days: days)
  let seconds = inDay / 1000
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
    + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
    + "." + padded(inDay % 1000, 3) + "Z"
}

/// Returns the clock's time.
///
/// Only what is written down about a run asks for it, never a result.
package func currentMilliseconds() -> Int64 {
  Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))
}

/// A day of the Gregorian calendar.
struct CivilDate {
  let year: Int64
  let month: Int64
  let day: Int64
}

/// Returns the date of the day that is `days` after 1970-01-01, by eras of 400 years from a March.
func civilDate(days: Int64) -> CivilDate {
  let (era, dayOfEra) = (days + 719_468).flooredQuotientAndRemainder(146_097)
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let marchMonth = (5 * dayOfYear + 2) / 153
  let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return CivilDate(
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
    day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
}

extension Int64 {
  fileprivate func flooredQuotientAndRemainder(_ divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

private func padded(_ number: Int64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
