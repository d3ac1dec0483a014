import Definition
import Notation

extension LocalCalendar {
  /// Returns the beginnings of the calendar windows that begin after one time and up to another.
  ///
  /// `window`: days, weeks or months.
  package func beginnings(
    of window: CalendarWindow, after start: Milliseconds, upTo end: Milliseconds,
    _ weekStart: WeekStart = .monday
  ) -> [Milliseconds] {
    var place = 0
    func local(_ time: Milliseconds) -> Milliseconds { time + offset(at: time, near: &place) }
    func number(_ time: Milliseconds) -> Int64 {
      LocalCalendar.window(window, local: local(time), offset: 0, weekStart)
    }
    guard start < end else { return [] }
    var beginnings: [Milliseconds] = []
    var last = number(start)
    for day in floorDivide(local(start), LocalCalendar.day) + 1...floorDivide(
      local(end), LocalCalendar.day) + 1
    {
      let midnight = beginning(ofDay: day, &place)
      guard midnight > start, midnight <= end else { continue }
      let current = number(midnight)
      if current != last { beginnings.append(midnight) }
      last = current
    }
    return beginnings
  }

  /// The first moment of a day since 1970 on local clocks.
  private func beginning(ofDay day: Int64, _ place: inout Int) -> Milliseconds {
    let local = day * LocalCalendar.day
    var time = local
    // The offset is that of the time looked for, which a second look knows.
    for _ in 0..<3 { time = local - offset(at: time, near: &place) }
    return time
  }
}
