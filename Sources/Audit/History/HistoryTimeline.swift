import Definition
import Engine
import Identity
import Judging
import Notation
import Workers

/// The numbers of one lead or account at some times, and each turn of its bounds from the first of them on.
struct HistoryTimeline {
  /// By time; one at which nothing is known has none.
  private(set) var values: [Milliseconds: [String]] = [:]
  /// In order.
  private(set) var turns: [HistoryStretch.Turn] = []
  private let judge: Judge
  private let eras: [(accounts: AccountEra, profiles: ProfileChanges)]
  /// In order; among them all times at which something happens, up to the log's as-of.
  private let stops: [Milliseconds]
  /// The stops at which numbers are wanted.
  private let wanted: Set<Milliseconds>

  /// So many that workers have something to do, and do not wait for each other in the end.
  private static let stopsPerTask = 256

  /// `tenures`: of the lead, or of all leads of the account.
  init(
    _ moments: HistoryMoments, _ tenures: [Tenure], _ eras: [AccountEra], _ log: GatheredLog,
    _ judge: Judge
  ) {
    self.judge = judge
    self.eras = eras.map { era in
      let horizon = era.end == .max ? judge.asOf : min(era.end - 1, judge.asOf)
      return (era, ProfileChanges(era.set, until: horizon, judge))
    }
    stops = moments.stops(
      with: tenures, log,
      eras.map(\.start) + self.eras.flatMap { $0.profiles.times })
    wanted = Set(moments.times)
  }

  /// Tenures cut where an era ends, each with the number of its era.
  private func parts(of tenures: [Tenure]) -> [(era: Int, tenure: Tenure)] {
    tenures.flatMap { tenure in
      eras.indices.compactMap { index in
        let (era, next) = (eras[index].accounts, index + 1)
        return tenure.within(
          era.start, era.end, begunBy: era.begunBy,
          endedBy: next < eras.count ? eras[next].accounts.begunBy : []
        ).map { (index, $0) }
      }
    }
  }

  /// Follows a lead through its tenures, in order.
  mutating func follow(_ tenures: [Tenure], jobs: Int) throws {
    final class Worker {
      var part = -1
      var course: LeadHistoryCourse?
    }
    let parts = parts(of: tenures)
    let tasks = parts.enumerated().flatMap { index, part in
      (place(of: part.tenure.start)..<place(of: part.tenure.end))
        .pieces(of: HistoryTimeline.stopsPerTask).map { (part: index, stops: $0) }
    }
    let stretches = Slots<HistoryStretch>(tasks.count)
    try parallel(tasks.count, jobs: jobs, makeWorker: { _ in Worker() }) { [self] worker, number in
      let task = tasks[number]
      let (era, tenure) = parts[task.part]
      if worker.part != task.part {
        worker.part = task.part
        worker.course = LeadHistoryCourse(
          tenure, tenure.story(in: eras[era].accounts.set, judge), judge, eras[era].profiles)
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
    final class Worker {
      var era = -1
      var course: AccountHistoryCourse?
    }
    let parts = parts(of: tenures)
    let slots = Slots<LeadStory>(parts.count)
    try parallel(parts.count, jobs: jobs) { [eras, judge] part in
      slots[part] = parts[part].tenure.story(in: eras[parts[part].era].accounts.set, judge)
    }
    var stories = eras.map { _ in [(tenure: Tenure, story: LeadStory)]() }
    for (part, story) in zip(parts, slots.elements) where story.mayBelong(to: account, judge) {
      stories[part.era].append((part.tenure, story))
    }
    let storiesByEra = stories
    let tasks = eras.indices.flatMap { era in
      (place(of: eras[era].accounts.start)..<place(of: eras[era].accounts.end))
        .pieces(of: HistoryTimeline.stopsPerTask).map { (era: era, stops: $0) }
    }
    let stretches = Slots<HistoryStretch>(tasks.count)
    try parallel(tasks.count, jobs: jobs, makeWorker: { _ in Worker() }) { [self] worker, number in
      let task = tasks[number]
      if worker.era != task.era {
        worker.era = task.era
        worker.course = AccountHistoryCourse(
          account, storiesByEra[task.era], judge, eras[task.era].profiles,
          begun: (eras[task.era].accounts.start, eras[task.era].accounts.begunBy))
      }
      guard let course = worker.course else { return }
      stretches[number] = HistoryStretch(
        stops, task.stops, course, isWanted: wanted.contains)
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
