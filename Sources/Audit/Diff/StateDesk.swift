import Engine
import Identity
import Judging
import Notation
import Reading
import Snapshots
import Tables

/// A lead whose rows stand under one key, none of them erased, or one that merges or forgets concern.
enum DiffLead {
  /// Under B's reading half.
  case alone(UnsafeBufferPointer<KeyPlace>)
  /// Named by a key among the affected.
  case affected(Int)
}

/// Where one worker judges leads in one state.
final class StateDesk {
  let state: DiffState
  /// Whether the lead at hand is in the results: it has an event, and is not left out.
  private(set) var isKnown = false
  /// Whether it has an event.
  private var hasEvents = false
  /// Who has the events of the lead at hand: this state's own, or that of one before with the same events.
  private(set) var events: LeadReplayer
  private let own: LeadReplayer
  private let inputs: DiffInputs
  private let isUnderA: Bool
  /// Whether rows stand where they do under B's reading half.
  private let isReadAsB: Bool
  private let accountCell: Int
  private let scoreCell: Int
  private let rawCell: Int
  private let scoreNumbers: [Int]
  private let reader: ShapeReader
  private let row: UnsafeMutablePointer<Int64>

  init(_ state: DiffState, _ inputs: DiffInputs) {
    self.state = state
    self.inputs = inputs
    own = LeadReplayer(state.set, state.judge, state.profiles)
    events = own
    isUnderA = inputs.isUnderA(state)
    isReadAsB = state.reading === inputs.states[inputs.states.count - 1].reading
    let layout = state.judge.layout
    (accountCell, scoreCell, rawCell) = (layout.account, layout.scores, layout.raws)
    scoreNumbers = state.numbers.scores
    reader = ShapeReader(
      inputs.shape, ResultTables(state.judge, accountNames: nil).ofLeads)
    row = .allocate(capacity: inputs.shape.width)
  }

  deinit { row.deallocate() }

  var history: LeadHistory { events.history }
  var cells: UnsafePointer<Int64> { UnsafePointer(own.desk.cells) }
  var points: PointsTrace { own.points }
  /// The number of the lead's account; nil without one.
  var account: Int? {
    guard isKnown, cells[accountCell] != LeadLayout.absent else { return nil }
    return inputs.accounts.number(cells[accountCell], isOfA: isUnderA)
  }

  /// Judges a lead in this state, the first one.
  func judge(_ lead: DiffLead) {
    gather(lead)
    judge()
  }

  /// Judges a lead in this state, unless it is there as in another one; returns whether it was.
  ///
  /// `before`: a state in which it is as in the one before this.
  func judge(_ lead: DiffLead, after before: StateDesk) -> Bool {
    switch state.step {
    case .time, .rules:
      if state.gathersAnew {
        gather(lead)
      } else {
        (events, hasEvents) = (before.events, before.hasEvents)
      }
      // Nobody gets events by other rules or another time.
      if !hasEvents, !before.hasEvents {
        isKnown = false
        return false
      }
    case .merges, .erasures, .withdrawals, .accountMerges, .log, .events, nil:
      if case .alone(let places) = lead, !concerns(places, before) { return false }
      gather(lead)
    }
    judge()
    return true
  }

  private func judge() {
    isKnown = false
    if !hasEvents { return }
    own.tracePoints(of: events)
    isKnown = !own.isExcluded
  }

  /// Whether the step here may change anything for a lead of one key.
  private func concerns(_ places: UnsafeBufferPointer<KeyPlace>, _ before: StateDesk) -> Bool {
    switch state.step {
    case .merges, .erasures: return false
    case .log:
      let isOther = state.isOtherSheet
      if isReadAsB {
        if places.contains(where: { isOther[Int($0.sheet)] }) { return true }
      } else if ownPlaces(places).contains(where: { isOther[Int($0.sheet)] }) {
        return true
      }
    case .events:
      let history = before.history
      let hasMore =
        inputs.isForward
        ? before.events.fates.future > 0
        : before.hasEvents && history.events[history.count - 1].time > state.horizon
      if hasMore { return true }
    case .withdrawals, .accountMerges: break
    case .rules, .time, nil: return true
    }
    guard before.hasEvents, !state.isOtherProfile.isEmpty else { return false }
    let account = before.cells[before.accountCell]
    return account != LeadLayout.absent && state.isOtherProfile[Int(account)]
  }

  /// Where a lead's rows stand under another reading half than B's.
  private func ownPlaces(_ places: UnsafeBufferPointer<KeyPlace>) -> [KeyPlace] {
    state.reading.places(places, of: inputs.states[inputs.states.count - 1].reading)
  }

  private func gather(_ lead: DiffLead) {
    events = own
    switch lead {
    case .alone(let places):
      if isReadAsB {
        hasEvents = own.gather(places, isKnown: state.isKnown, until: state.horizon)
      } else {
        hasEvents = ownPlaces(places).withUnsafeBufferPointer {
          own.gather($0, isKnown: state.isKnown, until: state.horizon)
        }
      }
    case .affected(let key):
      hasEvents = own.gather(
        state.members(ofLeadNamed: key), named: inputs.affected.name(key), isKnown: state.isKnown,
        until: state.horizon)
    }
  }
}

extension StateDesk {
  /// A score by its number among both sides', of those that the definition here has.
  func forEachScore(_ body: (_ score: Int, _ points: Int64, _ raw: Micropoints) -> Void) {
    guard isKnown else { return }
    let cells = cells
    for index in scoreNumbers.indices {
      body(scoreNumbers[index], cells[scoreCell + index], cells[rawCell + index])
    }
  }

  /// What is compared of the lead beside its scores, in the shape of the comparison.
  ///
  /// Valid until the next call.
  func readRow() -> UnsafePointer<Int64> {
    if isKnown {
      reader.read(cells, into: row)
    } else {
      row.update(from: inputs.shape.nobody, count: inputs.shape.width)
    }
    return UnsafePointer(row)
  }
}
