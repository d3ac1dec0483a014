import Definition
import Identity
import Intake
import Judging
import Notation
import Reading

/// Replays one lead at a time: gathers its events, puts them in order, and judges them.
///
/// One worker has it; every lead uses the same memory again.
package final class LeadReplayer {
  package let set: SheetSet
  package let judge: Judge
  /// The events of the lead at hand, in order.
  package let history = LeadHistory()
  package let desk: Desk
  /// Every step to the result of the lead at hand, where it was traced.
  package private(set) var trace = LeadTrace()
  /// What its scores are made of, where that alone was taken down.
  package private(set) var points = PointsTrace()
  /// What became of the events of the lead at hand.
  package private(set) var fates = Fates()
  private let profiles: AccountProfiles

  /// `profiles`: what the accounts say that leads may belong to.
  package init(_ set: SheetSet, _ judge: Judge, _ profiles: AccountProfiles) {
    self.set = set
    self.judge = judge
    self.profiles = profiles
    desk = Desk(judge)
  }

  package convenience init(_ log: GatheredLog, _ judge: Judge) {
    self.init(log.set, judge, log.profiles)
  }

  /// The final key of the lead at hand, and where it stands in a sheet, if it is the only one.
  private var name: [UInt8] = []
  private var ownKey: KeyPlace?

  /// Takes a lead in hand; returns whether it is known: one with no used event is not.
  ///
  /// `name`: its final key.
  ///
  /// `isKnown`: of each sheet; all are unless told otherwise.
  ///
  /// `horizon`: events up to this time exist; up to the judge's as-of unless told otherwise.
  package func gather(
    _ members: [KeyMember], named name: [UInt8], isKnown: [Bool]? = nil,
    until horizon: Milliseconds? = nil
  ) -> Bool {
    (self.name, ownKey) = (name, nil)
    history.clear()
    fates = Fates()
    for member in members {
      for place in member.places where isKnown?[Int(place.sheet)] ?? true {
        gatherEvents(
          place, in: set.views, losses: member.losses, set.classes, asOf: horizon ?? judge.asOf,
          into: history, &fates)
      }
    }
    history.settle(judge.classes, &fates)
    return history.count > 0
  }

  /// The same for a lead whose rows stand under one key, all of which count.
  package func gather(
    _ places: UnsafeBufferPointer<KeyPlace>, isKnown: [Bool], until horizon: Milliseconds
  ) -> Bool {
    ownKey = places.first
    history.clear()
    fates = Fates()
    for place in places where isKnown[Int(place.sheet)] {
      gatherEvents(
        place, in: set.views, losses: nil, set.classes, asOf: horizon, into: history, &fates)
    }
    history.settle(judge.classes, &fates)
    return history.count > 0
  }

  /// Judges the lead at hand.
  package func judgeLead() {
    withKey { profiles.withAttributes(in: set) { judge.judge(history, desk, accounts: $0) } }
  }

  /// Judges the lead at hand and traces every step.
  package func traceLead() {
    withKey {
      profiles.withAttributes(in: set) { judge.judge(history, desk, accounts: $0, trace: &trace) }
    }
  }

  /// Whether the lead at hand, which was judged, is left out of all results.
  package var isExcluded: Bool {
    judge.excludes && desk.cells[judge.layout.excluded] == 1
  }

  private func withKey(_ body: () -> Void) {
    if let ownKey {
      history.key = set.views[Int(ownKey.sheet)].key(Int(ownKey.key))
      return body()
    }
    name.withUnsafeBufferPointer { key in
      history.key = key
      body()
    }
  }

  /// Judges the lead that one has at hand who reads the log alike, and takes down what its scores are made of.
  package func tracePoints(of other: LeadReplayer) {
    other.withKey {
      profiles.withAttributes(in: set) {
        judge.judge(other.history, desk, accounts: $0, points: &points)
      }
    }
  }
}

/// Finds the rows of any lead of a log, without looking at the others.
package struct LeadLookup: Sendable {
  private let log: GatheredLog
  private let groups: [[UInt8]: Int]
  private let groupsByPlace: [KeyPlace: Int]

  package init(_ log: GatheredLog) {
    self.log = log
    let numbered = log.identities.groups.enumerated()
    groups = Dictionary(numbered.map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    groupsByPlace = Dictionary(
      numbered.flatMap { number, group in group.members.flatMap(\.places).map { ($0, number) } },
      uniquingKeysWith: { $1 })
  }

  /// The rows of a lead by its final key; none where no sheet has the key.
  package func members(ofLeadNamed key: [UInt8]) -> [KeyMember] {
    if let group = groups[key] { return log.identities.groups[group].members }
    return [KeyMember(places: log.set.places(of: key), losses: nil)]
  }

  /// The lead that any key belongs to, its name and its rows; nil where no sheet has the key.
  package func lead(
    withKey key: [UInt8]
  ) -> (name: [UInt8], members: [KeyMember])? {
    let places = log.set.places(of: key)
    guard let first = places.first else { return nil }
    guard let number = groupsByPlace[first] else {
      return (key, [KeyMember(places: places, losses: nil)])
    }
    let group = log.identities.groups[number]
    return (group.name, group.members)
  }
}
