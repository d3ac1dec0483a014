/// What times in conditions are compared with.
struct Clock {
  var asOf: Int
  var calendar: LocalCalendar

  // "The subject is a time, or text in one of these forms; else the predicate fails."
  func instant(_ value: Scalar) -> Int? {
    switch value {
    case .time(let time): time
    case .text(let text): instant(text)
    case .number, .decimal, .bool: nil
    }
  }

  // "a date, as `2026-03-01` (the first instant of that day), or a date, then `T`, `t` or one blank,
  // hours and minutes, optionally seconds with up to 9 decimals (kept to the millisecond),
  // optionally `Z`, `z` or an offset as `+02:00`; without one, in the definition's time zone; years
  // 0001 to 9999"
  func instant(_ text: Text) -> Int? {
    var reader = TimeReader(bytes: text.bytes)
    guard let year = reader.digits(4), year >= 1, reader.take("-"),
      let month = reader.digits(2), (1...12).contains(month), reader.take("-"),
      let day = reader.digits(2), (1...daysInMonth(year: year, month: month)).contains(day)
    else { return nil }
    let midnight = days(year: year, month: month, day: day) * 86_400
    if reader.atEnd { return calendar.second(local: midnight) * 1000 }
    guard reader.take("T") || reader.take("t") || reader.take(" "),
      let hour = reader.digits(2), hour < 24, reader.take(":"),
      let minute = reader.digits(2), minute < 60
    else { return nil }
    var second = 0
    var nanoseconds = 0
    if reader.take(":") {
      guard let seconds = reader.digits(2), seconds < 60, let fraction = reader.fraction()
      else { return nil }
      (second, nanoseconds) = (seconds, fraction)
    }
    let local = midnight + hour * 3600 + minute * 60 + second
    if reader.atEnd { return jumped(local, milliseconds: nanoseconds / 1_000_000) }
    guard let offset = reader.offset(), reader.atEnd else { return nil }
    return (local - offset * 60) * 1000 + nanoseconds / 1_000_000
  }

  // "of one that is left out by the clock the instant it jumps to", which has no fraction
  private func jumped(_ local: Int, milliseconds: Int) -> Int {
    let second = calendar.second(local: local)
    let exists = calendar.localSecond(second) == local
    return second * 1000 + (exists ? milliseconds : 0)
  }
}

extension LocalCalendar {
  private func offset(second: Int) -> Int { offset(second * 1000) }

  func localSecond(_ second: Int) -> Int { second + offset(second: second) }

  /// When the clock shows a time: "of a time that comes twice the first; of one that is left out by
  /// the clock the instant it jumps to", in seconds.
  func second(local: Int) -> Int {
    // The clock is not changed twice in five days.
    let (early, late) = (local - 60 * 3600, local + 60 * 3600)
    let shown = [offset(second: early), offset(second: late)].map { local - $0 }
      .filter { localSecond($0) == local }
    if let first = shown.min() { return first }
    // Where the clock shows less, and then at once more.
    var (before, after) = (early, late)
    while after - before > 1 {
      let middle = (before + after) / 2
      if localSecond(middle) < local { before = middle } else { after = middle }
    }
    return after
  }
}
