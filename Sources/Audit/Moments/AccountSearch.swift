import Definition
import Engine
import Identity
import Judging
import Notation
import Snapshots

/// The leads that ever belonged to some accounts.
struct AccountMembers: Sendable {
  /// By the account's key, its number.
  let numbers: [[UInt8]: Int]
  /// By number, the keys of its leads that are nobody else's.
  private let leads: [Int: Set<[UInt8]>]
  /// By number, the tenures of its leads that merges, forgets or withdraws are about.
  private let affected: [Int: [Tenure]]

  /// `accounts`: the keys of those that are asked for.
  init(of accounts: Set<[UInt8]>, _ inputs: MomentInputs, jobs: Int) throws {
    let set = inputs.log.set
    var numbers: [[UInt8]: Int] = [:]
    if !accounts.isEmpty {
      for number in 0..<set.accounts.count {
        let name = Array(set.accounts[number])
        if accounts.contains(name) { numbers[name] = number }
      }
    }
    self.numbers = numbers
    if numbers.isEmpty {
      (leads, affected) = ([:], [:])
      return
    }
    // What is ever one with an account may have its leads.
    var meant = [Bool](repeating: false, count: set.accounts.count)
    for number in numbers.values { meant[number] = true }
    let groups = inputs.eras.map(\.set.accountGroups)
    var partners: [Int: Set<Int>] = [:]
    for account in meant.indices {
      for number in groups.map({ $0.final(account) }) where meant[number] {
        partners[number, default: [number]].insert(set.accountGroups.final(account))
      }
    }
    for account in partners.values.joined() { meant[account] = true }
    let named = try set.leads(of: meant, inputs.judge, jobs: jobs)
    leads = partners.mapValues { accounts in
      accounts.reduce(into: Set<[UInt8]>()) { $0.formUnion(named[$1] ?? []) }
        .filter { !inputs.log.isAffected($0) }
    }
    affected = AccountMembers.tenures(ofAccounts: Set(numbers.values), inputs)
  }

  private static func tenures(
    ofAccounts numbers: Set<Int>, _ inputs: MomentInputs
  ) -> [Int: [Tenure]] {
    var found: [Int: [Tenure]] = [:]
    for tenure in inputs.tenures.values.joined() {
      let named = inputs.eras.parts(of: [tenure]).reduce(into: Set<Int>()) { named, part in
        let set = inputs.eras[part.era].set
        named.formUnion(part.tenure.story(in: set, inputs.judge).accounts(in: set, inputs.judge))
      }
      for number in named.intersection(numbers) { found[number, default: []].append(tenure) }
    }
    return found
  }

  /// The tenures of all that ever were an account's leads.
  func tenures(ofAccount number: Int, _ inputs: MomentInputs) -> [Tenure] {
    (leads[number] ?? []).flatMap(inputs.tenures(ofLead:)) + (affected[number] ?? [])
  }

  /// The keys of all that ever were an account's leads.
  func names(ofAccount number: Int) -> Set<[UInt8]> {
    (leads[number] ?? []).union((affected[number] ?? []).map(\.name))
  }
}

/// Looks for the moments at which accounts became what they are.
///
/// One worker has it.
final class AccountSearch {
  private let inputs: MomentInputs
  private let members: AccountMembers
  private let leads: LeadSearch
  private let roll: AccountRoll
  private let account: AccountSpan

  init(_ inputs: MomentInputs, _ members: AccountMembers) {
    self.inputs = inputs
    self.members = members
    leads = LeadSearch(inputs)
    roll = AccountRoll(inputs.judge)
    account = AccountSpan(roll)
  }

  /// Returns the moment of each state of an account; nil where there is none.
  func moments(of name: [UInt8], _ states: [ChangedState]) -> [FoundMoment?] {
    guard inputs.start < inputs.end, let number = members.numbers[name],
      let turns = turns(of: number)
    else { return states.map { _ in nil } }
    return states.map { state in
      guard let asked = inputs.judge.definition.bound(ofAccounts: state),
        let turn = turns.last(into: asked)
      else { return nil }
      return turn.moment(of: asked) { events in
        events.first { place in
          asked.holds(self.places(number, at: Instant(time: turn.time, through: place)))
        } ?? events.last
      }
    }
  }

  private func turns(of number: Int) -> HistoryTurns? {
    let judge = inputs.judge
    let tenures = members.tenures(ofAccount: number, inputs)
    var stories = inputs.eras.map { _ in [(tenure: Tenure, story: LeadStory)]() }
    var times: Set = [inputs.start, inputs.end]
    func add(_ time: Milliseconds) {
      if time > inputs.start, time <= inputs.end { times.insert(time) }
    }
    for (era, tenure) in inputs.eras.parts(of: tenures) {
      let set = inputs.eras[era].set
      let story = tenure.story(in: set, judge)
      guard story.accounts(in: set, judge).contains(number) else { continue }
      stories[era].append((tenure, story))
      add(tenure.start)
      add(tenure.end)
      for index in 0..<story.history.count { add(story.history.events[index].time) }
    }
    let profiles = inputs.eras.map { era in
      ProfileChanges(
        era.set, of: [number],
        until: era.last(upTo: inputs.end), judge)
    }
    for time in profiles.flatMap(\.times) + inputs.eras.map(\.start) { add(time) }
    let stops = times.sorted()
    let stretches = inputs.eras.indices.compactMap { index -> HistoryStretch? in
      let era = inputs.eras[index]
      let range = stops.firstPlace(atOrAfter: era.start)..<stops.firstPlace(atOrAfter: era.end)
      if range.isEmpty { return nil }
      let course = AccountHistoryCourse(
        number, stories[index], judge, profiles[index], begun: (era.start, era.begunBy))
      return HistoryStretch(stops, range, course) { _ in false }
    }
    return HistoryTurns(
      stretches, from: stops.first, boundCount: HistoryBound.ofAccounts(judge.definition).count)
  }

  /// How bounds of an account stand within a millisecond.
  private func places(_ number: Int, at instant: Instant) -> HistoryPlaces {
    let set = inputs.set(at: instant)
    let profiles = ProfileCourse(
      ProfileChanges(set, of: [number], until: instant.time, inputs.judge))
    profiles.take(upTo: instant.time, at: instant)
    account.open(account: number, attributes: profiles.attributes(of: number))
    var isThere = profiles.hasProfile(number)
    let layout = inputs.judge.layout
    for name in members.names(ofAccount: number) {
      guard let lead = leads.cells(of: name, at: instant), lead[layout.account] == Int64(number),
        !inputs.judge.excludes || lead[layout.excluded] != 1
      else { continue }
      account.add(CellSpan(least: lead, most: lead))
      isThere = true
    }
    let sum = account.close(from: instant.time, to: instant.time)
    let definition = inputs.judge.definition
    let bounds =
      (definition.ready == nil ? [] : [roll.isReady(sum)])
      + definition.accountLists.indices.map { roll.isOn($0, sum) }
    return bounds.map { isThere && $0 == true ? 0 : nil }
  }
}

extension Definition {
  /// What of the bounds of accounts a state is about; nil of one that no account can be in.
  fileprivate func bound(ofAccounts state: ChangedState) -> BoundState? {
    switch state {
    case .ready(let isReady):
      return ready == nil ? nil : BoundState(place: 0, value: isReady ? 0 : nil)
    case .list(let name, let isIn):
      return accountLists.firstIndex { $0.name == name }.map {
        BoundState(place: (ready == nil ? 0 : 1) + $0, value: isIn ? 0 : nil)
      }
    case .gone, .grade, .persona: return nil
    }
  }
}
