import Definition
import Judging
import Reading

/// One lead replayed from an excerpt of the log: its events in order, its result, and every step to it.
struct LeadReplay {
  let ground: Preparation
  let excerpt: LogExcerpt
  let history = History()
  let desk: Desk
  private(set) var trace = LeadTrace()
  private(set) var fates = Fates()
  /// The lead's final key.
  let name: [UInt8]
  let members: [Identities.Member]

  /// Nil where nothing is known of the lead as of that time.
  ///
  /// `key`: any of the lead's keys.
  init?(
    _ key: [UInt8], _ excerpt: LogExcerpt, _ definition: Definition, asOf: Milliseconds
  ) throws {
    self.excerpt = excerpt
    ground = try Preparation(
      definition, sheets: excerpt.sheets, isKnown: excerpt.isKnown, asOf: asOf, jobs: 1)
    guard let (name, members) = try ground.members(ofLeadWith: LogKey(lead: key)) else {
      return nil
    }
    self.name = name
    self.members = members
    desk = Desk(ground.judge)
    for member in members {
      for place in member.places {
        SheetView.gather(
          ground.set.views, place, erasure: member.erasure, asOf: asOf, into: history, &fates)
      }
    }
    history.settle(ground.judge.classes, &fates)
    guard history.count > 0 else { return nil }
    ground.withAccounts { accounts in
      ground.judge.judge(history, desk, accounts: accounts, trace: &trace)
    }
  }

  /// Where an event stands.
  func position(of event: HistoryEvent) -> LogPosition {
    LogPosition(segment: excerpt.knownPaths[Int(event.segment)], line: Int(event.line))
  }
}

/// Where an event is: segment and line.
package struct LogPosition: Sendable, Hashable, CustomStringConvertible {
  package var segment: String
  package var line: Int

  package var description: String { "\(segment):\(line)" }
}

extension Preparation {
  /// Returns the lead that a key belongs to, its name and where its rows stand; nil where no sheet has
  /// the key.
  func members(
    ofLeadWith key: LogKey
  ) throws -> (name: [UInt8], members: [Identities.Member])? {
    let places = try places(of: key)
    if places.isEmpty { return nil }
    guard let group = identities.group(of: key.bytes) else {
      return (key.bytes, [Identities.Member(places: places, erasure: nil)])
    }
    return (group.name, group.members)
  }

  /// Where a key's rows stand, in the order of sheets.
  private func places(of key: LogKey) throws -> [KeyPlace] {
    try set.sheets.enumerated().compactMap { index, sheet in
      try SheetIndex(sheet).find(key).map {
        KeyPlace(sheet: UInt32(index), key: UInt32($0))
      }
    }
  }
}
