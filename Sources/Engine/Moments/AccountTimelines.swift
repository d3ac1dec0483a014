import Definition
import Judging

/// What the accounts' profiles said at any time.
///
/// A lead that is judged as of a moment of its own takes the attributes its account had then: what was
/// learned of the account later must not leak into it.
struct AccountTimelines: Sendable {
  private struct Change: Sendable {
    var event: HistoryEvent
    var attribute: Int
    var cell: Int64
  }

  /// By account, in the order of events.
  private let changes: [[Change]]

  init(_ set: SheetSet, _ judge: Judge) {
    let history = History()
    var fates = Fates()
    changes = set.profiles.map { places in
      history.clear()
      for place in places {
        SheetView.gather(
          set.views, place, erasure: nil, asOf: judge.asOf, into: history, &fates)
      }
      history.settle(judge.classes, &fates)
      return (0..<history.count).flatMap { index in
        let event = history.events[index]
        return (Int(event.factStart)..<Int(event.factEnd)).compactMap { place in
          let fact = history.facts[place]
          let attribute = Int(fact.index)
          return switch fact.kind {
          case .attribute: Change(event: event, attribute: attribute, cell: Int64(fact.payload))
          case .removal: Change(event: event, attribute: attribute, cell: LeadLayout.absent)
          default: nil
          }
        }
      }
    }
  }

  /// Fills the attribute cells of an account as they were at a moment.
  func fill(
    _ cells: UnsafeMutableBufferPointer<Int64>, ofAccount account: Int64, at moment: Moment
  ) {
    cells.update(repeating: LeadLayout.absent)
    guard account < changes.count else { return }
    for change in changes[Int(account)] where moment.isAfter(change.event) {
      cells[change.attribute] = change.cell
    }
  }
}
