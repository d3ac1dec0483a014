import Definition
import Notation

/// The counts over consecutive events of a history, of which either end moves: a window on its way through
/// time, or all of a life as it goes on.
struct MovingMeasures {
  /// In the order of `LeadLayout.Measures`.
  private(set) var counts: [Int64]
  private let history: LeadHistory
  private let notes: ActivityNotes
  private let table: ActivityTable
  private let measures: LeadLayout.Measures
  private var events = 0..<0
  /// By day and by visit, how many of the activities are in it.
  private var dayCounts: [Int32]
  private var visitCounts: [Int32]
  /// By visit, how many of its page views are among them; by such a number, how many visits have it.
  private var depths: [Int32]
  private var visitsByDepth: [Int32]

  /// `measures`: where the counts stand, which is how they are laid out.
  init(
    _ history: LeadHistory, _ notes: ActivityNotes, _ table: ActivityTable,
    _ measures: LeadLayout.Measures
  ) {
    self.history = history
    self.notes = notes
    self.table = table
    self.measures = measures
    counts = [Int64](repeating: 0, count: measures.end - measures.start)
    dayCounts = [Int32](repeating: 0, count: notes.dayCount)
    visitCounts = [Int32](repeating: 0, count: notes.visitCount)
    depths = visitCounts
    visitsByDepth = [Int32](repeating: 0, count: notes.deepest + 1)
  }

  /// Counts other events: the cost is that of those that come and go.
  mutating func move(to range: Range<Int>) {
    for event in events.upperBound..<max(events.upperBound, range.upperBound) { count(event, 1) }
    if events.lowerBound < range.lowerBound {
      for event in events.lowerBound..<range.lowerBound { count(event, -1) }
    }
    for event in range.lowerBound..<max(events.lowerBound, range.lowerBound) { count(event, 1) }
    events = range
  }

  /// `sign`: 1 for an event that comes, -1 for one that goes.
  private mutating func count(_ event: Int, _ sign: Int32) {
    let entry = table.entries[Int(history.events[event].eventClass)]
    guard entry.isActivity else { return }
    let start = measures.start
    let change = Int64(sign)
    counts[measures.activities - start] += change
    counts[measures.timeOnSite - start] += change * Int64(history.events[event].duration)
    for place in Int(entry.interactionStart)..<Int(entry.interactionEnd) {
      let interaction = Int(table.indices[place])
      counts[measures.counts + interaction - start] += change
      let stage = Int(table.stages[interaction])
      if stage >= 0 { counts[measures.tallies + stage - start] += change }
    }
    // A day or a visit comes with its first activity, and goes with its last.
    let whole: Int32 = sign > 0 ? 1 : 0
    let day = Int(notes.days[event])
    dayCounts[day] += sign
    if dayCounts[day] == whole { counts[measures.activeDays - start] += change }
    let visit = Int(notes.visits[event])
    visitCounts[visit] += sign
    if visitCounts[visit] == whole { counts[measures.visits - start] += change }
    if entry.isPageView { deepen(visit, sign) }
  }

  private mutating func deepen(_ visit: Int, _ sign: Int32) {
    visitsByDepth[Int(depths[visit])] -= 1
    depths[visit] += sign
    visitsByDepth[Int(depths[visit])] += 1
    let place = measures.deepestVisit - measures.start
    let deepest = counts[place]
    if Int64(depths[visit]) > deepest {
      counts[place] = Int64(depths[visit])
    } else if deepest > 0, visitsByDepth[Int(deepest)] == 0 {
      // It was this visit, which is one less deep.
      counts[place] = deepest - 1
    }
  }
}

/// Of each event of a history that is an activity, which day and which visit it is of.
struct ActivityNotes: Sendable {
  /// Days since the first one.
  private(set) var days: [Int32] = []
  private(set) var visits: [Int32] = []
  private(set) var dayCount = 0
  private(set) var visitCount = 0
  /// The most page views in a visit.
  private(set) var deepest = 0

  /// `desk`: where the history's lifetime was measured last.
  init(_ history: LeadHistory, _ table: ActivityTable, _ desk: Desk) {
    days.reserveCapacity(history.count)
    visits.reserveCapacity(history.count)
    var firstDay: Int64?
    var last: Milliseconds = 0
    var depth = 0
    for index in 0..<history.count {
      let event = history.events[index]
      let entry = table.entries[Int(event.eventClass)]
      guard entry.isActivity else {
        days.append(-1)
        visits.append(-1)
        continue
      }
      let day = floorDivide(desk.locals.times[index], LocalCalendar.day)
      // A clock that is set back across midnight returns to the day before.
      let first = firstDay ?? day - 1
      firstDay = first
      days.append(Int32(day - first))
      dayCount = max(dayCount, Int(day - first) + 1)
      if visitCount == 0 || event.time - last > visitGap {
        visitCount += 1
        depth = 0
      }
      visits.append(Int32(visitCount - 1))
      last = event.time
      if entry.isPageView { depth += 1 }
      deepest = max(deepest, depth)
    }
  }
}
