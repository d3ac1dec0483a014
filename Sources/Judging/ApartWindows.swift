import Notation

/// What a limit has let through where its windows slide, or are counted apart by the value of a property.
///
/// Values are hashes; nil of an event without the property.
struct ApartWindows {
  private var calendar: [UInt64?: CalendarWindowCount] = [:]
  private var sliding: [UInt64?: SlidingWindowCount] = [:]

  /// Returns whether one more passes in a calendar window, and counts it.
  mutating func admit(upTo limit: Int, of value: UInt64?, window: Int64) -> Bool {
    calendar[value, default: CalendarWindowCount()].admit(upTo: limit, window: window)
  }

  /// Returns whether one more passes in the time that ends with it, and counts it.
  mutating func admit(
    upTo limit: Int, of value: UInt64?, in length: Milliseconds, at time: Milliseconds
  ) -> Bool {
    sliding[value, default: SlidingWindowCount()].admit(upTo: limit, in: length, at: time)
  }

  mutating func removeAll() {
    // Emptying takes as long as there is room, which the next lead need not pay for.
    if calendar.count > 64 { calendar = [:] } else { calendar.removeAll(keepingCapacity: true) }
    if sliding.count > 64 { sliding = [:] } else { sliding.removeAll(keepingCapacity: true) }
  }
}

/// When those passed that are still in a window that slides.
private struct SlidingWindowCount {
  /// In order; those before `first` have left the window.
  private var times: [Milliseconds] = []
  private var first = 0

  mutating func admit(upTo limit: Int, in length: Milliseconds, at time: Milliseconds) -> Bool {
    while first < times.count, times[first] <= time - length { first += 1 }
    guard times.count - first < limit else { return false }
    // Each is moved once at most for each that has left.
    if first > times.count / 2 {
      times.removeFirst(first)
      first = 0
    }
    times.append(time)
    return true
  }
}
