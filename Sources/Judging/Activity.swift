import Definition
import Notation

/// What the fold asks of an event's class, laid out flat for the hot loop.
final class ActivityTable: Sendable {
  struct Entry: BitwiseCopyable {
    var isActivity: Bool
    var isPageView: Bool
    /// The interactions it is an occurrence of, and the rules they have: ranges of `indices`.
    var interactionStart: Int
    var interactionEnd: Int
    var ruleEnd: Int
  }

  let entries: Fixed<Entry>
  let indices: Fixed<Int32>
  /// The journey's stage of each interaction, or -1.
  let stages: Fixed<Int32>

  /// `isOffered`: which of the rules are offered anything; all are unless told otherwise.
  init(
    classes: ClassTable, definition: Definition, rules: [CompiledRule],
    isOffered: (Int) -> Bool = { _ in true }
  ) {
    var entries: [Entry] = []
    var indices: [Int32] = []
    for eventClass in classes.classes {
      let start = indices.count
      indices += eventClass.interactions.map(Int32.init)
      let middle = indices.count
      for (index, rule) in rules.enumerated()
      where isOffered(index) && eventClass.interactions.contains(UInt16(rule.interaction)) {
        indices.append(Int32(index))
      }
      entries.append(
        Entry(
          isActivity: eventClass.isActivity, isPageView: eventClass.isPageView,
          interactionStart: start, interactionEnd: middle, ruleEnd: indices.count))
    }
    self.entries = Fixed(entries)
    self.indices = Fixed(indices)
    stages = Fixed(definition.interactions.map { Int32($0.stage ?? -1) })
  }
}

/// The local times of a lead's activities, by event.
final class LocalTimes {
  private(set) var times: UnsafeMutablePointer<Milliseconds>
  private(set) var offsets: UnsafeMutablePointer<Milliseconds>
  private var capacity = 256
  /// What the calendar answered last.
  var span = LocalCalendar.Span(start: .max, end: .min, offset: 0)

  init() {
    times = .allocate(capacity: capacity)
    offsets = .allocate(capacity: capacity)
  }

  deinit {
    times.deallocate()
    offsets.deallocate()
  }

  func makeRoom(for count: Int) {
    guard capacity < count else { return }
    times.deallocate()
    offsets.deallocate()
    capacity = count * 2
    times = .allocate(capacity: capacity)
    offsets = .allocate(capacity: capacity)
  }
}

/// Visits end where nothing happens for longer than this.
let visitGap: Milliseconds = 30 * 60 * 1000

extension Judge {
  /// Measures all of a lead's life, and notes the local time of each activity, and the first and the last.
  func measureLifetime(_ history: LeadHistory, _ desk: Desk) {
    let locals = desk.locals
    locals.makeRoom(for: history.count)
    let (times, offsets) = (locals.times, locals.offsets)
    var span = locals.span
    var first = LeadLayout.absent
    var last = LeadLayout.absent
    let entered = desk.cells + layout.entered
    measure(history, from: 0, layout.lifetime, desk) { stage, time in
      entered[stage] = time
    } local: { index, time in
      if first == LeadLayout.absent { first = time }
      last = time
      // Events come in order, so the span of the last one is nearly always that of the next.
      if time < span.start || time >= span.end { span = calendar.span(at: time) }
      let local = time &+ span.offset
      times[index] = local
      offsets[index] = span.offset
      return local
    }
    locals.span = span
    guard first != LeadLayout.absent else { return }
    desk.cells[layout.firstSeen] = first
    desk.cells[layout.lastSeen] = last
    countDays(desk)
  }

  /// Counts the full days since the first activity and the last.
  @inline(__always)
  func countDays(_ desk: Desk) {
    let (first, last) = (desk.cells[layout.firstSeen], desk.cells[layout.lastSeen])
    guard first != LeadLayout.absent else { return }
    desk.cells[layout.daysSinceFirst] = (desk.asOf - first) / LocalCalendar.day
    desk.cells[layout.daysSinceLast] = (desk.asOf - last) / LocalCalendar.day
    if layout.asksStageDays { countStageDays(desk) }
  }

  @inline(never)
  private func countStageDays(_ desk: Desk) {
    for stage in 0..<layout.stageCount {
      let time = desk.cells[layout.entered + stage]
      if time == LeadLayout.absent { continue }
      desk.cells[layout.daysSinceEntered + stage] = (desk.asOf - time) / LocalCalendar.day
    }
  }

  /// Notes the stages that an activity is the first of.
  func enter(_ event: HistoryEvent, _ cells: UnsafeMutablePointer<Int64>) {
    let entry = activities.entries[Int(event.eventClass)]
    for place in entry.interactionStart..<entry.interactionEnd {
      let stage = Int(activities.stages[Int(activities.indices[place])])
      if stage >= 0, cells[layout.entered + stage] == LeadLayout.absent {
        cells[layout.entered + stage] = event.time
      }
    }
  }

  /// Measures what stands in a history from an event on, once its local times are noted.
  func measure(
    _ history: LeadHistory, from start: Int, _ measures: LeadLayout.Measures, _ desk: Desk
  ) {
    let times = desk.locals.times
    measure(history, from: start, measures, desk) { _, _ in
    } local: { index, _ in
      times[index]
    }
  }

  /// Counts interactions and tallies alone, over all of a lead's life; the desk's other cells mean
  /// nothing then.
  package func countInteractions(_ history: LeadHistory, _ desk: Desk) {
    let measures = layout.lifetime
    let counts = desk.cells + measures.counts
    let tallies = desk.cells + measures.tallies
    counts.update(repeating: 0, count: measures.interactionCount)
    tallies.update(repeating: 0, count: measures.stageCount)
    let (events, entries) = (history.events, activities.entries.base)
    for index in 0..<history.count {
      let entry = entries[Int(events[index].eventClass)]
      if entry.isActivity { countInteractions(of: entry, counts, tallies) { _ in } }
    }
  }

  /// `onEntered`: told of each stage that had no tally before.
  @inline(__always)
  private func countInteractions(
    of entry: ActivityTable.Entry, _ counts: UnsafeMutablePointer<Int64>,
    _ tallies: UnsafeMutablePointer<Int64>, onEntered: (Int) -> Void
  ) {
    let (indices, stages) = (activities.indices.base, activities.stages.base)
    for place in entry.interactionStart..<entry.interactionEnd {
      let interaction = Int(indices[place])
      counts[interaction] &+= 1
      let stage = Int(stages[interaction])
      if stage < 0 { continue }
      if tallies[stage] == 0 { onEntered(stage) }
      tallies[stage] &+= 1
    }
  }

  /// Counts activities, days, visits, time on site, interactions and tallies from an event on.
  ///
  /// `onEntered`: told of each stage at the first activity in it.
  ///
  /// `local`: the local time of an activity by its index and time.
  @inline(__always)
  private func measure(
    _ history: LeadHistory, from start: Int, _ measures: LeadLayout.Measures, _ desk: Desk,
    onEntered: (Int, Milliseconds) -> Void, local: (Int, Milliseconds) -> Milliseconds
  ) {
    var visit = VisitCounter()
    var days = DayCounter()
    var activityCount: Int64 = 0
    var timeOnSite: Int64 = 0
    let cells = desk.cells
    let counts = cells + measures.counts
    let tallies = cells + measures.tallies
    let (events, entries) = (history.events, activities.entries.base)
    for index in start..<history.count {
      let event = events + index
      let entry = entries[Int(event.pointee.eventClass)]
      guard entry.isActivity else { continue }
      activityCount &+= 1
      let time = event.pointee.time
      visit.count(time, isPageView: entry.isPageView)
      days.count(floorDivide(local(index, time), LocalCalendar.day))
      timeOnSite &+= Int64(event.pointee.duration)
      countInteractions(of: entry, counts, tallies) { onEntered($0, time) }
    }
    cells[measures.activities] = activityCount
    cells[measures.activeDays] = days.distinct
    cells[measures.visits] = visit.visits
    cells[measures.deepestVisit] = visit.deepest
    cells[measures.timeOnSite] = timeOnSite
  }
}

/// Runs of activities with no gap over 30 minutes, and the most page views in one.
private struct VisitCounter {
  var visits: Int64 = 0
  var deepest: Int64 = 0
  private var depth: Int64 = 0
  private var last: Milliseconds = 0

  @inline(__always)
  mutating func count(_ time: Milliseconds, isPageView: Bool) {
    if visits == 0 || time &- last > visitGap {
      visits &+= 1
      depth = 0
    }
    last = time
    if isPageView { depth &+= 1 }
    deepest = max(deepest, depth)
  }
}

/// Distinct calendar days of times that only ever step back by the hour a clock is set back.
private struct DayCounter {
  var distinct: Int64 = 0
  private var latest = Int64.min
  /// Whether the day before the latest has been counted.
  private var hasDayBefore = false

  @inline(__always)
  mutating func count(_ day: Int64) {
    if day == latest { return }
    if day > latest {
      hasDayBefore = distinct > 0 && day &- 1 == latest
      latest = day
      distinct &+= 1
    } else if !hasDayBefore {
      // A clock set back across midnight returns to a day that had no activity before.
      hasDayBefore = true
      distinct += 1
    }
  }
}
