import Definition
import Engine
import Identity
import Judging
import Notation
import Snapshots

/// Looks for the moments at which leads became what they are.
///
/// One worker has it.
final class LeadSearch {
  private let inputs: MomentInputs
  private let desks: CourseDesks

  init(_ inputs: MomentInputs) {
    self.inputs = inputs
    desks = CourseDesks(inputs.judge)
  }

  private var judge: Judge { inputs.judge }

  /// Returns the moment of each state of a lead; nil where there is none.
  func moments(of name: [UInt8], _ states: [ChangedState]) -> [FoundMoment?] {
    let (bounds, asked) = LeadBounds.of(states, judge.definition)
    guard bounds.count > 0, inputs.start < inputs.end,
      let turns = turns(of: name, bounds)
    else { return states.map { _ in nil } }
    return asked.map { state in
      guard let state, let turn = turns.last(into: state) else { return nil }
      return turn.moment(of: state) { events in
        events.first { place in
          state.holds(
            self.places(of: name, bounds, at: Instant(time: turn.time, through: place)))
        } ?? events.last
      }
    }
  }

  /// How bounds of a lead turn after the first as-of; nil where nobody ever had the name.
  private func turns(of name: [UInt8], _ bounds: LeadBounds) -> HistoryTurns? {
    let tenures = inputs.tenures(ofLead: name)
    if tenures.isEmpty { return nil }
    let parts = inputs.eras.parts(of: tenures).map { part in
      let era = inputs.eras[part.era]
      let story = part.tenure.story(in: era.set, judge)
      let profiles = profiles(
        of: story, in: era.set, until: era.last(upTo: inputs.end))
      return (tenure: part.tenure, story: story, profiles: profiles)
    }
    var times: Set = [inputs.start, inputs.end]
    func add(_ time: Milliseconds) {
      if time > inputs.start, time <= inputs.end { times.insert(time) }
    }
    for (tenure, story, profiles) in parts {
      add(tenure.start)
      add(tenure.end)
      for index in (0..<story.history.count).reversed() {
        let time = story.history.events[index].time
        if time <= inputs.start { break }
        add(time)
      }
      for time in profiles.times { add(time) }
    }
    let stops = times.sorted()
    let stretches = parts.compactMap { part -> HistoryStretch? in
      let range =
        stops.firstPlace(
          atOrAfter: part.tenure.start)..<stops.firstPlace(atOrAfter: part.tenure.end)
      if range.isEmpty { return nil }
      let course = LeadHistoryCourse(
        part.tenure, part.story, bounds, judge, desks, part.profiles)
      var stretch = HistoryStretch(stops, range, course) { _ in false }
      if stretch.end == part.tenure.end { stretch.endedBy = part.tenure.endedBy }
      return stretch
    }
    return HistoryTurns(stretches, from: stops.first, boundCount: bounds.count)
  }

  /// What the accounts say that a lead ever belongs to.
  private func profiles(
    of story: LeadStory, in set: SheetSet, until horizon: Milliseconds
  ) -> ProfileChanges {
    let accounts = judge.attributes.isEmpty ? [] : story.accounts(in: set, judge).sorted()
    return ProfileChanges(set, of: accounts, until: horizon, judge)
  }

  /// How bounds of a lead stand within a millisecond.
  private func places(
    of name: [UInt8], _ bounds: LeadBounds, at instant: Instant
  ) -> HistoryPlaces {
    cells(of: name, at: instant).map { bounds.places(in: $0, judge.layout) } ?? bounds.nothing
  }

  /// What a lead comes to within a millisecond; nil where it is not known.
  ///
  /// Valid until the next lead is looked at.
  func cells(of name: [UInt8], at instant: Instant) -> UnsafePointer<Int64>? {
    let members: [KeyMember]
    if let course = inputs.course, inputs.log.isAffected(name) {
      guard let known = course.members(ofLeadNamed: name, at: instant) else { return nil }
      members = known
    } else {
      members = [KeyMember(places: inputs.log.set.places(of: name), losses: nil)]
    }
    let set = inputs.set(at: instant)
    let story = set.story(of: members, named: name, at: instant, judge)
    let profiles = ProfileCourse(self.profiles(of: story, in: set, until: instant.time))
    profiles.take(upTo: instant.time, at: instant)
    let course = LeadCourse(story, judge, desks)
    course.take(upTo: instant.time)
    guard course.isKnown else { return nil }
    return course.judge(
      asOf: instant.time, course.totals(at: instant.time),
      accounts: profiles.attributes(for: course))
  }
}

extension MomentInputs {
  /// The log's sheets, with the accounts that are one within a millisecond.
  func set(at instant: Instant) -> SheetSet {
    guard let era = eras.last(where: { $0.start <= instant.time }) else { return log.set }
    guard era.start == instant.time, let course else { return era.set }
    return log.set.joining(course.accounts(at: instant))
  }
}
