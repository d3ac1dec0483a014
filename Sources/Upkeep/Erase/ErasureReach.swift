import Definition
import Engine
import EventLog
import Files
import Identity
import Intake
import Notation
import Reading
import Workers

/// The keys that a forget of a lead reaches, worked out on the lines of the whole log.
struct ErasureReach: Sendable {
  /// The lead and each key that merges up to the time join to it, whatever else is erased; those that a withdraw takes
  /// back do not, nor those that the definition holds back.
  private(set) var keys: Set<[UInt8]>
  /// These and all keys that any merge joins to them, later ones too: leads whose results may change.
  private(set) var related: Set<[UInt8]>
  /// Keys that an earlier erasure forgot together with one of these, and when: what a crash kept it from
  /// taking out is still to go, though the merges that joined them may be gone.
  private(set) var forgottenBefore: [[UInt8]: Milliseconds] = [:]
  /// The latest forget of each key up to the time, and the segment that has it.
  private(set) var forgotten: [[UInt8]: (time: Milliseconds, path: String)] = [:]
  /// Keys of the log that differ from the lead's in nothing but case, white space around them or the tag of an
  /// address, though the definition has them for others.
  let alike: Set<[UInt8]>
  /// Whether any line of the log names the lead.
  let isKnown: Bool

  private struct Merge {
    var id: [UInt8]
    var time: Milliseconds
    var lead: [UInt8]
    var from: [UInt8]
  }

  private struct Naming: Hashable {
    var lead: [UInt8]
    var id: [UInt8]
  }

  private struct Join: KeyMerge {
    var identity: UInt64
    var lead: Int
    var from: Int
  }

  private struct Forget {
    var key: [UInt8]
    /// Nil of a forget that no erasure appended.
    var erasure: [UInt8]?
    var time: Milliseconds
    var path: String
  }

  private struct Found {
    var merges: [Merge] = []
    var withdrawn: Set<Naming> = []
    var forgets: [Forget] = []
    var isKnown = false
    var alike: Set<[UInt8]> = []
  }

  /// `lead`: its key, as the definition sees it.
  ///
  /// `form`: how the definition sees keys; `rules`: which merges join for it.
  init(
    of lead: [UInt8], _ form: KeyForm, _ rules: MergeRules, until: Milliseconds,
    in segments: [Segment], jobs: Int
  ) throws {
    let likeness = KeyForm.email.key(lead)
    let slots = Slots<Found>(segments.count)
    try parallel(segments.count, jobs: jobs) { index in
      var found = Found()
      try readSegmentLines(of: segments[index]) { line in
        guard let event = line.event else { return }
        let key = form.key(event.lead)
        if key == lead {
          found.isKnown = true
        } else if KeyForm.email.key(key) == likeness {
          found.alike.insert(key)
        }
        switch event.role {
        case .merge(let from):
          let from = form.key(from)
          if from == lead { found.isKnown = true }
          found.merges.append(Merge(id: event.id, time: event.time, lead: key, from: from))
        case .withdraw(let named):
          found.withdrawn.insert(Naming(lead: key, id: named))
        case .forget:
          found.forgets.append(
            Forget(
              key: key, erasure: ForgetID.erasure(of: event.id), time: event.time,
              path: segments[index].path))
        case .event, .account: return
        }
      }
      slots[index] = found
    }
    let found = slots.elements
    let withdrawn = found.reduce(into: Set<Naming>()) { $0.formUnion($1.withdrawn) }
    // In the order of events, as segments and lines come in that of the log.
    let merges = found.flatMap(\.merges).enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    isKnown = found.contains { $0.isKnown }
    alike = found.reduce(into: Set<[UInt8]>()) { $0.formUnion($1.alike) }
    let joining = Self.joining(
      merges.filter { merge in
        merge.time <= until && !withdrawn.contains(Naming(lead: merge.lead, id: merge.id))
      }, rules)
    keys = Self.closure(of: [lead], joining)
    related = Self.closure(of: keys, merges.map { ($0.lead, $0.from) })
    let forgets = found.flatMap(\.forgets)
    let own = forgets.filter { keys.contains($0.key) }
    for forget in own where forget.time <= until {
      if let known = forgotten[forget.key], known.time >= forget.time { continue }
      forgotten[forget.key] = (forget.time, forget.path)
    }
    let erasures = Set(own.compactMap(\.erasure))
    for forget in forgets
    where forget.erasure.map(erasures.contains) ?? false && !keys.contains(forget.key) {
      let time = max(forget.time, forgottenBefore[forget.key] ?? forget.time)
      forgottenBefore[forget.key] = time
    }
  }

  private static func joining(
    _ merges: [Merge], _ rules: MergeRules
  ) -> [(one: [UInt8], other: [UInt8])] {
    var numbers: [[UInt8]: Int] = [:]
    var names: [[UInt8]] = []
    func number(_ key: [UInt8]) -> Int {
      if let number = numbers[key] { return number }
      numbers[key] = names.count
      names.append(key)
      return names.count - 1
    }
    let joins = merges.map { merge in
      Join(
        identity: LogKey(bytes: merge.id).hash, lead: number(merge.lead), from: number(merge.from))
    }
    return MergeSieve(rules, names: names).joining(joins).merges
      .map { (names[$0.lead], names[$0.from]) }
  }

  private static func closure(
    of start: Set<[UInt8]>, _ joins: [(one: [UInt8], other: [UInt8])]
  ) -> Set<[UInt8]> {
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
