import Foundation
import Synchronization

/// Whether somebody outside wants the process to stop, or the work at hand to be given up.
///
/// A signal's handler makes a note of it. Long work asks between its pieces and gives up like after any
/// other fault, so what it was making is taken away in the same place.
package enum Interruption {
  private static let noted = Atomic<Int32>(0)

  /// Takes note of a signal; a handler may call it once it has been called before.
  package static func note(_ signal: Int32) { noted.store(signal, ordering: .relaxed) }

  /// - Throws: `Interrupted` if a signal has been noted, `GivenUp` if the work at hand is no longer wanted.
  package static func check() throws {
    let signal = noted.load(ordering: .relaxed)
    if signal != 0 { throw Interrupted(signal: signal) }
    try Cancellation.current?.check()
  }
}

/// Work that was given up because a signal asked for it.
package struct Interrupted: Error, Sendable, CustomStringConvertible {
  package let signal: Int32
  /// What stands now.
  package let state: String

  package init(
    signal: Int32, state: String = "nothing was published, and nothing is left half-done"
  ) {
    self.signal = signal
    self.state = state
  }

  package var description: String { "stopped by \(signalName); \(state)" }

  private var signalName: String {
    switch signal {
    case SIGINT: "SIGINT"
    case SIGTERM: "SIGTERM"
    case SIGHUP: "SIGHUP"
    default: "signal \(signal)"
    }
  }

  /// What a shell calls the end of a process by this signal.
  package var exitCode: Int32 { 128 + signal }
}
