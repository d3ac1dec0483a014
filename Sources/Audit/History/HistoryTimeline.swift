import Definition
import Engine
import Judging
import Notation
import Reading
import Workers

/// The numbers of one lead or account, moment by moment.
struct HistoryTimeline {
  struct Moment: Sendable {
    var time: Milliseconds
    /// Places in the log of the events of this very time.
    var events: [LogPosition]
    var point: HistoryPoint
  }

  private(set) var moments: [Moment] = []
  private let replayer: HistoryReplayer

  init(_ excerpt: LogExcerpt, _ plan: HistoryPlan) throws {
    let replayer = HistoryReplayer(excerpt, plan)
    self.replayer = replayer
    let end = plan.subject.asOf
    guard let last = try replayer.point(at: end), last.isKnown else { return }
    let events = try replayer.eventsByTime(plan.who)
    guard let first = events.keys.min() else { return }
    let midnights = replayer.calendar.beginnings(of: .day, after: first, upTo: end)
    let times = Set(events.keys).union(midnights).union([end]).sorted()
    let points = Slots<HistoryPoint>(times.count)
    try parallel(times.count, jobs: plan.jobs) { index in
      try Interruption.check()
      points[index] = try replayer.point(at: times[index])
    }
    moments = zip(times, points.elements).map { time, point in
      Moment(time: time, events: events[time] ?? [], point: point)
    }
  }

  /// The report: all moments, or those that begin a day, a week or a month, and the last.
  func report(_ plan: HistoryPlan) throws -> HistoryReport {
    let definition = plan.subject.definition
    var report = HistoryReport(
      definition: definition.name, asOf: timeText(milliseconds: plan.subject.asOf),
      columns: replayer.columns, moments: [], crossings: try crossings())
    switch plan.who {
    case .lead(let lead): report.lead = lead
    case .account(let account): report.account = account
    }
    var wanted: Set<Milliseconds>?
    if let window = CalendarWindow(rawValue: plan.step.rawValue), let first = moments.first {
      wanted = Set(
        replayer.calendar.beginnings(of: window, after: first.time - 1, upTo: plan.subject.asOf))
      if let last = moments.last { wanted?.insert(last.time) }
    }
    report.moments = moments.filter { wanted?.contains($0.time) ?? true }.map { moment in
      HistoryReport.Moment(
        time: timeText(milliseconds: moment.time), events: moment.events.map(replayer.cause),
        values: moment.point.values)
    }
    return report
  }

  private func crossings() throws -> [HistoryReport.Crossing] {
    var crossings: [HistoryReport.Crossing] = []
    for (before, after) in zip(moments, moments.dropFirst()) {
      for (place, bound) in replayer.bounds.enumerated()
      where before.point.places[place] != after.point.places[place] {
        let (from, to) = (before.point.places[place], after.point.places[place])
        let time =
          after.events.isEmpty
          ? try moment(of: place, from: from, after: before.time, upTo: after.time)
          : after.time
        crossings.append(
          .init(
            time: timeText(milliseconds: time), what: bound.what,
            from: from.map { bound.names[$0] }, to: to.map { bound.names[$0] },
            isUp: (to ?? .max) < (from ?? .max), causes: after.events.map(replayer.cause)))
      }
    }
    return crossings
  }

  /// Finds the millisecond in which time alone led over a bound.
  private func moment(
    of place: Int, from: Int?, after start: Milliseconds, upTo end: Milliseconds
  ) throws -> Milliseconds {
    var (low, high) = (start, end)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let isBefore = try replayer.point(at: middle)?.places[place] == from
      if isBefore { low = middle } else { high = middle }
    }
    return high
  }
}

/// What is seen of a lead or an account at one time.
struct HistoryPoint: Sendable {
  var isKnown: Bool
  /// As snapshots have them, in the order of columns.
  var values: [String?]
  /// By bound, which of its names holds: the place of the persona, 0 of a list that has the lead.
  var places: [Int?]
}

/// A persona group, a list, or what makes an account ready: something one is in or not.
struct HistoryBound: Sendable {
  var what: String
  var names: [String]
}

/// Takes the frames of a history.
struct HistoryReplayer: Sendable {
  let calendar: LocalCalendar
  let columns: [String]
  let bounds: [HistoryBound]
  private let excerpt: LogExcerpt
  private let definition: Definition
  private let who: HistoryPlan.Who
  private let asOf: Milliseconds

  init(_ excerpt: LogExcerpt, _ plan: HistoryPlan) {
    self.excerpt = excerpt
    let definition = plan.subject.definition
    self.definition = definition
    who = plan.who
    asOf = plan.subject.asOf
    calendar = LocalCalendar(timezone: definition.timezone)
    switch plan.who {
    case .lead:
      columns = definition.scores.flatMap { ["score.\($0.name)", "raw.\($0.name)"] }
      bounds =
        definition.personas.map {
          HistoryBound(what: "persona.\($0.name)", names: $0.personas.map(\.name))
        } + definition.lists.map { HistoryBound(what: "list.\($0.name)", names: ["in"]) }
    case .account:
      columns = ["leads", "engaged"] + definition.scores.map { "total.\($0.name)" }
      bounds = definition.ready == nil ? [] : [HistoryBound(what: "ready", names: ["true"])]
    }
  }

  /// Replays the excerpt as of a time.
  func point(at time: Milliseconds) throws -> HistoryPoint? {
    let results = try Results(
      definition, sheets: excerpt.sheets, isKnown: excerpt.isKnown, asOf: time, jobs: 1,
      calendar: calendar)
    let none = HistoryPoint(
      isKnown: false, values: columns.map { _ in nil }, places: bounds.map { _ in nil })
    switch who {
    case .lead(let lead): return results.point(ofLead: lead) ?? none
    case .account(let account): return results.point(ofAccount: account) ?? none
    }
  }

  /// The events of a lead, or of all leads of an account, up to the as-of.
  func eventsByTime(_ who: HistoryPlan.Who) throws -> [Milliseconds: [LogPosition]] {
    var events: [Milliseconds: [LogPosition]] = [:]
    if case .lead(let lead) = who {
      guard let replay = try LeadReplay(Array(lead.utf8), excerpt, definition, asOf: asOf) else {
        return [:]
      }
      for index in 0..<replay.history.count {
        let event = replay.history.events[index]
        events[event.time, default: []].append(replay.position(of: event))
      }
      return events
    }
    for part in excerpt.parts where part.isKnown {
      for row in 0..<part.sheet.rowCount where part.sheet.rows[row].time <= asOf {
        events[part.sheet.rows[row].time, default: []].append(
          LogPosition(segment: part.segment.path, line: Int(part.sheet.rows[row].line)))
      }
    }
    return events.mapValues { $0.sorted { ($0.segment, $0.line) < ($1.segment, $1.line) } }
  }

  func cause(_ position: LogPosition) -> HistoryReport.Cause {
    let reader = EventTextReader(plan: ReadingPlan(definition))
    let text = excerpt.lines[position.segment]?[position.line].flatMap { reader.read($0) }
    return .init(id: text?.id ?? "", type: text?.type ?? "", at: "\(position)")
  }
}

extension Results {
  fileprivate func point(ofLead name: String) -> HistoryPoint? {
    let key = Array(name.utf8)
    for part in leads.parts {
      for row in 0..<part.count where part.keys[row].elementsEqual(key) {
        let layout = judge.layout
        let definition = judge.definition
        return HistoryPoint(
          isKnown: true,
          values: definition.scores.indices.flatMap { score in
            [
              "\(part.cell(row, layout.scores + score))",
              pointsText(part.cell(row, layout.raws + score)),
            ]
          },
          places: definition.personas.indices.map { group in
            let persona = part.cell(row, layout.personas + group)
            return persona == LeadLayout.absent ? nil : Int(persona)
          }
            + definition.lists.indices.map {
              part.cell(row, layout.lists + $0) == 1 ? 0 : nil
            })
      }
    }
    return nil
  }

  fileprivate func point(ofAccount name: String) -> HistoryPoint? {
    let key = Array(name.utf8)
    let layout = AccountLayout(judge.definition)
    for row in 0..<accounts.count where accounts.keys[row].elementsEqual(key) {
      let cells =
        [layout.leads, layout.engaged] + judge.definition.scores.indices.map { layout.totals + $0 }
      return HistoryPoint(
        isKnown: true, values: cells.map { "\(accounts.cell(row, $0))" },
        places: judge.definition.ready == nil
          ? [] : [accounts.cell(row, layout.ready) == 1 ? 0 : nil])
    }
    return nil
  }
}
