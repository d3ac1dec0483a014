/// A date and a time of day as a clock on a wall shows them.
struct CivilTime: Equatable {
  var year: Int
  var month: Int
  var day: Int
  var hour = 0
  var minute = 0
  var second = 0

  /// Whether there is such a day and time; a second of 60 is none.
  var isValid: Bool {
    (1...12).contains(month) && day >= 1 && day <= Self.dayCount(year, month)
      && (0...23).contains(hour) && (0...59).contains(minute) && (0...59).contains(second)
      && (0...9999).contains(year)
  }

  private static func dayCount(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Seconds since 1970-01-01T00:00:00, as if the clock showed UTC.
  var seconds: Int {
    // Years begin in March, so that a leap day is the last.
    let marchYear = month <= 2 ? year - 1 : year
    let marchMonth = month <= 2 ? month + 9 : month - 3
    let leapDays = floored(marchYear, 4) - floored(marchYear, 100) + floored(marchYear, 400)
    let days = marchYear * 365 + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - 719_468
    return days * 86_400 + hour * 3600 + minute * 60 + second
  }

  init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// What a clock of UTC shows so many seconds after 1970 began.
  init(seconds: Int) {
    let days = floored(seconds, 86_400)
    let inDay = seconds - days * 86_400
    let era = floored(days + 719_468, 146_097)
    let dayOfEra = days + 719_468 - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    hour = inDay / 3600
    minute = inDay / 60 % 60
    second = inDay % 60
  }

  /// `2026-05-17T10:05:03`, without anything behind it.
  var text: String {
    "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
      + "T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
  }
}

private func floored(_ number: Int, _ divisor: Int) -> Int {
  number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
}

private func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
