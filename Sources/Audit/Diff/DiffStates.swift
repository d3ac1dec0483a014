import Engine
import Identity
import Judging
import Notation
import Snapshots
import Tables

/// One side of a diff, worked out on the whole log: which sheets it knows, and who is who.
struct DiffSide: Sendable {
  var subject: AuditSubject
  var resolved: ResolvedKeys
  var rules: MergeRules
  /// Under this side's reading half.
  var reading: DiffReading
  var judge: Judge
  /// Which of its sheets this side knows, and which the other one does.
  var isKnown: [Bool]
  var isKnownToOther: [Bool]

  var names: ResultNames {
    ResultNames(ResultTables(judge, accountNames: nil).ofLeads)
  }
}

/// One state on the way from A to B: everybody could be judged in it.
struct DiffState: Sendable {
  /// The step that led here; nil of A.
  var step: DiffStep?
  var reading: DiffReading
  var judge: Judge
  var isKnown: [Bool]
  /// Events up to this time exist.
  var horizon: Milliseconds
  var groups: DiffGroups
  /// Which accounts are one.
  var accounts: [ResolvedKeys.Group]
  var erasures: Erasures
  var withdrawals: Withdrawals
  /// The sheets of the reading, with the accounts that are one.
  var set: SheetSet
  var profiles: AccountProfiles
  var numbers: DiffNumbers
  /// By sheet, whether it is known here and was not in the state before, or the other way round.
  var isOtherSheet: [Bool] = []
  /// By account, whether its profiles say something else than in the state before, or its leads belong to another
  /// one; none where all is the same.
  var isOtherProfile: [Bool] = []
  /// Whether its leads are gathered otherwise than in the state before, though only rules were swapped.
  var gathersAnew = false

  /// The keys of a lead by its name, and what each loses.
  func members(ofLeadNamed key: Int) -> [KeyMember] {
    let keys = groups.members(ofLeadNamed: key)
    return zip(keys, KeyLosses.all(of: keys, erasures, withdrawals)).map {
      KeyMember(places: reading.places.of(key: $0), losses: $1)
    }
  }

  /// Has accounts be one that are so here.
  fileprivate mutating func joinAccounts(_ affected: AffectedKeys) {
    set = reading.set.joining(
      accounts.map { group in
        KeyGroup(
          name: affected.name(group.name),
          members: zip(
            group.members, KeyLosses.all(of: group.members, erasures, withdrawals)
          ).map { KeyMember(places: reading.places.of(key: $0), losses: $1) })
      })
  }
}

/// Who is who on the way from A to B, as long as the log is read as A reads it and merges join as for A.
struct DiffIdentities: Sendable {
  /// With B's merges, and what is taken back for A; what is new and taken back at once joins nobody.
  var merged: ResolvedKeys
  /// With A's merges, and what is taken back for B.
  var withdrawn: ResolvedKeys
  /// With what B has of both.
  var both: ResolvedKeys
}

/// Which affected keys are one lead, to be found by the lead's name.
final class DiffGroups: Sendable {
  let all: [ResolvedKeys.Group]
  /// By key, the place of the group that it names, or -1.
  private let places: [Int32]

  init(_ groups: [ResolvedKeys.Group], keyCount: Int) {
    all = groups
    var places = [Int32](repeating: -1, count: keyCount)
    for (place, group) in groups.enumerated() { places[group.name] = Int32(place) }
    self.places = places
  }

  func members(ofLeadNamed key: Int) -> [Int] {
    places[key] < 0 ? [] : all[Int(places[key])].members
  }
}

/// The states from A to B, one input swapped at a time.
///
/// Who is who comes first, so that all further changes are told of the lead as B has it; then what is
/// erased, what is taken back, which accounts are one, and what else the log knows of the time up to A's as-of. What
/// takes a merge back makes two of one lead at its turn. The rules are swapped in A's time, so
/// that what they change is seen on what A saw. Then time passes, and last come the events that happened
/// meanwhile, which are weighed by B's rules at B's time and were never worth anything else. Where B is the
/// earlier one, these go first and time runs back after them. A step that changes nothing for anybody is
/// left out.
///
/// `readAsA`: who is who until the rules are swapped.
func diffStates(
  from a: DiffSide, to b: DiffSide, readAsA: DiffIdentities, _ names: DiffNames,
  _ affected: AffectedKeys, jobs: Int
) throws -> [DiffState] {
  let (asOfA, asOfB) = (a.subject.asOf, b.subject.asOf)
  let keyCount = affected.count
  var state = DiffState(
    step: nil, reading: a.reading, judge: a.judge, isKnown: a.isKnown, horizon: asOfA,
    groups: DiffGroups(a.resolved.groups, keyCount: keyCount), accounts: a.resolved.accounts,
    erasures: a.resolved.erasures, withdrawals: a.resolved.withdrawals, set: a.reading.set,
    profiles: AccountProfiles(), numbers: DiffNumbers(a.judge.definition, names))
  state.joinAccounts(affected)
  state.profiles = try AccountProfiles(
    state.set, a.judge, isKnown: a.isKnown, horizon: asOfA, jobs: jobs)
  var states = [state]
  func go(_ step: DiffStep, if isDifferent: Bool, _ change: (inout DiffState) -> Void) throws {
    guard isDifferent else { return }
    let before = state
    state.step = step
    state.isOtherSheet = []
    state.isOtherProfile = []
    state.gathersAnew = false
    change(&state)
    let isReadAlike = state.reading === before.reading
    if !isReadAlike || state.accounts != before.accounts
      || state.withdrawals != before.withdrawals
    {
      state.joinAccounts(affected)
    }
    if state.set !== before.set || state.isKnown != before.isKnown
      || state.horizon != before.horizon
    {
      state.profiles = try AccountProfiles(
        state.set, state.judge, isKnown: state.isKnown, horizon: state.horizon, jobs: jobs)
      if isReadAlike {
        if state.isKnown != before.isKnown {
          state.isOtherSheet = zip(state.isKnown, before.isKnown).map { $0 != $1 }
        }
        state.findOtherProfiles(before)
      }
    }
    states.append(state)
  }
  try go(.merges, if: a.resolved.groups != readAsA.merged.groups) {
    $0.groups = DiffGroups(readAsA.merged.groups, keyCount: keyCount)
  }
  try go(.erasures, if: a.resolved.erasures != readAsA.both.erasures) {
    $0.erasures = readAsA.both.erasures
  }
  try go(
    .withdrawals,
    if: a.resolved.withdrawals != readAsA.both.withdrawals
      || readAsA.merged.groups != readAsA.both.groups
      || a.resolved.accounts != readAsA.withdrawn.accounts
  ) {
    $0.groups = DiffGroups(readAsA.both.groups, keyCount: keyCount)
    $0.withdrawals = readAsA.both.withdrawals
    $0.accounts = readAsA.withdrawn.accounts
  }
  try go(.accountMerges, if: state.accounts != readAsA.both.accounts) {
    $0.accounts = readAsA.both.accounts
  }
  try go(.log, if: a.isKnown != a.isKnownToOther) { $0.isKnown = a.isKnownToOther }
  try go(.rules, if: a.subject.definition.text != b.subject.definition.text) {
    $0.gathersAnew = a.reading !== b.reading || a.rules != b.rules
    $0.reading = b.reading
    $0.isKnown = b.isKnown
    if $0.gathersAnew {
      $0.groups = DiffGroups(b.resolved.groups, keyCount: keyCount)
      $0.accounts = b.resolved.accounts
      $0.erasures = b.resolved.erasures
      $0.withdrawals = b.resolved.withdrawals
    }
    $0.judge = Judge(b.judge, asOf: asOfA)
    $0.numbers = DiffNumbers(b.judge.definition, names)
  }
  let time = { (state: inout DiffState) in state.judge = Judge(state.judge, asOf: asOfB) }
  let events = { (state: inout DiffState) in state.horizon = asOfB }
  if asOfB > asOfA {
    try go(.time, if: true, time)
    try go(.events, if: true, events)
  } else {
    try go(.events, if: asOfB < asOfA, events)
    try go(.time, if: asOfB < asOfA, time)
  }
  return states
}

extension DiffState {
  /// Finds the accounts of which the state before has something else.
  fileprivate mutating func findOtherProfiles(_ before: DiffState) {
    var isOther = profiles.differences(from: before.profiles)
    if set !== before.set {
      for account in isOther.indices {
        let (old, new) = (before.set.accountGroups.final(account), set.accountGroups.final(account))
        if old != new { isOther[old] = true }
      }
    }
    isOtherProfile = isOther.contains(true) ? isOther : []
  }
}
