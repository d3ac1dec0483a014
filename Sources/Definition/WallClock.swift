import Foundation
import Notation

/// The clocks of a time zone, by which dates are read, and times that do not tell their own offset.
package struct WallClock: Sendable, Hashable {
  package let timezone: String
  private let zone: TimeZone

  /// - Parameter timezone: An IANA name; an unknown one is taken for UTC, the definition has been
  ///   checked before.
  package init(timezone: String) {
    self.timezone = timezone
    zone = TimeZone(identifier: timezone) ?? .gmt
  }

  package static func == (one: WallClock, other: WallClock) -> Bool {
    one.timezone == other.timezone
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(timezone) }

  /// The instant that a text means; nil where it is no date and no time.
  package func instant(_ text: String) -> Milliseconds? {
    guard let written = WrittenTime(text) else { return nil }
    if let offset = written.offset { return written.shown - offset }
    return instant(showing: written.shown)
  }

  /// The same of any value: only a text can be a time.
  package func instant(_ value: Scalar?) -> Milliseconds? {
    guard case .text(let text)? = value else { return nil }
    return instant(text)
  }

  /// The first instant at which the clocks show a time; of one that they leave out, that to which they
  /// jump.
  private func instant(showing shown: Milliseconds) -> Milliseconds {
    // No clock is further from UTC than this, so that what it shows at `shown` lies between the ends.
    let reach: Milliseconds = 36 * 3_600_000
    var start = shown - reach
    while true {
      let offset = offset(at: start)
      let end = nextChange(after: start) ?? .max
      if shown - offset < end { return max(start, shown - offset) }
      start = end
    }
  }

  private func offset(at instant: Milliseconds) -> Milliseconds {
    Milliseconds(zone.secondsFromGMT(for: WallClock.date(instant))) * 1000
  }

  private func nextChange(after instant: Milliseconds) -> Milliseconds? {
    zone.nextDaylightSavingTimeTransition(after: WallClock.date(instant))
      .map { Milliseconds(($0.timeIntervalSince1970 * 1000).rounded()) }
      .flatMap { $0 > instant ? $0 : nil }
  }

  private static func date(_ instant: Milliseconds) -> Date {
    Date(timeIntervalSince1970: Double(instant) / 1000)
  }
}
