import Definition
import Engine
import Judging
import Notation
import Workers

/// The numbers of one lead or account at some times, and each turn of its bounds from the first of them on.
struct HistoryTimeline {
  /// By time; one at which nothing is known has none.
  private(set) var values: [Milliseconds: [String]] = [:]
  /// In order.
  private(set) var turns: [HistoryStretch.Turn] = []
  private let log: GatheredLog
  private let judge: Judge
  private let profiles: ProfileChanges
  /// In order; among them all times at which something happens, up to the log's as-of.
  private let stops: [Milliseconds]
  /// The stops at which numbers are wanted.
  private let wanted: Set<Milliseconds>

  /// So many that workers have something to do, and do not wait for each other in the end.
  private static let stopsPerTask = 256

  /// `tenures`: of the lead, or of all leads of the account.
  init(_ moments: HistoryMoments, _ tenures: [Tenure], _ log: GatheredLog, _ judge: Judge) {
    self.log = log
    self.judge = judge
    profiles = ProfileChanges(log, judge)
    stops = moments.stops(with: tenures, log, profiles)
    wanted = Set(moments.times)
  }

  /// Follows a lead through its tenures, in order.
  mutating func follow(_ tenures: [Tenure], jobs: Int) throws {
    final class Worker {
      var tenure = -1
      var course: LeadHistoryCourse?
    }
    let tasks = tenures.enumerated().flatMap { index, tenure in
      (place(of: tenure.start)..<place(of: tenure.end))
        .pieces(of: HistoryTimeline.stopsPerTask).map { (tenure: index, stops: $0) }
    }
    let stretches = Slots<HistoryStretch>(tasks.count)
    try parallel(tasks.count, jobs: jobs, makeWorker: { _ in Worker() }) { [self] worker, number in
      let task = tasks[number]
      let tenure = tenures[task.tenure]
      if worker.tenure != task.tenure {
        worker.tenure = task.tenure
        worker.course = LeadHistoryCourse(tenure, tenure.story(in: log, judge), judge, profiles)
      }
      guard let course = worker.course else { return }
      var stretch = HistoryStretch(stops, task.stops, course, isWanted: wanted.contains)
      if stretch.end == tenure.end { stretch.endedBy = tenure.endedBy }
      stretches[number] = stretch
    }
    join(stretches.elements, boundCount: HistoryBound.ofLeads(judge.definition).count)
  }

  /// Follows an account through the tenures of its leads.
  mutating func follow(account: Int, _ tenures: [Tenure], jobs: Int) throws {
    let slots = Slots<LeadStory>(tenures.count)
    try parallel(tenures.count, jobs: jobs) { [log, judge] tenure in
      slots[tenure] = tenures[tenure].story(in: log, judge)
    }
    let stories = zip(tenures, slots.elements).filter { $1.names(account: account) }
      .map { (tenure: $0, story: $1) }
    let tasks = stops.indices.pieces(of: HistoryTimeline.stopsPerTask)
    let stretches = Slots<HistoryStretch>(tasks.count)
    try parallel(
      tasks.count, jobs: jobs,
      makeWorker: { [judge, profiles] _ in
        AccountHistoryCourse(account, stories, judge, profiles)
      }
    ) { [self] course, number in
      stretches[number] = HistoryStretch(
        stops, tasks[number], course, isWanted: wanted.contains)
    }
    join(stretches.elements, boundCount: HistoryBound.ofAccounts(judge.definition).count)
  }

  /// The first stop at or after a time.
  private func place(of time: Milliseconds) -> Int {
    var (low, high) = (0, stops.count)
    while low < high {
      let middle = (low + high) / 2
      if stops[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Puts stretches one behind the other; between them nothing is known.
  private mutating func join(_ stretches: [HistoryStretch], boundCount: Int) {
    let nothing = HistoryPlaces(repeating: nil, count: boundCount)
    var (end, last, byTime) = (stops.first, nothing, nothing)
    var endedBy: [EventPlace] = []
    func turn(at time: Milliseconds, to places: HistoryPlaces, _ events: [EventPlace]) {
      if places != last {
        turns.append(
          HistoryStretch.Turn(
            time: time, from: last, to: places, byTime: byTime, events: events))
      }
      (last, byTime) = (places, places)
    }
    for stretch in stretches {
      if let before = end, before < stretch.start { turn(at: before, to: nothing, endedBy) }
      if stretch.start == stops.first { last = stretch.first }
      turn(at: stretch.start, to: stretch.first, stretch.events)
      turns += stretch.turns
      values.merge(stretch.values) { $1 }
      (end, last, byTime, endedBy) = (stretch.end, stretch.last, stretch.byTime, stretch.endedBy)
    }
    if let end { turn(at: end, to: nothing, endedBy) }
  }
}
