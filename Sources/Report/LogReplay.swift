import Audit
import Definition
import Engine
import Files
import Identity
import Judging
import Notation
import Reading

/// A snapshot's log, replayed as of and known at the snapshot by its definition.
final class LogReplay {
  let log: GatheredLog
  let sheets: LogSheets
  let reader: LogReader
  /// Leads that the snapshot knows and that a forget of the log reaches now.
  let forgotten: Set<[UInt8]>
  fileprivate let lookup: LeadLookup
  fileprivate let replayer: LeadReplayer
  fileprivate var judge: Judge { log.judge }

  /// Opens the log; nil, with the reason, where there is none and none was named.
  static func open(
    _ plan: ReportPlan, _ subject: AuditSubject, _ reason: inout String?
  ) throws -> LogReplay? {
    let reader: LogReader
    do {
      reader = try LogReader(
        subject.log(in: plan.log ?? plan.book.log, of: plan.book, jobs: plan.jobs),
        tellsTimes: true)
    } catch let error as RunError where error.kind == .badData {
      reason = error.message
      return nil
    } catch let error as RunError where error.kind == .noInput && plan.log == nil {
      reason = error.message
      return nil
    } catch let error as FileError where error.kind == .noInput && plan.log == nil {
      reason = error.description
      return nil
    }
    return try LogReplay(plan, subject, reader)
  }

  private init(_ plan: ReportPlan, _ subject: AuditSubject, _ reader: LogReader) throws {
    let definition = subject.definition.reading(plan.attributes)
    self.reader = reader
    sheets = try reader.sheets(for: ReadingPlan(definition))
    log = try GatheredLog(definition, sheets, asOf: subject.asOf, jobs: plan.jobs)
    forgotten = try log.forgotten(since: subject, definition, sheets, jobs: plan.jobs)
    lookup = LeadLookup(log)
    replayer = LeadReplayer(log, log.judge)
  }

  /// What is known of one lead; nil where nothing is.
  func person(_ key: [UInt8], _ choices: ReportChoices) -> ReplayedPerson? {
    guard replayer.gather(lookup.members(ofLeadNamed: key), named: key) else { return nil }
    replayer.judgeLead()
    var person = ReplayedPerson()
    for attribute in judge.attributes {
      let (cell, reading) = judge.reading(of: .attribute(attribute))
      person.attributes[attribute] = reading.scalar(replayer.desk.cells[cell])?.asText
    }
    guard let score = choices.reasonScore else { return person }
    let parts = judge.parts(of: score, replayer.desk).map {
      Person.Part(name: judge.definition.name(of: $0.source, inScore: score), points: $0.points)
    }
    func first(_ parts: [Person.Part]) -> [Person.Part] {
      let sorted = parts.enumerated().sorted {
        let sizes = ($0.element.points.magnitude, $1.element.points.magnitude)
        return sizes.0 == sizes.1 ? $0.offset < $1.offset : sizes.0 > sizes.1
      }
      return Array(sorted.map(\.element).prefix(Person.Reasons.shownMax))
    }
    person.reasons = Person.Reasons(
      forIt: first(parts.filter { $0.points > 0 }), against: first(parts.filter { $0.points < 0 }))
    return person
  }
}

extension LogReplay {
  /// What a lead did at a time, by its interactions, those that give points where any does; nothing where that was none.
  func occurrences(of key: [UInt8], at time: Milliseconds) -> [String] {
    guard replayer.gather(lookup.members(ofLeadNamed: key), named: key) else { return [] }
    let history = replayer.history
    var interactions: [Int] = []
    for index in 0..<history.count where history.events[index].time == time {
      let eventClass = judge.classes.classes[Int(history.events[index].eventClass)]
      interactions += eventClass.interactions.map { Int($0) }
    }
    let paid = Set(judge.definition.pointRules.map(\.rule.interaction))
    let telling = interactions.filter(paid.contains)
    return (telling.isEmpty ? interactions : telling).map {
      judge.definition.interactions[$0].name
    }
  }
}

struct ReplayedPerson {
  var attributes: [String: String] = [:]
  var reasons: Person.Reasons?
}

extension ReportPlan {
  /// The attributes that leads are told by.
  fileprivate var attributes: [String] {
    isAnonymous ? [] : ((nameAttribute.map { [$0] } ?? []) + columns).map(attributeName)
  }
}

extension Definition {
  /// The same, which also reads some attributes; its results are the same.
  fileprivate func reading(_ attributes: [String]) -> Definition {
    var definition = self
    let known = Set(self.attributes)
    // What is a column of another kind is no attribute, and reading it costs the cache.
    let columns = Set(
      ["stage", "account", "nps", "nps_group", "first_seen", "last_seen"]
        + ["score", "grade", "persona", "raw", "tally", "entered", "touch", "percent", "coverage"])
    for attribute in attributes
    where !known.contains(attribute) && !columns.contains(String(attribute.prefix { $0 != "." })) {
      definition.columns.append(
        ExtraColumn(name: "attribute.\(attribute)", .subject(.attribute(attribute))))
    }
    return definition
  }
}

extension GatheredLog {
  /// The leads of a snapshot that forgets reach which it did not see.
  fileprivate func forgotten(
    since subject: AuditSubject, _ definition: Definition, _ sheets: LogSheets, jobs: Int
  ) throws -> Set<[UInt8]> {
    if sheets.isKnown == nil { return [] }
    let hindsight = try Hindsight(of: subject, sheets.pieces, jobs: jobs)
    let seen = sheets.pieces.filter { hindsight.sees($0.parts[0]) }
    if seen.count == sheets.pieces.count { return [] }
    let then = try GatheredLog(
      definition, sheets: seen.sheets.all, isKnown: seen.sheets.isKnown, asOf: asOf, jobs: jobs)
    let (lookup, now, before) = (
      LeadLookup(then), LeadReplayer(self, judge), LeadReplayer(then, then.judge)
    )
    var forgotten: Set<[UInt8]> = []
    for member in identities.groups.flatMap(\.members) where member.losses?.erasure != nil {
      guard let place = member.places.first else { continue }
      let key = Array(set.views[Int(place.sheet)].key(Int(place.key)))
      guard let (name, members) = lookup.lead(withKey: key) else { continue }
      _ = now.gather([member], named: key)
      let erased = now.fates.erased
      let own = members.filter { member in
        member.places.contains { then.set.views[Int($0.sheet)].key(Int($0.key)).elementsEqual(key) }
      }
      _ = before.gather(own, named: key)
      guard erased > before.fates.erased, before.gather(members, named: name) else { continue }
      forgotten.insert(name)
    }
    return forgotten
  }
}
