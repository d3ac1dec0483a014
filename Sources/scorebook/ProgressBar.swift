import Foundation
import Notation
import Synchronization

/// A bar on stderr that says how far reading has come, how fast, and how long it will take; shown on a
/// terminal only.
final class ProgressBar: Sendable {
  private let isShown: Bool
  private let start = DispatchTime.now().uptimeNanoseconds
  private let drawn = Mutex<(last: Double, isOpen: Bool)>((-1, false))

  init(isShown: Bool) {
    self.isShown = isShown && isTerminal(STDERR_FILENO)
  }

  func show(_ done: Int, of all: Int) {
    guard isShown, all > 0 else { return }
    let share = Double(done) / Double(all)
    drawn.withLock { drawn in
      // A bar that is redrawn for every small segment is slower than the segments.
      guard share - drawn.last >= 0.01 || done == all else { return }
      drawn = (share, true)
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
      redrawErrorLine(progressText(done, of: all, seconds: seconds))
    }
  }

  /// Takes the bar away again.
  func finish() {
    drawn.withLock { drawn in
      guard drawn.isOpen else { return }
      drawn.isOpen = false
      redrawErrorLine("")
    }
  }
}

/// A bar with the share, the bytes, their rate and the time that is left.
func progressText(_ done: Int, of all: Int, seconds: Double) -> String {
  let share = Double(done) / Double(all)
  let width = 20
  let filled = Int(share * Double(width))
  let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
  var text = "reading  [\(bar)] \(Int(share * 100))%  \(done >> 20) of \(all >> 20) MiB"
  if seconds > 0, done > 0 {
    let rate = Double(done) / seconds
    let left = Int((Double(all - done) / rate).rounded(.up))
    text += "  \(Int(rate / 1_048_576)) MiB/s  \(clockText(left)) left"
  }
  // A longer line would wrap, and stay.
  return String(text.prefix(79))
}

/// Seconds as `0:07`, `12:30` or `1:02:03`.
private func clockText(_ seconds: Int) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
  let inHour = two(seconds % 60)
  return hours > 0 ? "\(hours):\(two(minutes)):\(inHour)" : "\(minutes):\(inHour)"
}
