import Definition
import Identity
import Judging
import Notation
import Snapshots

/// When something about a lead or an account last became what it is, and through what.
struct FoundMoment: Sendable, Equatable {
  var time: Milliseconds
  /// Nil where time passing would have been enough.
  var event: EventPlace?
}

/// What of some bounds a state is about, and what it asks of it.
struct BoundState: Sendable {
  /// Its place among the bounds.
  var place: Int
  var value: Int?
  /// Whether it is that value, or any other.
  var isValue = true

  func holds(_ places: HistoryPlaces) -> Bool { (places[place] == value) == isValue }
}

extension LeadBounds {
  /// Those that some states are about; with each state what it asks of them, nil of one that no lead can be in.
  static func of(
    _ states: [ChangedState], _ definition: Definition
  ) -> (bounds: LeadBounds, states: [BoundState?]) {
    var bounds = LeadBounds()
    for state in states {
      switch state {
      case .grade(let name, _):
        let index = definition.grades.firstIndex { $0.name == name }
        if let index, !bounds.grades.contains(index) { bounds.grades.append(index) }
      case .persona(let name, _, _):
        let index = definition.personas.firstIndex { $0.name == name }
        if let index, !bounds.personas.contains(index) { bounds.personas.append(index) }
      case .list(let name, _):
        if let index = definition.lists.firstIndex(where: { $0.name == name }) {
          bounds.lists.append(index)
        }
      case .gone, .ready: break
      }
    }
    return (bounds, states.map { bounds.state($0, definition) })
  }

  private func state(_ state: ChangedState, _ definition: Definition) -> BoundState? {
    switch state {
    case .grade(let name, let letter):
      guard let place = grades.firstIndex(where: { definition.grades[$0].name == name }) else {
        return nil
      }
      guard let letter else { return BoundState(place: place, value: nil) }
      return definition.grades[grades[place]].letters.firstIndex(of: letter)
        .map { BoundState(place: place, value: $0) }
    case .persona(let group, let name, let isIn):
      guard let place = personas.firstIndex(where: { definition.personas[$0].name == group }),
        let value = definition.personas[personas[place]].personas.firstIndex(where: {
          $0.name == name
        })
      else { return nil }
      return BoundState(place: grades.count + place, value: value, isValue: isIn)
    case .list(let name, let isIn):
      return lists.firstIndex { definition.lists[$0].name == name }.map {
        BoundState(place: grades.count + personas.count + $0, value: isIn ? 0 : nil)
      }
    case .gone, .ready: return nil
    }
  }
}

extension HistoryTurns {
  /// The last turn into a state; nil where that is not how it ends, or how it always was.
  func last(into state: BoundState) -> HistoryStretch.Turn? {
    guard state.holds(last) else { return nil }
    return all.last { !state.holds($0.from) && state.holds($0.to) }
  }
}

extension HistoryStretch.Turn {
  /// `first`: finds which of several events is the first with which a state is there.
  func moment(
    of state: BoundState, first: ([EventPlace]) -> EventPlace?
  ) -> FoundMoment {
    if state.holds(byTime) { return FoundMoment(time: time, event: nil) }
    return FoundMoment(time: time, event: events.count > 1 ? first(events) : events.first)
  }
}
