import Notation

/// What is wrong with a duration.
enum DurationFault: Error {
  case malformed
  case zero
  case tooLong
}

/// Durations go up to 300 years, more than the log's clock has.
private let durationMax: Milliseconds = 300 * 365 * 86_400_000

private let units: [(letter: Character, length: Milliseconds)] = [
  ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000),
]

/// Returns the length of `90m`, `12h`, `30d` or `2w`; a day is 24 hours of elapsed time.
func parseDuration(_ text: some StringProtocol) throws(DurationFault) -> Milliseconds {
  guard let unit = units.first(where: { $0.letter == text.last }) else { throw .malformed }
  let digits = text.dropLast()
  guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { throw .malformed }
  guard let count = Int64(digits), count <= durationMax / unit.length else { throw .tooLong }
  guard count > 0 else { throw .zero }
  return count * unit.length
}

/// Returns the length of `90m`, `12h`, `30d` or `2w`; nil where it is none.
package func duration(_ text: String) -> Milliseconds? { try? parseDuration(text) }

/// Returns a duration as it is written in a definition, in the largest unit that measures it.
package func writtenDuration(_ length: Milliseconds) -> String {
  for unit in units.reversed() where length.isMultiple(of: unit.length) {
    return "\(length / unit.length)\(unit.letter)"
  }
  return "\(length)ms"
}

/// Reports what is wrong with a duration.
func reportDuration(
  _ fault: DurationFault, _ what: String, _ text: some StringProtocol, at place: Place,
  _ faults: FaultCollector
) {
  switch fault {
  case .malformed:
    faults.report(
      place, "\(what) must be a duration, not '\(text)'",
      hint: meantDuration(String(text)).map { "did you mean '\($0)'?" }
        ?? "a whole number and m, h, d or w, such as 90m, 12h, 30d, 2w")
  case .zero: faults.report(place, "\(what) must be longer than nothing, not '\(text)'")
  case .tooLong: faults.report(place, "\(what) is too long: '\(text)'", hint: "at most 300 years")
  }
}

extension YAMLNode {
  /// The length of a duration.
  func duration(_ what: String, _ faults: FaultCollector) -> Milliseconds? {
    switch value {
    case .text(let text):
      do throws(DurationFault) {
        return try parseDuration(text)
      } catch {
        reportDuration(error, what, text, at: place, faults)
        return nil
      }
    case .number:
      let whole = written.utf8.allSatisfy { 0x30...0x39 ~= $0 }
      faults.report(
        place, "\(what) must be a duration, not the number \(written)",
        hint: whole ? "did you mean '\(written)d'?" : "such as 90m, 12h, 30d, 2w")
      return nil
    default: return wrongKind(what, "a duration", faults)
    }
  }
}
