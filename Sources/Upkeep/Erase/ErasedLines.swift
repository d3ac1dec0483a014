import Engine
import EventLog
import Notation
import Reading
import Workers

/// Which lines of a log an erasure takes out: those of some keys up to a time, and later copies of them.
struct ErasedLines: Sendable {
  /// Each key, and up to when its events go.
  private let untils: [[UInt8]: Milliseconds]
  /// The ids of events up to the time that stand behind it once more.
  private var copies: Set<[UInt8]> = []
  /// How many lines each segment has of them, by its place in the log.
  private(set) var counts: [Int] = []
  /// Lines of these keys that stay, because they tell of what came later.
  private(set) var laterCount = 0

  private struct Found {
    var count = 0
    var ids: Set<[UInt8]> = []
    var later: [[UInt8]: Int] = [:]
  }

  init(of untils: [[UInt8]: Milliseconds], in segments: [Segment], jobs: Int) throws {
    self.untils = untils
    let slots = Slots<Found>(segments.count)
    try parallel(segments.count, jobs: jobs) { index in
      var found = Found()
      try readSegmentLines(of: segments[index]) { line in
        guard let event = line.event, let until = Self.until(event, untils) else { return }
        if event.time <= until {
          found.count += 1
          found.ids.insert(event.id)
        } else {
          found.later[event.id, default: 0] += 1
        }
      }
      slots[index] = found
    }
    let ids = slots.elements.reduce(into: Set<[UInt8]>()) { $0.formUnion($1.ids) }
    for found in slots.elements {
      let copied = found.later.filter { ids.contains($0.key) }
      let copyCount = copied.values.reduce(0, +)
      copies.formUnion(copied.keys)
      counts.append(found.count + copyCount)
      laterCount += found.later.values.reduce(0, +) - copyCount
    }
  }

  /// Whether a line is taken out.
  func contains(_ event: EventIdentity) -> Bool {
    guard let until = Self.until(event, untils) else { return false }
    return event.time <= until || copies.contains(event.id)
  }

  /// A forget stays, or what is appended once more would come back to life.
  private static func until(
    _ event: EventIdentity, _ untils: [[UInt8]: Milliseconds]
  ) -> Milliseconds? {
    switch event.role {
    case .event, .merge: untils[event.lead]
    case .forget, .account: nil
    }
  }
}
