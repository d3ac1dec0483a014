import Judging
import Notation
import Reading

/// A lead for as long as no merge changed which keys it has or what it is called.
///
/// Which tenure there is at a time is what a run as of that time finds; what forgets erase is the same at any.
package struct Tenure: Sendable {
  package let name: [UInt8]
  /// From this time on; from the beginning of all times where no merge made the lead so.
  package let start: Milliseconds
  /// Before this time.
  package let end: Milliseconds
  /// The merges that made it so.
  package let begunBy: [EventPlace]
  /// Those that made something else of it.
  package let endedBy: [EventPlace]
  fileprivate let lineage: Lineage
  fileprivate let memberCount: Int

  /// Its keys.
  package var members: ArraySlice<Identities.Member> { lineage.members.prefix(memberCount) }
}

/// Where an event stands: among the known sheets, and its line.
package struct EventPlace: Hashable, Comparable, Sendable {
  package let sheet: UInt32
  package let line: UInt32

  package init(_ event: HistoryEvent) {
    (sheet, line) = (event.segment, event.line)
  }

  package init(sheet: UInt32, line: UInt32) {
    (self.sheet, self.line) = (sheet, line)
  }

  package static func < (one: EventPlace, other: EventPlace) -> Bool {
    (one.sheet, one.line) < (other.sheet, other.line)
  }
}

extension Tenure {
  /// Its events up to its end, or the log's as-of, put in order.
  package func story(in log: GatheredLog, _ judge: Judge) -> LeadStory {
    let history = LeadHistory()
    var fates = Fates()
    let horizon = min(end == .max ? end : end - 1, log.asOf)
    for member in members {
      for place in member.places {
        gatherEvents(
          place, in: log.set.views, erasure: member.erasure, asOf: horizon, into: history, &fates)
      }
    }
    history.settle(judge.classes, &fates)
    return LeadStory(name, history, judge)
  }
}

extension GatheredLog {
  /// The number of an account; nil where nothing names it.
  package func accountNumber(_ name: [UInt8]) -> Int? {
    (0..<set.accounts.count).first { set.accounts[$0].elementsEqual(name) }
  }

  /// The events of some keys that are not erased, up to the as-of; of several with one id all.
  func events(at places: [KeyPlace], _ erasure: Erasure?) -> [PlacedEvent] {
    places.flatMap { place in
      let sheet = set.sheets[Int(place.sheet)]
      return sheet.rows(of: Int(place.key)).lazy.filter { [asOf] row in
        row.time <= asOf && !(erasure?.covers(time: row.time, id: row.id) ?? false)
      }.map { row in
        PlacedEvent(
          time: row.time,
          place: EventPlace(
            sheet: place.sheet, line: UInt32(clamping: sheet.lineBase) + row.line))
      }
    }
  }

  /// The profiles of an account.
  package func profileEvents(of account: Int) -> [PlacedEvent] {
    events(at: Array(set.profiles.of(account: account)), nil)
  }
}

extension Tenure {
  /// The events of its keys up to the log's as-of, not erased; of several with one id all.
  package func events(in log: GatheredLog) -> [PlacedEvent] {
    members.flatMap { log.events(at: $0.places, $0.erasure) }
  }
}

/// When an event happened, and where it stands.
package struct PlacedEvent: Sendable {
  package let time: Milliseconds
  package let place: EventPlace

  package init(time: Milliseconds, place: EventPlace) {
    (self.time, self.place) = (time, place)
  }
}

/// The keys of a lead in the order in which they joined it.
///
/// Of two leads that merges join, the one of more keys goes on, so that no key is taken over often.
private final class Lineage: @unchecked Sendable {
  /// Nothing is added any more once tenures are handed out.
  var members: [Identities.Member]
  /// The tenure at hand.
  var name: [UInt8]
  var start: Milliseconds = .min
  var begunBy: [EventPlace] = []

  init(_ name: [UInt8], _ member: Identities.Member) {
    self.name = name
    members = [member]
  }

  func tenure(until end: Milliseconds, endedBy: [EventPlace]) -> Tenure {
    Tenure(
      name: name, start: start, end: end, begunBy: begunBy, endedBy: endedBy, lineage: self,
      memberCount: members.count)
  }
}

extension Tenure {
  /// Returns all tenures of all leads up to a time.
  ///
  /// `sheets`: of the whole log, on which forgets are worked out.
  ///
  /// `isKnown`: of each sheet; all are unless told otherwise.
  package static func all(
    in sheets: [Sheet], isKnown: [Bool]? = nil, asOf: Milliseconds
  ) throws -> [Tenure] {
    let known = KnownSheets(count: sheets.count, isKnown: isKnown)
    let affected = AffectedKeys(sheets)
    let places = try affected.places(in: sheets, jobs: 1)
    let erasures = affected.erasures(places, sheets, isSeen: { _ in true })
    let merges = affected.joining(erasures, asOf: asOf, isKnown: known.isKnown)
    var lineages = Lineages(
      (0..<affected.count).map { key in
        Lineage(
          affected.name(key),
          Identities.Member(
            places: known.numbered(places.of(key: key)), erasure: erasures[key]))
      })
    var next = 0
    while next < merges.count {
      let together = merges[next...].prefix { $0.merge.time == merges[next].merge.time }
      lineages.join(together, at: merges[next].merge.time, names: affected.name) { merge in
        known.numbered([KeyPlace(sheet: merge.segment, key: 0)]).first.map { place in
          let base = UInt32(clamping: sheets[Int(merge.segment)].lineBase)
          return EventPlace(sheet: place.sheet, line: base + merge.merge.line)
        }
      }
      next = together.endIndex
    }
    let grouped = Set(places.all)
    return lineages.finish() + ungrouped(in: sheets, known, but: grouped)
  }

  /// The leads of one key that no merge and no forget mentions.
  private static func ungrouped(
    in sheets: [Sheet], _ known: KnownSheets, but grouped: Set<KeyPlace>
  ) -> [Tenure] {
    var places: [[UInt8]: [KeyPlace]] = [:]
    for (index, sheet) in sheets.enumerated() {
      for key in 0..<sheet.keyCount {
        let place = KeyPlace(sheet: UInt32(index), key: UInt32(key))
        let name = sheet.key(key)
        if name.first == Sheet.accountMark || grouped.contains(place) { continue }
        places[Array(name), default: []].append(place)
      }
    }
    return places.map { name, places in
      Lineage(name, Identities.Member(places: known.numbered(places), erasure: nil))
        .tenure(until: .max, endedBy: [])
    }
  }
}

/// The lineages of all keys while merges join them.
private struct Lineages {
  /// By group, that of its lead.
  private var lineages: [Lineage]
  private var groups: Groups
  private var tenures: [Tenure] = []

  init(_ lineages: [Lineage]) {
    self.lineages = lineages
    groups = Groups(count: lineages.count)
  }

  /// Joins what the merges of one millisecond join.
  ///
  /// `place`: where a merge stands.
  mutating func join(
    _ merges: ArraySlice<PlacedMerge>, at time: Milliseconds, names: (Int) -> [UInt8],
    place: (PlacedMerge) -> EventPlace?
  ) {
    let before = Set(merges.flatMap { [groups.root(of: $0.lead), groups.root(of: $0.from)] })
    for merge in merges { groups.join(merge.lead, merge.from) }
    // Merges come in order, so the latest of a group names it.
    var latest: [Int: PlacedMerge] = [:]
    var places: [Int: [EventPlace]] = [:]
    for merge in merges {
      let group = groups.root(of: merge.lead)
      latest[group] = merge
      if let place = place(merge) { places[group, default: []].append(place) }
    }
    var joined: [Int: [Int]] = [:]
    for group in before { joined[groups.root(of: group), default: []].append(group) }
    for (group, merge) in latest {
      take(
        joined[group] ?? [group], into: group, at: time, name: names(merge.lead),
        because: places[group] ?? [])
    }
  }

  /// Ends the tenures of some leads and begins that of the one that they are from now on.
  private mutating func take(
    _ parts: [Int], into group: Int, at time: Milliseconds, name: [UInt8],
    because merges: [EventPlace]
  ) {
    let lineage = lineages[group]
    if parts == [group], lineage.name == name { return }
    tenures += parts.map { lineages[$0].tenure(until: time, endedBy: merges) }
    for part in parts where part != group { lineage.members += lineages[part].members }
    lineage.name = name
    lineage.start = time
    lineage.begunBy = merges
  }

  mutating func finish() -> [Tenure] {
    for group in lineages.indices where groups.root(of: group) == group {
      tenures.append(lineages[group].tenure(until: .max, endedBy: []))
    }
    return tenures
  }
}
