import Definition
import Engine
import Judging
import Notation
import Reading

extension Explanation {
  /// Tells what a replay did.
  init(_ replay: LeadReplay, _ subject: AuditSubject, asked: String) {
    let explained = ExplainedLead(replay)
    let definition = subject.definition
    lead = String(decoding: replay.name, as: UTF8.self)
    self.asked = asked
    asOf = timeText(milliseconds: subject.asOf)
    knownAt = subject.knownAt.map(timeText)
    self.definition = definition.name
    keys = explained.keys
    merges = explained.merges
    events = explained.events
    account = explained.account
    exclusion = definition.exclude.map { condition in
      Exclusion(isExcluded: replay.replayer.isExcluded, tests: explained.verdicts(condition))
    }
    touches = definition.touches.isEmpty ? nil : explained.touches
    attributes = explained.attributes
    scores = definition.scores.indices.map { ScoreExplanation($0, explained) }
    grades = definition.grades.indices.map { GradeExplanation($0, explained) }
    personas = definition.personas.indices.map { PersonaExplanation($0, explained) }
    lists = definition.lists.indices.map { index in
      ListExplanation(
        list: definition.lists[index].name,
        isMember: replay.desk.cells[replay.judge.layout.lists + index] == 1,
        tests: explained.verdicts(definition.lists[index].condition))
    }
    netPromoter = definition.nps == nil ? nil : explained.answers
  }
}

/// Finds words for what a replay holds as numbers.
struct ExplainedLead {
  let replay: LeadReplay
  let judge: Judge
  let definition: Definition
  let cells: UnsafeMutablePointer<Int64>

  init(_ replay: LeadReplay) {
    self.replay = replay
    judge = replay.judge
    definition = judge.definition
    cells = replay.desk.cells
  }

  /// An event by its place in the lead's history, as its line has it.
  func found(_ index: Int) -> ExcerptEvent {
    replay.excerpt.event(at: EventPlace(replay.history.events[index]))
  }

  func event(_ index: Int) -> Explanation.Event {
    Explanation.Event(found(index), at: replay.history.events[index].time)
  }

  func verdicts(_ condition: Condition<LeadSubject>?) -> [Verdict] {
    Verdict.list(
      condition, asOf: judge.asOf, name: { name(of: $0, in: definition) },
      value: { subject in
        if subject == .lead { return .text(String(decoding: replay.name, as: UTF8.self)) }
        let (cell, reading) = judge.reading(of: subject)
        return reading.scalar(cells[cell])
      })
  }

  /// The value of an attribute, the lead's own or its account's, and the event that gave it.
  func attribute(_ name: String) -> Explanation.Attribute {
    let (cell, reading) = judge.reading(of: .attribute(name))
    let value = reading.scalar(cells[cell])
    let number = judge.attributes.firstIndex(of: name)
    let own = number.flatMap { replay.trace.attributeEvents[$0] }
    // An event that took the attribute away leaves the account's to be seen.
    let isOwn = own.map { isGiven(number ?? 0, by: $0) } ?? false
    return Explanation.Attribute(
      name: name, value: value?.asText, event: own.map(event), isAccounts: value != nil && !isOwn)
  }

  private func isGiven(_ attribute: Int, by index: Int) -> Bool {
    let event = replay.history.events[index]
    return (Int(event.factStart)..<Int(event.factEnd)).contains { place in
      let fact = replay.history.facts[place]
      return fact.kind == .attribute && Int(fact.index) == attribute
    }
  }
}

extension ExplainedLead {
  fileprivate var touches: [Explanation.Touch] {
    let readings = definition.touchReadings
    return definition.touches.enumerated().map { index, touch in
      let (cell, reading) = judge.reading(of: .touch(index))
      let dictionary = judge.attributes.count + (readings.firstIndex(of: touch.reading) ?? 0)
      let events = replay.trace.touchEvents[dictionary]
      return Explanation.Touch(
        name: touch.name, value: reading.scalar(cells[cell])?.asText,
        event: events.map { event(touch.isLast ? $0.last : $0.first) })
    }
  }

  fileprivate var attributes: [Explanation.Attribute] { judge.attributes.map(attribute) }

  fileprivate var keys: [String] {
    replay.members.compactMap { member in
      member.places.first.map { place in
        let sheet = replay.log.set.sheets[Int(place.sheet)]
        return String(decoding: sheet.key(Int(place.key)), as: UTF8.self)
      }
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  fileprivate var account: Explanation.Named? {
    let account = cells[judge.layout.account]
    guard account != LeadLayout.absent, let index = replay.trace.accountEvent else { return nil }
    return .init(
      value: replay.log.set.accounts.string(Int(account)), event: event(index))
  }

  /// The merges among the lead's own events: those of a copy or an erased one are not there.
  fileprivate var merges: [Explanation.Merge] {
    let sheets = replay.log.set.sheets
    let entries = Dictionary(
      sheets.enumerated().flatMap { index, sheet in
        sheet.merges.map { (EventPlace(sheet: UInt32(index), line: $0.line), $0) }
      }, uniquingKeysWith: { first, _ in first })
    if entries.isEmpty { return [] }
    return (0..<replay.history.count).compactMap { index in
      let place = EventPlace(replay.history.events[index])
      return entries[place].map { merge in
        let sheet = sheets[Int(place.sheet)]
        return Explanation.Merge(
          event: event(index), lead: String(decoding: sheet.key(Int(merge.lead)), as: UTF8.self),
          from: String(decoding: sheet.key(Int(merge.from)), as: UTF8.self))
      }
    }
  }

  fileprivate var answers: Explanation.Answers {
    let layout = judge.layout
    let answer = cells[layout.nps]
    let group = cells[layout.npsGroup]
    return .init(
      answer: answer == LeadLayout.absent ? nil : answer,
      group: group == LeadLayout.absent ? nil : NetPromoterGroup.allCases[Int(group)].rawValue,
      event: replay.trace.answerEvent.map(event),
      expired: answer == LeadLayout.absent && replay.trace.answerEvent != nil
        ? definition.nps?.within.map(writtenDuration) : nil,
      invalid: replay.trace.invalidAnswerEvents.map(event))
  }

  fileprivate var events: Explanation.Events {
    let fates = replay.fates
    return .init(
      used: fates.used, erased: fates.erased, future: fates.future, duplicates: fates.duplicates,
      dropped: dropped)
  }

  /// The lead's rows that are neither in its history, nor erased, nor in the future.
  private var dropped: [Explanation.Event] {
    if replay.fates.duplicates == 0 { return [] }
    let kept = Set((0..<replay.history.count).map { EventPlace(replay.history.events[$0]) })
    var dropped: [(time: Milliseconds, place: EventPlace)] = []
    for member in replay.members {
      for place in member.places {
        for row in replay.log.set.sheets[Int(place.sheet)].rows(of: Int(place.key)) {
          let event = EventPlace(sheet: place.sheet, line: row.line)
          if row.time > judge.asOf || kept.contains(event)
            || member.erasure?.covers(time: row.time, id: row.id) ?? false
          {
            continue
          }
          dropped.append((row.time, event))
        }
      }
    }
    return dropped.map { Explanation.Event(replay.excerpt.event(at: $0.place), at: $0.time) }
      .sorted { ($0.time, $0.at) < ($1.time, $1.at) }
  }
}

extension Explanation.Event {
  init(_ event: ExcerptEvent, at time: Milliseconds) {
    self.init(time: timeText(milliseconds: time), id: event.id, at: "\(event.position)")
  }
}
