import Definition
import Engine
import Identity
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
    /// Whether it is left out all that time; nil where it may be at some times alone.
    var isExcluded: Bool?
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

    var span: MemberSpan {
      (CellSpan(least: UnsafePointer(least), most: UnsafePointer(most)), isExcluded)
    }

    func totals(at time: Milliseconds) -> RuleTotals {
      if let known = totals[time] { return known }
      let found = course.totals(at: time)
      totals[time] = found
      return found
    }
  }

  /// What accounts take of a lead during some time, and whether it is left out.
  private typealias MemberSpan = (cells: CellSpan, isExcluded: Bool?)

  private let number: Int
  private let begun: (time: Milliseconds, by: [EventPlace])
  private let roll: AccountRoll
  private let judge: Judge
  private let account: AccountSpan
  private let profiles: ProfileCourse
  private let profileTimes: [Milliseconds]
  private let members: [Member]
  private let asOf: Milliseconds
  private let hasReady: Bool
  private let listCount: Int
  private var time = Milliseconds.min
  private var nextStop = Milliseconds.min
  /// The time that was looked at last.
  private var looked = Milliseconds.min

  /// `number`: the account's.
  ///
  /// `stories`: of the leads' tenures.
  ///
  /// `begun`: when which accounts are one was what it is, and by what.
  init(
    _ number: Int, _ stories: [(tenure: Tenure, story: LeadStory)], _ judge: Judge,
    _ profiles: ProfileChanges, begun: (time: Milliseconds, by: [EventPlace])
  ) {
    self.number = number
    self.begun = begun
    let roll = AccountRoll(judge)
    self.roll = roll
    self.judge = judge
    account = AccountSpan(roll)
    self.profiles = ProfileCourse(profiles)
    profileTimes = profiles.times
    asOf = judge.asOf
    hasReady = judge.definition.ready != nil
    listCount = judge.definition.accountLists.count
    let desks = CourseDesks(judge)
    members = stories.map { tenure, story in
      Member(tenure, LeadCourse(story, judge, desks), cellCount: roll.leadCellCount)
    }
  }

  func stop(at time: Milliseconds, next: Milliseconds?) {
    self.time = time
    nextStop = next ?? asOf
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
    member.account = profiles.account(of: member.course)
    let story = member.course.story
    var next = min(member.tenure.end, profileTimes.first { $0 > time } ?? .max)
    if member.course.count < story.history.count {
      next = min(next, story.history.events[member.course.count].time)
    }
    member.next = next
    guard member.account == number else { return }
    let end = min(next, asOf)
    let (span, isExcluded) = span(member, time, end)
    member.least.update(from: span.least, count: roll.leadCellCount)
    member.most.update(from: span.most, count: roll.leadCellCount)
    member.isExcluded = isExcluded
  }

  private func span(_ member: Member, _ first: Milliseconds, _ last: Milliseconds) -> MemberSpan {
    let span = member.course.span(
      first, last, before: member.totals(at: first), after: member.totals(at: last),
      accounts: profiles.attributes(ofLeadsOf: number))
    guard judge.excludes else { return (span, false) }
    let cell = judge.layout.excluded
    return (span, span.least[cell] == span.most[cell] ? span.least[cell] == 1 : nil)
  }

  private var leads: [Member] { members.filter { $0.account == number } }

  /// Whether the account is there, by what its leads add up to.
  private func isKnown(_ sum: CellSpan) -> Bool {
    profiles.hasProfile(number) || sum.least[roll.layout.leads] > 0
  }

  /// Adds up what each lead is between two times; nil where one may be left out at some of them alone.
  private func sum(
    _ first: Milliseconds, _ last: Milliseconds, _ span: (Member) -> MemberSpan
  ) -> CellSpan? {
    account.open(account: number, attributes: profiles.attributes(of: number))
    for lead in leads {
      let (cells, isExcluded) = span(lead)
      guard let isExcluded else { return nil }
      if !isExcluded { account.add(cells) }
    }
    return account.close(from: first, to: last)
  }

  private func sum(_ first: Milliseconds, _ last: Milliseconds) -> CellSpan? {
    sum(first, last) { span($0, first, last) }
  }

  /// The same from the stop until the next one, which is known.
  private func sumUntilNextStop() -> CellSpan? { sum(time, nextStop, \.span) }

  func places(at time: Milliseconds) -> HistoryPlaces {
    looked = time
    if boundCount == 0 { return [] }
    let steady = bounds(sumUntilNextStop())
    let places = steady.contains(nil) ? bounds(sum(time, time)) : steady
    return places.map { $0 == true ? 0 : nil }
  }

  private var boundCount: Int { (hasReady ? 1 : 0) + listCount }

  /// By bound, whether the account is there and within it all along; nil where that is not certain.
  private func bounds(_ sum: CellSpan?) -> [Bool?] {
    guard let sum else { return [Bool?](repeating: nil, count: boundCount) }
    if !isKnown(sum) { return [Bool?](repeating: false, count: boundCount) }
    return (hasReady ? [roll.isReady(sum)] : []) + (0..<listCount).map { roll.isOn($0, sum) }
  }

  var values: [String]? {
    guard let sum = sum(looked, looked), isKnown(sum) else { return nil }
    let (cells, layout) = (sum.least, roll.layout)
    return ["\(cells[layout.leads])", "\(cells[layout.engaged])"]
      + (layout.totals..<layout.maxima).map { "\(cells[$0])" }
      + (layout.ownScores..<layout.cellCount).map {
        cells[$0] == LeadLayout.absent ? "" : "\(cells[$0])"
      }
  }

  func isSteady(_ first: Milliseconds, _ last: Milliseconds) -> Bool {
    boundCount == 0 || !bounds(sumUntilNextStop()).contains(nil)
      || !bounds(sum(first, last)).contains(nil)
  }

  var events: [EventPlace] {
    var events = profiles.events(of: number, at: time)
    if begun.time == time { events += begun.by }
    for member in members where member.account == number || member.accountBefore == number {
      if member.tenure.start == time { events += member.tenure.begunBy }
      if member.tenure.end == time { events += member.tenure.endedBy }
      events += member.course.events(at: time).map { EventPlace($0) }
    }
    return Set(events).sorted()
  }
}
