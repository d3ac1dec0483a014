import Engine
import Identity
import Notation
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
    return ExcerptEvent(
      position: LogPosition(segment: part.segment.path, line: Int(place.line)),
      texts: part.texts, place: part.number(of: place))
  }
}

extension LogExcerpt.Part {
  /// Which of its texts is that of an event.
  fileprivate func number(of place: EventPlace) -> Int {
    guard let number = texts.place(ofLine: place.line) else {
      preconditionFailure("every row of an excerpt has its text")
    }
    return number
  }
}

/// Some of an excerpt's events, told by a mark for each that there is.
struct ExcerptMarks {
  private let excerpt: LogExcerpt
  private var marks: [[Bool]]

  init(_ excerpt: LogExcerpt, _ places: some Sequence<EventPlace>) {
    self.excerpt = excerpt
    marks = excerpt.known.map { [Bool](repeating: false, count: $0.texts.count) }
    for place in places {
      let sheet = Int(place.sheet)
      marks[sheet][excerpt.known[sheet].number(of: place)] = true
    }
  }

  func contains(_ place: EventPlace) -> Bool {
    marks[Int(place.sheet)][excerpt.known[Int(place.sheet)].number(of: place)]
  }
}
