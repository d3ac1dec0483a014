extension TimeCursor {
  /// Returns a date whose month stands as its name, and the time of day if that stands before the year.
  mutating func namedDate() -> (CivilTime, TimeOfDay?)? {
    var start = self
    if let word = start.word(), isWeekday(word) {
      _ = start.skip(",") || start.skip(".")
      start.skipSpaces()
      self = start
    }
    guard let date = monthFirst() ?? numberFirst() else { return nil }
    return date
  }

  /// Reads `Jan 15, 2026`, `January 15th 2026`, `Jan 15 15:45:00 2026`.
  private mutating func monthFirst() -> (CivilTime, TimeOfDay?)? {
    var start = self
    guard let month = start.word().flatMap(monthNumber) else { return nil }
    start.skipDateSeparators()
    guard let day = start.dayNumber() else { return nil }
    start.skipDateSeparators()
    var ahead = start
    if ahead.isAtClock, let clock = ahead.timeOfDay() {
      ahead.skipSpaces()
      // Of `UTC` and the like between time and year there are many, and only this is sure.
      if let zone = ahead.word(), !["utc", "gmt"].contains(zone.lowercased()) { return nil }
      ahead.skipSpaces()
      guard let year = ahead.number(digits: 4...4) else { return nil }
      self = ahead
      return (CivilTime(year: year.value, month: month, day: day), clock)
    }
    guard let year = start.number(digits: 2...4) else { return nil }
    self = start
    return (CivilTime(year: fullYear(year), month: month, day: day), nil)
  }

  /// Reads `15-Jan-2026`, `15 January 2026`, `15. Jan 26`, `2026-Jan-15`.
  private mutating func numberFirst() -> (CivilTime, TimeOfDay?)? {
    var start = self
    guard let first = start.number(digits: 1...4) else { return nil }
    if first.digits <= 2 { start.skipOrdinal() }
    start.skipDateSeparators()
    guard let month = start.word().flatMap(monthNumber) else { return nil }
    start.skipDateSeparators()
    guard let last = start.number(digits: 1...4) else { return nil }
    let isYearFirst = first.digits == 4
    guard isYearFirst ? last.digits <= 2 : first.digits <= 2 && [2, 4].contains(last.digits) else {
      return nil
    }
    self = start
    let (year, day) = isYearFirst ? (first.value, last.value) : (fullYear(last), first.value)
    return (CivilTime(year: year, month: month, day: day), nil)
  }

  private mutating func dayNumber() -> Int? {
    guard let day = number(digits: 1...2), next != UInt8(ascii: ":") else { return nil }
    skipOrdinal()
    return day.value
  }

  private mutating func skipOrdinal() {
    var start = self
    if let word = start.word(), ["st", "nd", "rd", "th"].contains(word.lowercased()) {
      self = start
    }
  }

  private mutating func skipDateSeparators() {
    while skip(" ") || skip("-") || skip("/") || skip(".") || skip(",") {}
  }
}

private func isWeekday(_ word: String) -> Bool {
  let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  return isAbbreviation(word, in: days) != nil
}

private func monthNumber(_ word: String) -> Int? {
  isAbbreviation(word, in: monthNames.map { $0.lowercased() }).map { $0 + 1 }
}

/// Returns which name a word is, or its first three letters or more.
private func isAbbreviation(_ word: String, in names: [String]) -> Int? {
  let lowered = word.lowercased()
  guard lowered.utf8.count >= 3 else { return nil }
  return names.firstIndex { $0.hasPrefix(lowered) }
}
