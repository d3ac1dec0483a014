import Definition
import Engine
import Judging
import Notation

/// An account with all leads that ever belong to it.
final class AccountHistoryCourse: HistoryCourse {
  /// One of the leads, during one tenure.
  private final class Member {
    let tenure: Tenure
    let course: LeadCourse
    /// The account's number before the stop, and from it on.
    var accountBefore: Int?
    var account: Int?
    /// Before when nothing happens to the lead.
    var next = Milliseconds.min
    /// The least and the most of what accounts take of it, from the last of its own stops until then.
    let least: UnsafeMutablePointer<Int64>
    let most: UnsafeMutablePointer<Int64>
    var totals: [Milliseconds: RuleTotals] = [:]

    init(_ tenure: Tenure, _ course: LeadCourse, cellCount: Int) {
      self.tenure = tenure
      self.course = course
      least = .allocate(capacity: cellCount)
      most = .allocate(capacity: cellCount)
    }

    deinit {
      least.deallocate()
      most.deallocate()
    }

    var span: CellSpan { CellSpan(least: UnsafePointer(least), most: UnsafePointer(most)) }

    func totals(at time: Milliseconds) -> RuleTotals {
      if let known = totals[time] { return known }
      let found = course.totals(at: time)
      totals[time] = found
      return found
    }
  }

  private let number: Int
  private let roll: AccountRoll
  private let account: AccountSpan
  private let profiles: ProfileCourse
  private let profileTimes: [Milliseconds]
  private let members: [Member]
  private let asOf: Milliseconds
  private let hasBound: Bool
  private var time = Milliseconds.min
  /// The time that was looked at last.
  private var looked = Milliseconds.min

  /// `number`: the account's.
  ///
  /// `stories`: of the leads' tenures.
  init(
    _ number: Int, _ stories: [(tenure: Tenure, story: LeadStory)], _ judge: Judge,
    _ profiles: ProfileChanges
  ) {
    self.number = number
    let roll = AccountRoll(judge)
    self.roll = roll
    account = AccountSpan(roll)
    self.profiles = ProfileCourse(profiles)
    profileTimes = profiles.times
    asOf = judge.asOf
    hasBound = judge.definition.ready != nil
    let desks = CourseDesks(judge)
    members = stories.map { tenure, story in
      Member(tenure, LeadCourse(story, judge, desks), cellCount: roll.leadCellCount)
    }
  }

  func stop(at time: Milliseconds, next: Milliseconds?) {
    self.time = time
    profiles.take(upTo: time)
    for member in members {
      member.accountBefore = member.account
      member.totals = [:]
      if member.tenure.start > time || member.tenure.end <= time {
        member.account = nil
      } else if member.next <= time {
        stop(member)
      }
    }
  }

  /// Goes on to a stop of one lead.
  private func stop(_ member: Member) {
    member.course.take(upTo: time)
    member.account = member.course.account
    let story = member.course.story
    var next = min(member.tenure.end, profileTimes.first { $0 > time } ?? .max)
    if member.course.count < story.history.count {
      next = min(next, story.history.events[member.course.count].time)
    }
    member.next = next
    guard member.account == number else { return }
    let end = min(next, asOf)
    let span = member.course.span(
      time, end, before: member.totals(at: time), after: member.totals(at: end),
      accounts: profiles.attributes)
    member.least.update(from: span.least, count: roll.leadCellCount)
    member.most.update(from: span.most, count: roll.leadCellCount)
  }

  private var leads: [Member] { members.filter { $0.account == number } }

  private var isKnown: Bool { profiles.hasProfile(number) || !leads.isEmpty }

  /// Adds up what each lead is between two times.
  private func sum(_ span: (Member) -> CellSpan) -> CellSpan {
    account.open(attributes: profiles.attributes(of: number))
    for lead in leads { account.add(span(lead)) }
    return account.close()
  }

  private func sum(_ first: Milliseconds, _ last: Milliseconds) -> CellSpan {
    sum { lead in
      lead.course.span(
        first, last, before: lead.totals(at: first), after: lead.totals(at: last),
        accounts: profiles.attributes)
    }
  }

  func places(at time: Milliseconds) -> HistoryPlaces {
    looked = time
    guard hasBound else { return [] }
    guard isKnown else { return [nil] }
    let isReady = roll.isReady(sum(\.span)) ?? roll.isReady(sum(time, time)) ?? false
    return [isReady ? 0 : nil]
  }

  var values: [String]? {
    guard isKnown else { return nil }
    let (cells, layout) = (sum(looked, looked).least, roll.layout)
    return ["\(cells[layout.leads])", "\(cells[layout.engaged])"]
      + (layout.totals..<layout.maxima).map { "\(cells[$0])" }
  }

  func isSteady(_ first: Milliseconds, _ last: Milliseconds) -> Bool {
    !hasBound || !isKnown || roll.isReady(sum(\.span)) != nil
      || roll.isReady(sum(first, last)) != nil
  }

  var events: [EventPlace] {
    var events = profiles.events(of: number, at: time)
    for member in members where member.account == number || member.accountBefore == number {
      if member.tenure.start == time { events += member.tenure.begunBy }
      if member.tenure.end == time { events += member.tenure.endedBy }
      events += member.course.events(at: time).map { EventPlace($0) }
    }
    return Set(events).sorted()
  }
}
