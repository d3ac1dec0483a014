import Definition
import Engine
import EventLog
import Notation
import Reading
import Workers

/// Which lines of a log an erasure takes out: those of some keys up to a time, later copies of them, and merges of
/// other keys with them.
struct ErasedLines: Sendable {
  /// Each key, and up to when its events go.
  private let untils: [[UInt8]: Milliseconds]
  /// How the definition sees keys.
  private let form: KeyForm
  /// The ids of events up to the time that stand behind it once more.
  private var copies: Set<[UInt8]> = []
  /// How many lines each segment has of them, by its place in the log.
  private(set) var counts: [Int] = []
  /// Lines of these keys that stay, because they tell of what came later.
  private(set) var laterCount = 0
  /// The time of each key's latest line that goes.
  private(set) var last: [[UInt8]: Milliseconds] = [:]
  /// Of each key, how else the log writes it.
  private(set) var spellings: [[UInt8]: Set<[UInt8]>] = [:]

  private struct Found {
    var count = 0
    var spellings: [[UInt8]: Set<[UInt8]>] = [:]
    var ids: Set<[UInt8]> = []
    var last: [[UInt8]: Milliseconds] = [:]
    var later: [[UInt8]: Int] = [:]

    mutating func note(last time: Milliseconds, of key: [UInt8]) {
      last[key] = max(time, last[key] ?? time)
    }

    /// Notes how a key is written that is erased.
    mutating func note(_ written: [UInt8], _ form: KeyForm, _ untils: [[UInt8]: Milliseconds]) {
      if form == .exact { return }
      let key = form.key(written)
      if key != written, untils[key] != nil { spellings[key, default: []].insert(written) }
    }
  }

  init(
    of untils: [[UInt8]: Milliseconds], _ form: KeyForm, in segments: [Segment], jobs: Int
  ) throws {
    self.untils = untils
    self.form = form
    let slots = Slots<Found>(segments.count)
    try parallel(segments.count, jobs: jobs) { index in
      var found = Found()
      try readSegmentLines(of: segments[index]) { line in
        guard let event = line.event else { return }
        let key = form.key(event.lead)
        for written in event.leads { found.note(written, form, untils) }
        let until = Self.until(event.role, key, untils)
        if let until, event.time <= until {
          found.count += 1
          found.ids.insert(event.id)
          found.note(last: event.time, of: key)
        } else if let from = Self.erasedOther(event, form, untils) {
          found.count += 1
          found.note(last: event.time, of: from)
        } else if until != nil {
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
      last.merge(found.last, uniquingKeysWith: max)
      spellings.merge(found.spellings) { $0.union($1) }
      counts.append(found.count + copyCount)
      laterCount += found.later.values.reduce(0, +) - copyCount
    }
  }

  /// Whether a line is taken out.
  func contains(_ event: EventIdentity) -> Bool {
    if Self.erasedOther(event, form, untils) != nil { return true }
    guard let until = Self.until(event.role, form.key(event.lead), untils) else { return false }
    return event.time <= until || copies.contains(event.id)
  }

  /// How else the log writes some keys, in order.
  var otherSpellings: [[UInt8]] {
    spellings.values.flatMap { $0 }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// A forget stays, or what is appended once more would come back to life.
  private static func until(
    _ role: EventIdentity.Role, _ key: [UInt8], _ untils: [[UInt8]: Milliseconds]
  ) -> Milliseconds? {
    switch role {
    case .event, .merge, .withdraw: untils[key]
    case .forget, .account: nil
    }
  }
}

extension ErasedLines {
  /// The key that a merge names beside its own, if it goes with what is erased of that one.
  private static func erasedOther(
    _ event: EventIdentity, _ form: KeyForm, _ untils: [[UInt8]: Milliseconds]
  ) -> [UInt8]? {
    guard case .merge(let from) = event.role else { return nil }
    let key = form.key(from)
    return untils[key].map { event.time <= $0 } ?? false ? key : nil
  }
}

extension EventIdentity {
  /// The keys of leads that the event names, as written.
  fileprivate var leads: [[UInt8]] {
    switch role {
    case .event, .forget, .withdraw: [lead]
    case .merge(let from): [lead, from]
    case .account: []
    }
  }
}
