import Notation

/// Activities are of one hour where they lie less than this apart.
private let hour: Milliseconds = 3_600_000

extension Judge {
  /// Finds the most activities in any span of less than an hour, over one of the times that this is asked of.
  @inline(never)
  func measureBusiestHour(_ index: Int, _ history: LeadHistory, _ desk: Desk) {
    let asked = busiestHours[index]
    let start = asked.window.map { firstEvent(after: desk.asOf - $0, history) } ?? 0
    let (events, entries) = (history.events, activities.entries.base)
    func isActivity(_ event: Int) -> Bool { entries[Int(events[event].eventClass)].isActivity }
    var (first, count, most) = (start, Int64(0), Int64(0))
    for event in start..<history.count where isActivity(event) {
      count += 1
      while events[event].time - events[first].time >= hour {
        if isActivity(first) { count -= 1 }
        first += 1
      }
      most = max(most, count)
    }
    desk.cells[asked.cell] = most
  }
}

/// The busiest hours of any consecutive events of a history.
///
/// Of each activity it is known how many there are in the hour up to it; the most of these among any of
/// them is found in a tree.
struct BusiestHours: Sendable {
  /// By event, how many activities there are before it.
  private let places: [Int]
  /// By activity, the first one in the hour up to it.
  private let firsts: [Int]
  /// A binary tree of the most activities in an hour, its leaves the activities.
  private let tree: [Int]

  init(_ history: LeadHistory, _ table: ActivityTable) {
    var times: [Milliseconds] = []
    var places = [0]
    for index in 0..<history.count {
      let event = history.events[index]
      if table.entries[Int(event.eventClass)].isActivity { times.append(event.time) }
      places.append(times.count)
    }
    self.places = places
    var first = 0
    var firsts: [Int] = []
    for time in times {
      while time - times[first] >= hour { first += 1 }
      firsts.append(first)
    }
    self.firsts = firsts
    var tree = [Int](repeating: 0, count: times.count) + firsts.enumerated().map { $0 - $1 + 1 }
    for node in stride(from: times.count - 1, to: 0, by: -1) {
      tree[node] = max(tree[2 * node], tree[2 * node + 1])
    }
    self.tree = tree
  }

  /// The most activities in an hour of some events alone.
  func most(among events: Range<Int>) -> Int64 {
    let (start, end) = (places[events.lowerBound], places[events.upperBound])
    if start == end { return 0 }
    // Of the activities whose hour began before, the last one has the most that are left.
    var (low, high) = (start, end)
    while low < high {
      let middle = (low + high) / 2
      if firsts[middle] <= start { low = middle + 1 } else { high = middle }
    }
    return Int64(max(low - start, most(ofActivities: low..<end)))
  }

  private func most(ofActivities range: Range<Int>) -> Int {
    var (low, high, most) = (range.lowerBound + firsts.count, range.upperBound + firsts.count, 0)
    while low < high {
      if low % 2 == 1 {
        most = max(most, tree[low])
        low += 1
      }
      if high % 2 == 1 {
        high -= 1
        most = max(most, tree[high])
      }
      low /= 2
      high /= 2
    }
    return most
  }
}
