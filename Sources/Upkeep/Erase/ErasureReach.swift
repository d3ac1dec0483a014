import Engine
import EventLog
import Files
import Intake
import Notation
import Reading
import Workers

/// The keys that a forget of a lead reaches, worked out on the lines of the whole log.
struct ErasureReach: Sendable {
  /// The lead and each key that merges up to the time join to it, whatever else is erased.
  private(set) var keys: Set<[UInt8]>
  /// These and all keys that any merge joins to them, later ones too: leads whose results may change.
  private(set) var related: Set<[UInt8]>
  /// Keys that an earlier erasure forgot together with one of these, and when: what a crash kept it from
  /// taking out is still to go, though the merges that joined them may be gone.
  private(set) var forgottenBefore: [[UInt8]: Milliseconds] = [:]
  /// Whether any line of the log names the lead.
  let isKnown: Bool

  private struct Join {
    var one: [UInt8]
    var other: [UInt8]
  }

  private struct Forget {
    var key: [UInt8]
    var erasure: [UInt8]
    var time: Milliseconds
  }

  private struct Found {
    var now: [Join] = []
    var later: [Join] = []
    var forgets: [Forget] = []
    var isKnown = false
  }

  init(of lead: [UInt8], until: Milliseconds, in segments: [Segment], jobs: Int) throws {
    let slots = Slots<Found>(segments.count)
    try parallel(segments.count, jobs: jobs) { index in
      var found = Found()
      try readSegmentLines(of: segments[index]) { line in
        guard let event = line.event else { return }
        if event.lead == lead { found.isKnown = true }
        switch event.role {
        case .merge(let from):
          if from == lead { found.isKnown = true }
          let join = Join(one: event.lead, other: from)
          if event.time <= until { found.now.append(join) } else { found.later.append(join) }
        case .forget:
          guard let erasure = ForgetID.erasure(of: event.id) else { return }
          found.forgets.append(Forget(key: event.lead, erasure: erasure, time: event.time))
        case .event, .account: return
        }
      }
      slots[index] = found
    }
    let found = slots.elements
    let joins = (now: found.flatMap(\.now), later: found.flatMap(\.later))
    isKnown = found.contains { $0.isKnown }
    keys = Self.closure(of: [lead], joins.now)
    related = Self.closure(of: keys, joins.now + joins.later)
    let forgets = found.flatMap(\.forgets)
    let erasures = Set(forgets.filter { keys.contains($0.key) }.map(\.erasure))
    for forget in forgets where erasures.contains(forget.erasure) && !keys.contains(forget.key) {
      let time = max(forget.time, forgottenBefore[forget.key] ?? forget.time)
      forgottenBefore[forget.key] = time
    }
  }

  private static func closure(of start: Set<[UInt8]>, _ joins: [Join]) -> Set<[UInt8]> {
    var neighbours: [[UInt8]: [[UInt8]]] = [:]
    for join in joins {
      neighbours[join.one, default: []].append(join.other)
      neighbours[join.other, default: []].append(join.one)
    }
    var reached = start
    var next = Array(start)
    while let key = next.popLast() {
      for neighbour in neighbours[key] ?? [] where reached.insert(neighbour).inserted {
        next.append(neighbour)
      }
    }
    return reached
  }
}

/// The ids of forgets that erasures append: `forget-<time>-<lead>-<key>`, the last two as the beginning of a hash.
enum ForgetID {
  static func text(time: String, lead: [UInt8], key: [UInt8]) -> String {
    "forget-\(time)-\(digest(lead))-\(digest(key))"
  }

  /// What the forgets of one erasure have in common; nil if an id is none of ours.
  package static func erasure(of id: [UInt8]) -> [UInt8]? {
    guard id.starts(with: Array("forget-".utf8)), let end = id.lastIndex(of: UInt8(ascii: "-"))
    else { return nil }
    return Array(id[..<end])
  }

  private static func digest(_ key: [UInt8]) -> Substring { SHA256Hasher.hex(of: key).prefix(16) }
}
