/// In which order a date such as `3/4/2026` has its day and month.
package enum DateOrder: String, Sendable, CaseIterable {
  case monthFirst = "mdy"
  case dayFirst = "dmy"
}

/// Reads times in the forms that exports have, and writes them as the log has them.
///
/// - RFC 3339, also with a space for the `T`, without seconds, and with `+0200`, `+02`, or ` UTC` for an offset
/// - a date alone, which is its midnight
/// - `2026/01/15` for `2026-01-15`
/// - where the order is told, `1/15/2026 3:45 PM` and `15.01.2026, 15:45:00` and the like
/// - seconds (10 digits), milliseconds (13) or microseconds (16) since 1970
///
/// A time without an offset is one of `utc`'s clock.
package struct TimeForms: Sendable {
  private let order: DateOrder?
  private let utc: @Sendable (Int) -> Int

  /// - Parameters:
  ///   - order: what a date of two short numbers and a year means; without it such a date is no time.
  ///   - utc: turns seconds since 1970 as a clock on the wall shows them into those of UTC; that clock is UTC's
  ///     unless told otherwise.
  package init(order: DateOrder? = nil, utc: @escaping @Sendable (Int) -> Int = { $0 }) {
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
    guard var time = date(&cursor) else { return nil }
    var decimals = ""
    if cursor.skipDateEnd() {
      guard let clock = cursor.timeOfDay() else { return nil }
      (time.hour, time.minute, time.second) = (clock.hour, clock.minute, clock.second)
      decimals = clock.decimals
    }
    guard time.isValid, let offset = cursor.offset() else { return nil }
    switch offset {
    case .some(let offset): return time.text + decimals + offset
    case .none: return CivilTime(seconds: utc(time.seconds)).text + decimals + "Z"
    }
  }

  private func date(_ cursor: inout TimeCursor) -> CivilTime? {
    guard let first = cursor.number(digits: 1...4) else { return nil }
    let separators: [Unicode.Scalar] = ["-", "/", "."]
    guard let separator = separators.first(where: { cursor.skip($0) }),
      let second = cursor.number(digits: 1...2), cursor.skip(separator),
      let third = cursor.number(digits: 1...4)
    else { return nil }
    if first.digits == 4, third.digits == 2, second.digits == 2, separator != "." {
      return CivilTime(year: first.value, month: second.value, day: third.value)
    }
    guard first.digits <= 2, third.digits == 4, let order else { return nil }
    let (month, day) =
      order == .monthFirst ? (first.value, second.value) : (second.value, first.value)
    return CivilTime(year: third.value, month: month, day: day)
  }
}
