import Engine
import Identity
import Judging
import Notation

/// A lead or an account on its way through time, from stop to stop; in between nothing happens to it.
protocol HistoryCourse: AnyObject {
  /// Goes on to a stop and takes what happens at it.
  ///
  /// `next`: the stop after it.
  func stop(at time: Milliseconds, next: Milliseconds?)

  /// How bounds stand at a time from the stop up to the next one, of which nothing that happens then is taken.
  func places(at time: Milliseconds) -> HistoryPlaces

  /// The numbers of the time that was looked at last; nil where nothing is known.
  var values: [String]? { get }

  /// Whether it is certain that bounds stand alike from one such time to another.
  func isSteady(_ first: Milliseconds, _ last: Milliseconds) -> Bool

  /// Where the events of the stop stand.
  var events: [EventPlace] { get }
}

/// By bound, which of its names holds: the place of the persona, 0 of a list that has the lead.
typealias HistoryPlaces = [Int?]

/// Some consecutive stops: what was seen at them, and how bounds stood from the first one until another.
struct HistoryStretch: Sendable {
  /// A change of bounds from one millisecond to the next.
  struct Turn: Sendable {
    var time: Milliseconds
    var from: HistoryPlaces
    var to: HistoryPlaces
    /// What time alone would have made of it.
    var byTime: HistoryPlaces
    var events: [EventPlace]
  }

  /// The first stop, how bounds stood at it, and its events.
  var start: Milliseconds
  var first: HistoryPlaces = []
  var events: [EventPlace] = []
  var turns: [Turn] = []
  var values: [Milliseconds: [String]] = [:]
  /// The time before which it ends; nil where it does not.
  var end: Milliseconds?
  /// How bounds stood in the end, and how they would at that time if nothing happened then.
  var last: HistoryPlaces = []
  var byTime: HistoryPlaces = []
  /// What ends it, where nothing of the same comes behind it.
  var endedBy: [EventPlace] = []

  /// `stops`: all there are.
  ///
  /// `places`: those of the stretch, one at least.
  ///
  /// `isWanted`: at which of them numbers are.
  init(
    _ stops: [Milliseconds], _ places: Range<Int>, _ course: some HistoryCourse,
    isWanted: (Milliseconds) -> Bool
  ) {
    start = stops[places.lowerBound]
    end = places.upperBound < stops.endIndex ? stops[places.upperBound] : nil
    if places.lowerBound > 0 { course.stop(at: stops[places.lowerBound - 1], next: start) }
    for index in places {
      let time = stops[index]
      let next = index + 1 < stops.endIndex ? stops[index + 1] : nil
      course.stop(at: time, next: next)
      let now = course.places(at: time)
      if isWanted(time) { values[time] = course.values }
      if index == places.lowerBound {
        (first, events) = (now, course.events)
      } else if now != last {
        turns.append(
          Turn(time: time, from: last, to: now, byTime: byTime, events: course.events))
      }
      (last, byTime) = (now, now)
      if let next { goOn(from: time, to: next, course) }
    }
  }

  /// Finds the turns that time alone makes until a stop.
  private mutating func goOn(
    from time: Milliseconds, to next: Milliseconds, _ course: some HistoryCourse
  ) {
    let changes = ChangeSearch.changes(
      after: time, upTo: next, isSteady: course.isSteady, state: course.places)
    for change in changes {
      byTime = change.to
      if change.time == next { return }
      turns.append(
        Turn(time: change.time, from: last, to: change.to, byTime: change.to, events: []))
      last = change.to
    }
  }
}
