import Notation

/// Finds every millisecond in which something changes that is mostly the same for a long time.
///
/// A stretch of time of which nobody can say that nothing changes is halved, until it is two milliseconds.
/// All of one length are looked at before any shorter one. Where more than `openMax` are open at once, they are not
/// halved any further: of each, no more is found than what leads from its beginning to its end. So no stay is
/// missed that lasts longer than one part in `openMax` of the time that was searched, and no search takes for ever.
package enum ChangeSearch {
  /// Real crossings are a few at a time; so many are those of a number that rounding takes over a bound and back.
  static let openMax = 4096

  /// A change from one millisecond to the next.
  package struct Change<State: Equatable> {
    /// The first millisecond of the new state.
    package var time: Milliseconds
    package var from: State
    package var to: State
  }

  /// Returns the changes after one time and up to another, in order.
  ///
  /// `isSteady`: whether it is certain that nothing changes between two times; that it is not may be said of any
  /// two.
  ///
  /// `state`: what there is at a time.
  package static func changes<State: Equatable>(
    after start: Milliseconds, upTo end: Milliseconds,
    isSteady: (_ first: Milliseconds, _ last: Milliseconds) -> Bool,
    state: (Milliseconds) -> State
  ) -> [Change<State>] {
    if start >= end || isSteady(start, end) { return [] }
    if let only = onlyChange(after: start, upTo: end, isSteady: isSteady, state: state) {
      return [only]
    }
    var open = [(first: start, last: end)]
    var found: [Change<State>] = []
    while !open.isEmpty, open.count <= openMax {
      var halves: [(first: Milliseconds, last: Milliseconds)] = []
      for (first, last) in open where !isSteady(first, last) {
        if last - first == 1 {
          let change = Change(time: last, from: state(first), to: state(last))
          if change.from != change.to { found.append(change) }
        } else {
          let middle = first + (last - first) / 2
          halves += [(first, middle), (middle, last)]
        }
      }
      open = halves
    }
    for (first, last) in open {
      found += leaps(after: (first, state(first)), upTo: (last, state(last)), state)
    }
    return found.sorted { $0.time < $1.time }
  }

  /// Returns the change that there is if nothing changes before and after it for certain: mostly it is so, and soon
  /// seen.
  private static func onlyChange<State: Equatable>(
    after start: Milliseconds, upTo end: Milliseconds,
    isSteady: (_ first: Milliseconds, _ last: Milliseconds) -> Bool,
    state: (Milliseconds) -> State
  ) -> Change<State>? {
    let first = (time: start, state: state(start))
    guard let change = leaps(after: first, upTo: (end, state(end)), state).first,
      isSteady(start, change.time - 1), isSteady(change.time, end)
    else { return nil }
    return change
  }

  /// Returns changes that lead from one state to another; none where both are the same.
  private static func leaps<State: Equatable>(
    after start: (time: Milliseconds, state: State), upTo end: (time: Milliseconds, state: State),
    _ state: (Milliseconds) -> State
  ) -> [Change<State>] {
    var found: [Change<State>] = []
    var start = start
    while start.state != end.state {
      var (before, after) = (start.time, end)
      while after.time - before > 1 {
        let middle = before + (after.time - before) / 2
        let there = state(middle)
        if there == start.state { before = middle } else { after = (middle, there) }
      }
      found.append(Change(time: after.time, from: start.state, to: after.state))
      start = after
    }
    return found
  }
}
