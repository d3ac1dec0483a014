import Notation

/// A subject as written, taken apart: `count.white-paper@14d` is kind, name and window.
struct SubjectText {
  let written: String
  let kind: String
  package let name: String?
  let window: Milliseconds?

  /// Takes it apart, reporting a window that is no duration.
  ///
  /// An attribute's name goes to the end, `@` included.
  init?(_ text: String, at place: Place, _ faults: FaultCollector) {
    written = text
    let kindEnd = text.firstIndex(of: ".")
    guard kindEnd.map({ text[..<$0] }) != "attribute" else {
      kind = "attribute"
      name = kindEnd.map { String(text[text.index(after: $0)...]) }
      window = nil
      return
    }
    let windowStart = text.lastIndex(of: "@")
    let subject = text[..<(windowStart ?? text.endIndex)]
    let parts = subject.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    kind = String(parts[0])
    name = parts.count > 1 ? String(parts[1]) : nil
    guard let windowStart else {
      window = nil
      return
    }
    let length = text[text.index(after: windowStart)...]
    do throws(DurationFault) {
      window = try parseDuration(length)
    } catch {
      reportDuration(error, "the window of '\(text)'", length, at: place, faults)
      return nil
    }
  }

  /// Reports a window where there can be none, and a name missing or too much.
  func check(
    named: Bool, example: String, windowed: Bool, at place: Place, _ faults: FaultCollector
  ) -> Bool {
    if window != nil, !windowed {
      faults.report(
        place, "'\(kind)' takes no window: '\(written)'",
        hint:
          "tally, count, activities, visits, deepest_visit, active_days, time_on_site and busiest_hour do"
      )
      return false
    }
    if named, (name ?? "").isEmpty {
      faults.report(place, "'\(written)' needs a name", hint: "write \(kind).\(example)")
      return false
    }
    if !named, name != nil {
      faults.report(place, "'\(kind)' has no parts: '\(written)'", hint: "write '\(kind)'")
      return false
    }
    return true
  }
}

extension EventSubject {
  /// A member of an event by its name, or `fields.NAME`.
  static func load(_ text: String, at place: Place, _ scope: Scope) -> EventSubject? {
    if text == "fields" || text == "fields." {
      scope.report(place, "'\(text)' needs a name", hint: "write fields.NAME")
      return nil
    }
    if text.isEmpty {
      scope.report(place, "an event's member has a name")
      return nil
    }
    return text.hasPrefix("fields.") ? .field(String(text.dropFirst(7))) : .member(text)
  }
}
