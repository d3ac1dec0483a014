import Foundation
import Synchronization

/// A bar on stderr that says how far reading has come; shown on a terminal only.
final class ProgressBar: Sendable {
  private let isShown: Bool
  private let drawn = Mutex<(last: Double, isOpen: Bool)>((-1, false))

  init(isShown: Bool) {
    self.isShown = isShown && isatty(STDERR_FILENO) == 1
  }

  func show(_ done: Int, of all: Int) {
    guard isShown, all > 0 else { return }
    let share = Double(done) / Double(all)
    drawn.withLock { drawn in
      // A bar that is redrawn for every small segment is slower than the segments.
      guard share - drawn.last >= 0.01 || done == all else { return }
      drawn = (share, true)
      let width = 30
      let filled = Int(share * Double(width))
      let bar =
        String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
      let text = "\rreading  [\(bar)] \(Int(share * 100))%  \(done >> 20) of \(all >> 20) MiB"
      FileHandle.standardError.write(Data(text.utf8))
    }
  }

  /// Takes the bar away again.
  func finish() {
    drawn.withLock { drawn in
      guard drawn.isOpen else { return }
      drawn.isOpen = false
      FileHandle.standardError.write(Data("\r\u{1b}[K".utf8))
    }
  }
}
