/// In which order a date such as `3/4/2026` has its day, month and year.
package enum DateOrder: String, Sendable, CaseIterable {
  case monthFirst = "mdy"
  case dayFirst = "dmy"
  case yearFirst = "ymd"
}

/// Reads times in the forms that exports have, and writes them as the log has them.
///
/// - RFC 3339, also with a space for the `T`, without seconds, and with `+0200`, `+02`, or ` UTC` for an offset
/// - a date alone, which is its midnight
/// - `2026/01/15` for `2026-01-15`, `20260115`, `20260115T154500`, `20260115154500`
/// - months by their names: `Jan 15, 2026 3:45 PM`, `15-Jan-2026`, `Thu, 15 Jan 2026 15:45:00 +0200`
/// - where the order is told, `1/15/2026 3:45 PM`, `15.01.2026, 15:45:00`, `1/15/26` and the like
/// - seconds (10 digits), milliseconds (13), microseconds (16) or nanoseconds (19) since 1970
/// - days of a spreadsheet, as `46037.65625`
///
/// A time without an offset is one of `utc`'s clock.
package struct TimeForms: Sendable {
  private let order: DateOrder?
  private let utc: (@Sendable (Int) -> Int)?

  /// - Parameters:
  ///   - order: what a date of short numbers means; without it such a date is no time.
  ///   - utc: turns seconds since 1970 as a clock on the wall shows them into those of UTC; that clock is UTC's
  ///     unless told otherwise.
  package init(order: DateOrder? = nil, utc: (@Sendable (Int) -> Int)? = nil) {
    self.order = order
    self.utc = utc
  }

  /// Returns the time in RFC 3339 of the first of some texts that is one.
  func first(of texts: String?...) -> String? {
    for text in texts {
      if let time = text.flatMap(rfc3339) { return time }
    }
    return nil
  }

  /// Returns the time in RFC 3339; nil if the text is none.
  package func rfc3339(_ text: String) -> String? {
    var cursor = TimeCursor(text)
    if let time = cursor.sinceEpoch() { return time }
    if let time = cursor.spreadsheetDay() { return written(time, "", nil) }
    if let date = numericDate(&cursor) { return rest(of: date, &cursor) }
    return named(text)
  }

  private func rest(of date: CivilTime, _ cursor: inout TimeCursor) -> String? {
    var (time, decimals) = (date, "")
    if cursor.skipDateEnd() {
      guard let clock = cursor.timeOfDay() else { return nil }
      time.set(clock)
      decimals = clock.decimals
    }
    return cursor.offset().flatMap { written(time, decimals, $0) }
  }

  private func named(_ text: String) -> String? {
    var cursor = TimeCursor(text)
    guard let (date, clock) = cursor.namedDate() else { return nil }
    guard let clock else { return rest(of: date, &cursor) }
    // `Thu Jan 15 15:45:00 2026`: all is behind us but an offset.
    var time = date
    time.set(clock)
    return cursor.offset().flatMap { written(time, clock.decimals, $0) }
  }

  private func written(_ time: CivilTime, _ decimals: String, _ offset: String?) -> String? {
    guard time.isValid else { return nil }
    if let offset { return time.text + decimals + offset }
    return CivilTime(seconds: utc?(time.seconds) ?? time.seconds).text + decimals + "Z"
  }

  private func numericDate(_ cursor: inout TimeCursor) -> CivilTime? {
    var start = cursor
    if let compact = cursor.compactDate() { return compact }
    guard let first = start.number(digits: 1...4) else { return nil }
    let separators: [Unicode.Scalar] = ["-", "/", "."]
    guard let separator = separators.first(where: { start.skip($0) }),
      let second = start.number(digits: 1...2), start.skip(separator),
      let third = start.number(digits: 1...4)
    else { return nil }
    cursor = start
    if first.digits == 4, third.digits <= 2, separator != "." {
      return CivilTime(year: first.value, month: second.value, day: third.value)
    }
    guard let order, [2, 4].contains(order == .yearFirst ? first.digits : third.digits) else {
      return nil
    }
    return ShortDate(first, second, third).read(order)
  }

  /// Returns what a date that could be several could be, each with the option that says so; nil for any other text.
  func hint(_ text: String) -> String? {
    var cursor = TimeCursor(text)
    guard let first = cursor.number(digits: 1...4),
      let separator = (["-", "/", "."] as [Unicode.Scalar]).first(where: { cursor.skip($0) }),
      let second = cursor.number(digits: 1...2), cursor.skip(separator),
      let third = cursor.number(digits: 1...4)
    else {
      return TimeForms.zoneHint(text)
    }
    let date = ShortDate(first, second, third)
    let orders: [DateOrder] =
      first.digits <= 2 && third.digits == 2 ? DateOrder.allCases : [.monthFirst, .dayFirst]
    let readings = orders.compactMap { order in
      date.read(order).flatMap { time in
        time.isValid
          ? "\(monthNames[time.month - 1]) \(time.day), \(time.year) with --dates \(order.rawValue)"
          : nil
      }
    }
    guard first.digits <= 2, !readings.isEmpty else { return TimeForms.zoneHint(text) }
    return "'\(text)' is \(readings.joined(separator: ", or "))"
  }

  private static func zoneHint(_ text: String) -> String? {
    let word = text.split(separator: " ").last.map(String.init) ?? ""
    guard word.utf8.count >= 3, word.utf8.allSatisfy({ 0x41...0x5A ~= $0 }), text != word else {
      return nil
    }
    return
      "'\(word)' is the name of several offsets; without it, --timezone says what clock it is of, "
      + "as --timezone America/Chicago"
  }
}

/// A date of three numbers, as it is written.
struct ShortDate {
  typealias Number = (value: Int, digits: Int)

  private let parts: [Number]

  init(_ first: Number, _ second: Number, _ third: Number) {
    parts = [first, second, third]
  }

  /// Returns what it means in this order; years of two digits are those from 1970 to 2069.
  func read(_ order: DateOrder) -> CivilTime? {
    let (year, month, day) =
      switch order {
      case .monthFirst: (parts[2], parts[0], parts[1])
      case .dayFirst: (parts[2], parts[1], parts[0])
      case .yearFirst: (parts[0], parts[1], parts[2])
      }
    guard month.digits <= 2, day.digits <= 2, [2, 4].contains(year.digits) else { return nil }
    return CivilTime(year: fullYear(year), month: month.value, day: day.value)
  }
}

/// Returns the year that is meant by two digits, or by four.
func fullYear(_ year: ShortDate.Number) -> Int {
  year.digits > 2 ? year.value : year.value + (year.value < 70 ? 2000 : 1900)
}

let monthNames = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
]

extension CivilTime {
  fileprivate mutating func set(_ clock: TimeCursor.TimeOfDay) {
    (hour, minute, second) = (clock.hour, clock.minute, clock.second)
  }
}
