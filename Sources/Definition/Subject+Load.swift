import Notation
import Vocabulary

/// A subject as written, taken apart: `count.white-paper@14d` is kind, name and window.
struct SubjectText {
  let written: String
  let kind: String
  let name: String?
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
    _ declared: SubjectKind, of asked: Asked, at place: Place, _ faults: FaultCollector
  ) -> Bool {
    if window != nil, declared.window == .never {
      faults.report(
        place, "'\(kind)' takes no window: '\(written)'", hint: windowHint(asked))
      return false
    }
    if window == nil, declared.window == .required {
      faults.report(place, "'\(kind)' needs a window", hint: "such as \(written)@30d")
      return false
    }
    if let part = declared.part, (name ?? "").isEmpty {
      faults.report(place, "'\(written)' needs a name", hint: "write \(kind).\(part)")
      return false
    }
    if declared.part == nil, name != nil {
      faults.report(place, "'\(kind)' has no parts: '\(written)'", hint: "write '\(kind)'")
      return false
    }
    return true
  }

  /// Which subjects take one.
  private func windowHint(_ asked: Asked) -> String {
    let windowed = SubjectKind.all(of: asked).filter { $0.window != .never }.map(\.name)
    guard let last = windowed.last else { return "no subject of an \(asked) does" }
    if windowed.count == 1 { return "\(last) does" }
    return "\(windowed.dropLast().joined(separator: ", ")) and \(last) do"
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
