import Notation

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
    CivilDate(year: year, month: month, day: day) != nil && (0...23).contains(hour)
      && (0...59).contains(minute) && (0...59).contains(second) && (0...9999).contains(year)
  }

  /// Seconds since 1970-01-01T00:00:00 of a valid time, as if the clock showed UTC.
  var seconds: Int {
    let days = CivilDate(year: year, month: month, day: day)?.daysSince1970 ?? 0
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
    let days = floorDivide(seconds, 86_400)
    let inDay = seconds - days * 86_400
    let date = CivilDate(daysSince1970: days)
    (year, month, day) = (date.year, date.month, date.day)
    hour = inDay / 3600
    minute = inDay / 60 % 60
    second = inDay % 60
  }

  /// `2026-05-17T10:05:03`, without anything behind it.
  var text: String {
    let day = floorDivide(seconds, 86_400)
    return clockText(daysSince1970: day, secondOfDay: seconds - day * 86_400)
  }
}
