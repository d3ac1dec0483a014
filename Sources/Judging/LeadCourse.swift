import Definition
import Notation

/// What a lead comes to at any time, from one event to the next.
///
/// All that may be asked of a judgement as of a time is the same here, but it costs what has changed since the
/// event before, not the events of a life. Events are taken in order; times between them may be looked at in any.
package final class LeadCourse {
  package let story: LeadStory
  private let judge: Judge
  private let desks: CourseDesks
  /// The cells that the events that were taken give, whatever the time.
  private let taken: UnsafeMutablePointer<Int64>
  /// How many events were taken.
  package private(set) var count = 0
  /// Up to when they were.
  private var latest = Milliseconds.min
  private var lifetime: MovingMeasures
  private var windows: [MovingMeasures]

  /// `desks`: where the lead is judged; several courses may share them.
  package init(_ story: LeadStory, _ judge: Judge, _ desks: CourseDesks) {
    self.story = story
    self.judge = judge
    self.desks = desks
    let least = desks.least
    least.clear()
    story.name.withUnsafeBufferPointer { judge.takeKey($0, least.cells) }
    taken = .allocate(capacity: least.cellCount)
    taken.initialize(from: least.cells, count: least.cellCount)
    func measures(_ measures: LeadLayout.Measures) -> MovingMeasures {
      MovingMeasures(story.history, story.notes, judge.activities, measures)
    }
    lifetime = measures(judge.layout.lifetime)
    windows = (0..<judge.windows.count).map { measures(judge.windows[$0].measures) }
  }

  deinit { taken.deallocate() }

  /// Whether the lead is there: one without an event is not.
  package var isKnown: Bool { count > 0 }

  /// The number of the lead's account, of accounts as they are at the time; nil without one.
  package func account(_ accounts: AccountAttributes) -> Int? {
    let account = story.name.withUnsafeBufferPointer { judge.account($0, accounts, taken) }
    return account == LeadLayout.absent ? nil : Int(account)
  }

  /// The events that were taken last, if they are of a time.
  package func events(at time: Milliseconds) -> [HistoryEvent] {
    var first = count
    while first > 0, story.history.events[first - 1].time == time { first -= 1 }
    return (first..<count).map { story.history.events[$0] }
  }

  /// Takes the events up to a time.
  package func take(upTo time: Milliseconds) {
    latest = time
    let history = story.history
    let first = count
    while count < history.count, history.events[count].time <= time { count += 1 }
    guard first < count else { return }
    let desk = desks.least
    desk.cells.update(from: taken, count: desk.cellCount)
    var nobody = Untraced()
    judge.takeFacts(of: first..<count, history, desk, telling: &nobody)
    lifetime.move(to: 0..<count)
    desk.put(lifetime.counts, judge.layout.lifetime)
    for event in first..<count where story.notes.visits[event] >= 0 {
      let time = history.events[event].time
      if desk.cells[judge.layout.firstSeen] == LeadLayout.absent {
        desk.cells[judge.layout.firstSeen] = time
      }
      desk.cells[judge.layout.lastSeen] = time
      judge.enter(history.events[event], desk.cells)
    }
    taken.update(from: desk.cells, count: desk.cellCount)
  }

  /// What the points of the events that were taken come to at a time.
  package func totals(at time: Milliseconds) -> RuleTotals {
    RuleTotals(values: story.totals(at: time, givenUpTo: latest))
  }

  /// What those that will be taken up to a time come to then, and no more than what those that were taken do.
  package func totals(
    atNext time: Milliseconds
  ) -> (withNext: RuleTotals, withoutAtLeast: RuleTotals) {
    let next = story.totals(at: time, givenUpTo: time)
    return (
      RuleTotals(values: next),
      RuleTotals(values: story.totals(next, withoutThoseGivenAt: time))
    )
  }

  /// Judges the lead as of a time until which nothing happens that was not taken, and returns its cells.
  ///
  /// `totals`: those of this time.
  package func judge(
    asOf time: Milliseconds, _ totals: RuleTotals, accounts: AccountAttributes
  ) -> UnsafePointer<Int64> {
    let desk = desks.least
    fill(desk, asOf: time, accounts)
    offer(desk, gains: totals, losses: totals)
    var nobody = Untraced()
    judge.conclude(desk, telling: &nobody)
    return UnsafePointer(desk.cells)
  }

  /// Finds the least and the most of every cell between two times, between which nothing happens that was not
  /// taken.
  ///
  /// `before`: totals of the first time, or earlier; `after`: those of the last, or later.
  package func span(
    _ first: Milliseconds, _ last: Milliseconds, before: RuleTotals, after: RuleTotals,
    accounts: AccountAttributes
  ) -> CellSpan {
    let (least, most) = (desks.least, desks.most)
    fill(least, asOf: first, accounts)
    fill(most, asOf: last, accounts)
    // Whatever changes while nothing happens does so in one direction.
    for cell in 0..<least.cellCount where least.cells[cell] > most.cells[cell] {
      swap(&least.cells[cell], &most.cells[cell])
    }
    offer(least, gains: after, losses: before)
    offer(most, gains: before, losses: after)
    judge.conclude(least: least, most: most)
    return CellSpan(least: UnsafePointer(least.cells), most: UnsafePointer(most.cells))
  }

  /// Fills the cells of what changes with time alone or not at all.
  private func fill(_ desk: Desk, asOf time: Milliseconds, _ accounts: AccountAttributes) {
    desk.cells.update(from: taken, count: desk.cellCount)
    desk.asOf = time
    story.name.withUnsafeBufferPointer { judge.takeDomain($0, accounts, desk.cells) }
    judge.inherit(accounts, desk)
    judge.countDays(desk)
    judge.dropOldAnswer(desk)
    judge.ages.fill(desk.cells, asOf: time)
    if let hours = story.busiestHours {
      for index in 0..<judge.busiestHours.count {
        let asked = judge.busiestHours[index]
        let first = asked.window.map { judge.firstEvent(after: time - $0, story.history) } ?? 0
        desk.cells[asked.cell] = hours.most(among: min(first, count)..<count)
      }
    }
    for index in windows.indices {
      let window = judge.windows[index]
      let first = judge.firstEvent(after: time - window.length, story.history)
      windows[index].move(to: min(first, count)..<count)
      desk.put(windows[index].counts, window.measures)
    }
  }

  private func offer(_ desk: Desk, gains: RuleTotals, losses: RuleTotals) {
    for rule in 0..<desk.gates.count { desk.gates[rule].total = 0 }
    for (index, points) in story.points.enumerated() {
      desk.gates[points.rule].total += points.isLoss ? -losses.values[index] : gains.values[index]
    }
  }
}

/// Where one worker looks at leads as they were, one after the other.
package final class CourseDesks {
  /// A lead as of a time, or the least of it between two times.
  fileprivate let least: Desk
  fileprivate let most: Desk

  package init(_ judge: Judge) {
    least = Desk(judge)
    most = Desk(judge)
  }
}

/// The least and the most that cells are between two times; where both are the same, so are all between.
///
/// They are there until the desks are used again.
package struct CellSpan {
  package let least: UnsafePointer<Int64>
  package let most: UnsafePointer<Int64>

  package init(least: UnsafePointer<Int64>, most: UnsafePointer<Int64>) {
    self.least = least
    self.most = most
  }

  /// Whether some consecutive cells are the same all along.
  package func isSteady(from first: Int, count: Int) -> Bool {
    (first..<first + count).allSatisfy { least[$0] == most[$0] }
  }
}

/// What the points of each rule come to at some time, as a lead's course has them.
package struct RuleTotals: Sendable {
  fileprivate let values: [Int128]
}

extension Desk {
  fileprivate func put(_ counts: [Int64], _ measures: LeadLayout.Measures) {
    counts.withUnsafeBufferPointer { counts in
      guard let base = counts.baseAddress else { return }
      (cells + measures.start).update(from: base, count: counts.count)
    }
  }
}
