import Engine
import Identity
import Reading

/// Where an event is: segment and line.
struct LogPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  var segment: String
  var line: Int

  var description: String { "\(segment):\(line)" }

  static func < (one: LogPosition, other: LogPosition) -> Bool {
    one.segment == other.segment
      ? one.line < other.line
      : one.segment.utf8.lexicographicallyPrecedes(other.segment.utf8)
  }
}

/// An event of an excerpt, as people want to see it.
struct ExcerptEvent {
  let position: LogPosition
  fileprivate let texts: EventTexts
  fileprivate let place: Int

  var id: String { String(decoding: texts.id(at: place), as: UTF8.self) }
  var type: String { String(decoding: texts.type(at: place), as: UTF8.self) }

  /// The value of one of the properties that the definition reads, by its text.
  func property(_ number: Int) -> String? {
    texts.property(number, at: place).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension LogExcerpt {
  /// The event at a place.
  func event(at place: EventPlace) -> ExcerptEvent {
    let part = known[Int(place.sheet)]
    guard let text = part.texts.place(ofLine: place.line) else {
      preconditionFailure("every row of an excerpt has its text")
    }
    return ExcerptEvent(
      position: LogPosition(segment: part.segment.path, line: Int(place.line)),
      texts: part.texts, place: text)
  }
}
