import Engine
import Judging
import Notation
import Snapshots
import Tables

/// What a side of a diff knows of the whole log under a reading half: which sheets, and who is who.
struct DiffKnowledge: Sendable {
  var isKnown: [Bool]
  var resolved: ResolvedKeys
}

/// One side of a diff.
struct DiffSide: Sendable {
  var subject: AuditSubject
  /// Under this side's reading half.
  var knowledge: DiffKnowledge
  /// Under this side's reading half.
  var set: SheetSet
  var judge: Judge

  var names: ResultNames {
    ResultNames(ResultTables(judge, accountNames: KeyList()).ofLeads)
  }
}

/// One state on the way from A to B: everybody could be judged in it.
struct DiffState: Sendable {
  /// The step that led here; nil of A.
  var step: DiffStep?
  var set: SheetSet
  var judge: Judge
  var isKnown: [Bool]
  /// Events up to this time exist.
  var horizon: Milliseconds
  var groups: [ResolvedKeys.Group]
  var erasures: Erasures
  var profiles: AccountProfiles
  var keeper: LedgerKeeper
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
/// `before`: what B knows under A's reading half; both number keys alike. Until the rules are swapped the log is
/// read as A reads it.
func diffStates(
  from a: DiffSide, to b: DiffSide, under before: DiffKnowledge, _ names: LedgerNames,
  _ shape: ComparisonShape, jobs: Int
) throws -> [DiffState] {
  let (asOfA, asOfB) = (a.subject.asOf, b.subject.asOf)
  var state = DiffState(
    step: nil, set: a.set, judge: a.judge, isKnown: a.knowledge.isKnown, horizon: asOfA,
    groups: a.knowledge.resolved.groups, erasures: a.knowledge.resolved.erasures,
    profiles: try AccountProfiles(
      a.set, a.judge, isKnown: a.knowledge.isKnown, horizon: asOfA, jobs: jobs),
    keeper: LedgerKeeper(a.judge, a.set, names, shape))
  var states = [state]
  func go(_ step: DiffStep, if isDifferent: Bool, _ change: (inout DiffState) -> Void) throws {
    guard isDifferent else { return }
    state.step = step
    change(&state)
    state.profiles = try AccountProfiles(
      state.set, state.judge, isKnown: state.isKnown, horizon: state.horizon, jobs: jobs)
    state.keeper = LedgerKeeper(state.judge, state.set, names, shape)
    states.append(state)
  }
  try go(.merges, if: state.groups != before.resolved.groups) {
    $0.groups = before.resolved.groups
  }
  try go(.erasures, if: state.erasures != before.resolved.erasures) {
    $0.erasures = before.resolved.erasures
  }
  try go(.log, if: state.isKnown != before.isKnown) { $0.isKnown = before.isKnown }
  try go(.rules, if: a.subject.definition.text != b.subject.definition.text) {
    $0.set = b.set
    $0.isKnown = b.knowledge.isKnown
    $0.groups = b.knowledge.resolved.groups
    $0.erasures = b.knowledge.resolved.erasures
    $0.judge = Judge(b.judge, asOf: asOfA)
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
