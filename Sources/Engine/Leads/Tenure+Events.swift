import Identity
import Judging
import Notation
import Reading

extension Tenure {
  /// Its events up to its end, or a time, put in order.
  package func story(in set: SheetSet, _ judge: Judge) -> LeadStory {
    let horizon = min(end == .max ? end : end - 1, judge.asOf)
    return LeadStory(name, gatheredHistory(of: members, in: set, until: horizon, judge), judge)
  }

  /// Its events up to the log's as-of, as far as they count in the end; of several with one id all.
  package func events(in log: GatheredLog) -> [PlacedEvent] { log.events(of: members) }

  /// The same of some tenures, those included that were taken back only later.
  package static func allEvents(of tenures: [Tenure], in log: GatheredLog) -> [PlacedEvent] {
    log.events(of: allMembers(of: tenures))
  }
}

extension SheetSet {
  /// The events of a lead within a millisecond, put in order.
  package func story(
    of members: [KeyMember], named name: [UInt8], at instant: Instant, _ judge: Judge
  ) -> LeadStory {
    let history = gatheredHistory(of: members, in: self, until: instant.time, judge)
    history.cut(
      to: (0..<history.count).count {
        instant.sees(history.events[$0].time, at: EventPlace(history.events[$0]))
      })
    return LeadStory(name, history, judge)
  }
}

extension LeadStory {
  /// The accounts that the lead may ever belong to, by their numbers in a set that it was gathered from.
  package func accounts(in set: SheetSet, _ judge: Judge) -> Set<Int> {
    Set(accounts(judge).map(set.accountGroups.final))
  }
}

/// The events of some keys up to a time, put in order.
private func gatheredHistory(
  of members: [KeyMember], in set: SheetSet, until horizon: Milliseconds, _ judge: Judge
) -> LeadHistory {
  let history = LeadHistory()
  var fates = Fates()
  for member in members {
    for place in member.places {
      gatherEvents(
        place, in: set.views, losses: member.losses, set.classes, asOf: horizon, into: history,
        &fates)
    }
  }
  history.settle(judge.classes, &fates)
  return history
}

extension GatheredLog {
  /// The number of the account that one is in the end; nil where nothing names it.
  package func accountNumber(_ name: [UInt8]) -> Int? {
    (0..<set.accounts.count).first { set.accounts[$0].elementsEqual(name) }
      .map(set.accountGroups.final)
  }

  /// The events of some keys that count, up to the as-of; of several with one id all.
  func events(of members: [KeyMember]) -> [PlacedEvent] {
    members.flatMap { member in
      member.places.flatMap { place in
        let sheet = set.sheets[Int(place.sheet)]
        let lineBase = UInt32(clamping: sheet.lineBase)
        return sheet.rows(of: Int(place.key)).lazy.compactMap { [asOf] row -> PlacedEvent? in
          let at = EventPlace(sheet: place.sheet, line: lineBase &+ row.line)
          let kind = sheet.eventClasses[row.eventClass].kind
          let isKept =
            member.losses.map { $0.fate(of: row, at: at, kind, asOf: asOf) == .kept }
            ?? (row.time <= asOf)
          return isKept ? PlacedEvent(time: row.time, place: at) : nil
        }
      }
    }
  }

  /// Whether some keys have an event that counts up to a time and is no word on who is who.
  package func hasEvent(
    of members: [KeyMember], upTo time: Milliseconds, where isMeant: (EventPlace) -> Bool
  ) -> Bool {
    members.contains { member in
      member.places.contains { place in
        let sheet = set.sheets[Int(place.sheet)]
        let lineBase = UInt32(clamping: sheet.lineBase)
        return sheet.rows(of: Int(place.key)).contains { row in
          let kind = sheet.eventClasses[row.eventClass].kind
          let at = EventPlace(sheet: place.sheet, line: lineBase &+ row.line)
          guard row.time <= time, !kind.joins, kind != .withdraw, isMeant(at) else { return false }
          return member.losses.map { $0.fate(of: row, at: at, kind, asOf: time) == .kept } ?? true
        }
      }
    }
  }

  /// The profiles of an account, and the merges of others with it.
  package func profileEvents(of account: Int) -> [PlacedEvent] {
    events(of: set.profileMembers(of: account))
  }
}
