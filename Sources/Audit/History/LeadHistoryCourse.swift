import Definition
import Engine
import Identity
import Judging
import Notation

/// A lead during one tenure.
final class LeadHistoryCourse: HistoryCourse {
  private let tenure: Tenure
  private let judge: Judge
  private let course: LeadCourse
  private let profiles: ProfileCourse
  private var time = Milliseconds.min
  /// What the account was before the stop.
  private var accountBefore: Int?
  /// Totals that were worked out since the stop, by the time that they are of.
  private var totals: [Milliseconds: RuleTotals] = [:]
  /// What totals are no more and no less than until the next stop.
  private var ends: (before: RuleTotals, after: RuleTotals)?
  /// Those of the next stop, with all that happens at it.
  private var next: (time: Milliseconds, totals: RuleTotals)?
  /// As of the time that was looked at last.
  private var cells: UnsafePointer<Int64>?
  private let bounds: LeadBounds

  /// `bounds`: those that are looked at.
  ///
  /// `desks`: where the lead is judged; several may share them.
  init(
    _ tenure: Tenure, _ story: LeadStory, _ bounds: LeadBounds, _ judge: Judge,
    _ desks: CourseDesks, _ profiles: ProfileChanges
  ) {
    self.tenure = tenure
    self.judge = judge
    self.bounds = bounds
    course = LeadCourse(story, judge, desks)
    self.profiles = ProfileCourse(profiles)
  }

  func stop(at time: Milliseconds, next: Milliseconds?) {
    self.time = time
    accountBefore = profiles.account(of: course)
    course.take(upTo: time)
    profiles.take(upTo: time)
    let now = self.next.flatMap { $0.time == time ? $0.totals : nil } ?? course.totals(at: time)
    totals = [time: now]
    ends = nil
    if let next {
      let there = course.totals(atNext: next)
      self.next = (next, there.withNext)
      ends = (now, there.withoutAtLeast)
    }
  }

  func places(at time: Milliseconds) -> HistoryPlaces {
    guard course.isKnown else { return bounds.nothing }
    let cells = course.judge(
      asOf: time, totals(at: time), accounts: profiles.attributes(for: course))
    self.cells = cells
    return bounds.places(in: cells, judge.layout)
  }

  var values: [String]? {
    guard course.isKnown, let cells else { return nil }
    let layout = judge.layout
    return judge.definition.scores.indices.flatMap { score in
      ["\(cells[layout.scores + score])", pointsText(cells[layout.raws + score])]
    }
  }

  func isSteady(_ first: Milliseconds, _ last: Milliseconds) -> Bool {
    guard course.isKnown else { return true }
    // What totals are between the stops often says enough, and is known.
    if let ends, areBoundsSteady(first, last, ends.before, ends.after) { return true }
    return areBoundsSteady(first, last, totals(at: first), totals(at: last))
  }

  private func areBoundsSteady(
    _ first: Milliseconds, _ last: Milliseconds, _ before: RuleTotals, _ after: RuleTotals
  ) -> Bool {
    let span = course.span(
      first, last, before: before, after: after,
      accounts: profiles.attributes(for: course))
    return bounds.areSteady(in: span, judge.layout)
  }

  private func totals(at time: Milliseconds) -> RuleTotals {
    if let known = totals[time] { return known }
    let found = course.totals(at: time)
    totals[time] = found
    return found
  }

  var events: [EventPlace] {
    var events = course.events(at: time).map { EventPlace($0) }
    if tenure.start == time { events += tenure.begunBy }
    for account in Set([accountBefore, profiles.account(of: course)].compactMap { $0 }) {
      events += profiles.events(of: account, at: time)
    }
    return Set(events).sorted()
  }
}
