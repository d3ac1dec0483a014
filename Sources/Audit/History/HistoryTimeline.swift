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
      (era, ProfileChanges(era.set, until: era.last(upTo: judge.asOf), judge))
    }
    stops = moments.stops(
      with: tenures, log,
      eras.map(\.start) + self.eras.flatMap { $0.profiles.times })
    wanted = Set(moments.times)
  }

  private func parts(of tenures: [Tenure]) -> [(era: Int, tenure: Tenure)] {
    eras.map(\.accounts).parts(of: tenures)
  }

  /// Follows a lead through its tenures, in order.
  mutating func follow(_ tenures: [Tenure], jobs: Int) throws {
    final class Worker {
      var part = -1
      var course: LeadHistoryCourse?
    }
    let parts = parts(of: tenures)
    let tasks = parts.enumerated().flatMap { index, part in
      (stops.firstPlace(atOrAfter: part.tenure.start)..<stops.firstPlace(atOrAfter: part.tenure.end))
        .pieces(of: HistoryTimeline.stopsPerTask).map { (part: index, stops: $0) }
    }
    let stretches = Slots<HistoryStretch>(tasks.count)
    try parallel(tasks.count, jobs: jobs, makeWorker: { _ in Worker() }) { [self] worker, number in
      let task = tasks[number]
      let (era, tenure) = parts[task.part]
      if worker.part != task.part {
        worker.part = task.part
        worker.course = LeadHistoryCourse(
          tenure, tenure.story(in: eras[era].accounts.set, judge),
          .ofHistory(judge.definition), judge, CourseDesks(judge), eras[era].profiles)
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
    for (part, story) in zip(parts, slots.elements)
    where story.accounts(in: eras[part.era].accounts.set, judge).contains(account) {
      stories[part.era].append((part.tenure, story))
    }
    let storiesByEra = stories
    let tasks = eras.indices.flatMap { era in
      (stops.firstPlace(
        atOrAfter: eras[era].accounts.start)..<stops.firstPlace(atOrAfter: eras[era].accounts.end))
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

  private mutating func join(_ stretches: [HistoryStretch], boundCount: Int) {
    turns = HistoryTurns(stretches, from: stops.first, boundCount: boundCount).all
    for stretch in stretches { values.merge(stretch.values) { $1 } }
  }
}

extension [AccountEra] {
  /// Tenures cut where an era ends, each with the number of its era.
  func parts(of tenures: [Tenure]) -> [(era: Int, tenure: Tenure)] {
    tenures.flatMap { tenure in
      indices.compactMap { index in
        let (era, next) = (self[index], index + 1)
        return tenure.within(
          era.start, era.end, begunBy: era.begunBy, endedBy: next < count ? self[next].begunBy : []
        ).map { (index, $0) }
      }
    }
  }
}

/// The turns of stretches that stand one behind the other; between them nothing is known.
struct HistoryTurns {
  private(set) var all: [HistoryStretch.Turn] = []
  /// How bounds stand in the end.
  private(set) var last: HistoryPlaces
  private var byTime: HistoryPlaces

  /// `start`: the first stop of all.
  init(_ stretches: [HistoryStretch], from start: Milliseconds?, boundCount: Int) {
    let nothing = HistoryPlaces(repeating: nil, count: boundCount)
    (last, byTime) = (nothing, nothing)
    var (end, endedBy) = (start, [EventPlace]())
    for stretch in stretches {
      if let before = end, before < stretch.start { turn(at: before, to: nothing, endedBy) }
      if stretch.start == start { last = stretch.first }
      turn(at: stretch.start, to: stretch.first, stretch.events)
      all += stretch.turns
      (end, last, byTime, endedBy) = (stretch.end, stretch.last, stretch.byTime, stretch.endedBy)
    }
    if let end { turn(at: end, to: nothing, endedBy) }
  }

  private mutating func turn(
    at time: Milliseconds, to places: HistoryPlaces, _ events: [EventPlace]
  ) {
    if places != last {
      all.append(
        HistoryStretch.Turn(time: time, from: last, to: places, byTime: byTime, events: events))
    }
    (last, byTime) = (places, places)
  }
}

extension [Milliseconds] {
  /// Where the first time of an ordered array stands that is not before another.
  func firstPlace(atOrAfter time: Milliseconds) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
