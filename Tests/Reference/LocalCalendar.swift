import Foundation

/// The calendar of a pipeline's timezone: `timezone`, "what a calendar day is".
struct LocalCalendar {
  var zone: TimeZone
  var weeksStartOnSunday = false

  func offset(_ time: Int) -> Int {
    // A whole second, so that no fraction of one can matter.
    let second = floorDivided(time, 1000)
    return zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
  }

  private func localSeconds(_ time: Int) -> Int { time / 1000 + offset(time) }

  /// The local calendar day, as days from 1970-01-01.
  func day(_ time: Int) -> Int { floorDivided(localSeconds(time), 86_400) }

  /// The calendar window that a time falls into.
  ///
  /// Two times are in one window when their keys are equal.
  func window(_ per: Limit.Per, _ time: Int) -> [Int] {
    switch per {
    case .lifetime:
      return []
    case .hour:
      // "the hour repeated in autumn being two": the offset tells the two apart.
      return [floorDivided(localSeconds(time), 3600), offset(time)]
    case .day:
      return [day(time)]
    case .week:
      // "weeks start on Monday"; 1970-01-01 was a Thursday, so 1969-12-29 was a Monday, and
      // 1969-12-28 a Sunday: "`week_starts: sunday` (default monday)".
      return [floorDivided(day(time) + (weeksStartOnSunday ? 4 : 3), 7)]
    case .month:
      let date = CivilDate(days: day(time))
      return [date.year, date.month]
    }
  }
}

func floorDivided(_ value: Int, _ divisor: Int) -> Int {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
