/// A day of the proleptic Gregorian calendar.
///
/// Counted in years that begin in March, so that a leap day ends a year, and in eras of 400 years, as in
/// Hinnant's "chrono-compatible low-level date algorithms".
package struct CivilDate: Equatable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  private static let daysPerEra = 146_097
  /// From 0000-03-01 to 1970-01-01.
  private static let daysBefore1970 = 719_468

  /// The day so many days after 1970-01-01.
  package init(daysSince1970 days: Int) {
    let era = floorDivide(days + CivilDate.daysBefore1970, CivilDate.daysPerEra)
    let dayOfEra = days + CivilDate.daysBefore1970 - era * CivilDate.daysPerEra
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
  }

  /// Nil where there is no such day.
  @inline(__always)
  package init?(year: Int, month: Int, day: Int) {
    guard 1...12 ~= month, day >= 1, day <= CivilDate.dayCount(ofMonth: month, year: year) else {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  @inline(__always)
  package var daysSince1970: Int {
    let marchYear = month <= 2 ? year - 1 : year
    let marchMonth = month <= 2 ? month + 9 : month - 3
    let leapDays =
      floorDivide(marchYear, 4) - floorDivide(marchYear, 100) + floorDivide(marchYear, 400)
    return marchYear * 365 + leapDays + (153 * marchMonth + 2) / 5 + day - 1
      - CivilDate.daysBefore1970
  }

  private static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Divides towards minus infinity; `divisor` is above 0.
@inlinable @inline(__always)
public func floorDivide<Number: FixedWidthInteger & SignedInteger>(
  _ value: Number, _ divisor: Number
) -> Number {
  // Of a negative number it is the complement that is divided: all numbers have one.
  value >= 0 ? value / divisor : ~(~value / divisor)
}
