import Engine
import Judging
import Notation
import Snapshots
import Tables

/// One side of a diff, worked out on the whole log: which sheets it knows, and who is who.
struct DiffSide: Sendable {
  var subject: AuditSubject
  var resolved: ResolvedKeys
  /// Under this side's reading half.
  var reading: DiffReading
  var judge: Judge
  /// Which of its sheets this side knows, and which the other one does.
  var isKnown: [Bool]
  var isKnownToOther: [Bool]

  var names: ResultNames {
    ResultNames(ResultTables(judge, accountNames: KeyList()).ofLeads)
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
  var erasures: Erasures
  var profiles: AccountProfiles
  var numbers: DiffNumbers
  /// By sheet, whether it is known here and was not in the state before, or the other way round.
  var isOtherSheet: [Bool] = []
  /// By account, whether its profiles say something else than in the state before; none where all say the same.
  var isOtherProfile: [Bool] = []
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
/// erased, and what else the log knows of the time up to A's as-of. The rules are swapped in A's time, so
/// that what they change is seen on what A saw. Then time passes, and last come the events that happened
/// meanwhile, which are weighed by B's rules at B's time and were never worth anything else. Where B is the
/// earlier one, these go first and time runs back after them. A step that changes nothing for anybody is
/// left out.
///
/// `readAsA`: who is who for B if the log is read as A reads it, as it is until the rules are swapped.
func diffStates(
  from a: DiffSide, to b: DiffSide, readAsA: ResolvedKeys, _ names: DiffNames, keyCount: Int,
  jobs: Int
) throws -> [DiffState] {
  let (asOfA, asOfB) = (a.subject.asOf, b.subject.asOf)
  var state = DiffState(
    step: nil, reading: a.reading, judge: a.judge, isKnown: a.isKnown, horizon: asOfA,
    groups: DiffGroups(a.resolved.groups, keyCount: keyCount), erasures: a.resolved.erasures,
    profiles: try AccountProfiles(
      a.reading.set, a.judge, isKnown: a.isKnown, horizon: asOfA, jobs: jobs),
    numbers: DiffNumbers(a.judge.definition, names))
  var states = [state]
  func go(_ step: DiffStep, if isDifferent: Bool, _ change: (inout DiffState) -> Void) throws {
    guard isDifferent else { return }
    let before = state
    state.step = step
    change(&state)
    state.isOtherSheet = []
    state.isOtherProfile = []
    let isReadAlike = state.reading === before.reading
    if !isReadAlike || state.isKnown != before.isKnown || state.horizon != before.horizon {
      state.profiles = try AccountProfiles(
        state.reading.set, state.judge, isKnown: state.isKnown, horizon: state.horizon, jobs: jobs)
      if isReadAlike {
        state.isOtherSheet = zip(state.isKnown, before.isKnown).map { $0 != $1 }
        let isOther = state.profiles.differences(from: before.profiles)
        state.isOtherProfile = isOther.contains(true) ? isOther : []
      }
    }
    states.append(state)
  }
  try go(.merges, if: a.resolved.groups != readAsA.groups) {
    $0.groups = DiffGroups(readAsA.groups, keyCount: keyCount)
  }
  try go(.erasures, if: a.resolved.erasures != readAsA.erasures) {
    $0.erasures = readAsA.erasures
  }
  try go(.log, if: a.isKnown != a.isKnownToOther) { $0.isKnown = a.isKnownToOther }
  try go(.rules, if: a.subject.definition.text != b.subject.definition.text) {
    $0.reading = b.reading
    $0.isKnown = b.isKnown
    $0.groups = DiffGroups(b.resolved.groups, keyCount: keyCount)
    $0.erasures = b.resolved.erasures
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
