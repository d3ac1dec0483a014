import Definition
import Engine
import Identity
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
    (merges, notJoined) = explained.merges
    events = explained.events
    account = explained.account
    exclusion = definition.exclude.map { condition in
      Exclusion(isExcluded: replay.replayer.isExcluded, tests: explained.verdicts(condition))
    }
    touches = definition.touches.isEmpty ? nil : explained.touches
    attributes = explained.attributes
    let words = ContributionWords(explained)
    scores = definition.scores.indices.map { ScoreExplanation($0, words) }
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
  /// What the definition reads of events beside what judging needs of them.
  let properties: [EventSubject]

  init(_ replay: LeadReplay) {
    self.replay = replay
    judge = replay.judge
    definition = judge.definition
    cells = replay.desk.cells
    properties = definition.readProperties
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

  fileprivate var account: Explanation.Account? {
    let account = cells[judge.layout.account]
    if account == LeadLayout.absent { return nil }
    let source = judge.domainSource(of: replay.history, key: replay.name)
    var index = replay.trace.accountEvent
    if case .attribute(let name) = source {
      index = judge.attributes.firstIndex(of: name).flatMap { replay.trace.attributeEvents[$0] }
    }
    return .init(
      value: replay.log.set.accounts.string(Int(account)), event: index.map(event),
      domainOf: source?.name)
  }

  /// The merges among the lead's own events: those of a copy, an erased or a withdrawn one are not there.
  fileprivate var merges: (joining: [Explanation.Merge], heldBack: [Explanation.Merge]) {
    let sheets = replay.log.set.sheets
    let entries = Dictionary(
      sheets.enumerated().flatMap { index, sheet in
        sheet.merges.map { (EventPlace(sheet: UInt32(index), line: $0.line), $0) }
      }, uniquingKeysWith: { first, _ in first })
    var merges: (joining: [Explanation.Merge], heldBack: [Explanation.Merge]) = ([], [])
    if entries.isEmpty { return merges }
    for index in 0..<replay.history.count {
      let place = EventPlace(replay.history.events[index])
      guard let merge = entries[place], merge.lead != merge.from else { continue }
      let sheet = sheets[Int(place.sheet)]
      let told = Explanation.Merge(
        event: event(index), lead: String(decoding: sheet.key(Int(merge.lead)), as: UTF8.self),
        from: String(decoding: sheet.key(Int(merge.from)), as: UTF8.self))
      if replay.joining.contains(place) {
        merges.joining.append(told)
      } else {
        merges.heldBack.append(told)
      }
    }
    return merges
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
      used: fates.used, erased: fates.erased, future: fates.future, withdraws: fates.withdraws,
      withdrawn: fates.withdrawn > 0
        ? withdrawn(rows { $1 == .withdraw || $1 == .withdrawn }) : [],
      duplicates: fates.duplicates, dropped: fates.duplicates > 0 ? dropped : [])
  }

  private struct Row {
    var row: SheetRow
    var key: KeyPlace
    var place: EventPlace
    var kind: EventKind
    var fate: RowFate
  }

  /// The rows of the lead's keys that somebody asks for by their place and their fate.
  private func rows(_ isWanted: (EventPlace, RowFate) -> Bool) -> [Row] {
    var rows: [Row] = []
    for member in replay.members {
      for key in member.places {
        let sheet = replay.log.set.sheets[Int(key.sheet)]
        let kinds = sheet.eventClasses.map(\.kind)
        for row in sheet.rows(of: Int(key.key)) {
          let place = EventPlace(sheet: key.sheet, line: row.line)
          let kind = kinds[row.eventClass]
          let fate =
            member.losses?.fate(of: row, at: place, kind, asOf: judge.asOf)
            ?? (row.time > judge.asOf ? .future : .kept)
          guard isWanted(place, fate) else { continue }
          rows.append(Row(row: row, key: key, place: place, kind: kind, fate: fate))
        }
      }
    }
    return rows
  }

  /// Those that are neither in its history, nor anything else.
  private var dropped: [Explanation.Event] {
    let kept = ExcerptMarks(
      replay.excerpt,
      (0..<replay.history.count).lazy.map { EventPlace(replay.history.events[$0]) })
    return rows { $1 == .kept && !kept.contains($0) }.map(told)
      .sorted { ($0.time, $0.at) < ($1.time, $1.at) }
  }

  private func withdrawn(_ rows: [Row]) -> [Explanation.Withdrawn] {
    let withdraws = rows.filter { $0.fate == .withdraw }
      .sorted { ($0.row.time, $0.place) < ($1.row.time, $1.place) }
    let entries = Dictionary(
      replay.log.set.sheets.enumerated().flatMap { index, sheet in
        sheet.withdraws.map { (EventPlace(sheet: UInt32(index), line: $0.line), $0.named) }
      }, uniquingKeysWith: { first, _ in first })
    func key(_ row: Row) -> UnsafeBufferPointer<UInt8> {
      replay.log.set.sheets[Int(row.key.sheet)].key(Int(row.key.key))
    }
    let byName = Dictionary(grouping: withdraws) { entries[$0.place] }
    return rows.filter { $0.fate == .withdrawn }.compactMap { row in
      byName[row.row.id]?.first {
        !row.kind.joins || key($0).elementsEqual(key(row))
      }.map { Explanation.Withdrawn(event: told(row), by: told($0)) }
    }.sorted { ($0.event.time, $0.event.at) < ($1.event.time, $1.event.at) }
  }

  private func told(_ row: Row) -> Explanation.Event {
    Explanation.Event(replay.excerpt.event(at: row.place), at: row.row.time)
  }
}

extension Explanation.Event {
  init(_ event: ExcerptEvent, at time: Milliseconds) {
    self.init(time: timeText(milliseconds: time), id: event.id, at: "\(event.position)")
  }
}
