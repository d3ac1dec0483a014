import Definition
import Foundation

/// What long work tells while it is at it.
package enum Notice: Sendable {
  /// How many of the log's bytes have been read, and of how many.
  case reading(Int, of: Int)
  /// Another process writes to the book.
  case waiting(String)
  case finished(Stage)
  /// Something that people should know, though the work goes on.
  case warning(String, hint: String?)
}

package typealias Notify = @Sendable (Notice) -> Void

/// A step of a run, with how long it took.
package struct Stage: Codable, Sendable {
  package var name: String
  package var seconds: Double
  /// Bytes and events that went through: of reading, compressed bytes and lines; of judging, the
  /// sheets' bytes and the events used; of writing, the snapshot's bytes and the leads; of
  /// comparing, what `changes.csv` has.
  package var bytes: Int
  package var events: Int
}

/// Times the stages of a run by a clock that nothing sets back.
package final class StageClock {
  package private(set) var stages: [Stage] = []
  private var last = DispatchTime.now().uptimeNanoseconds
  private let notify: Notify

  package init(_ notify: @escaping Notify = { _ in }) {
    self.notify = notify
  }

  /// Begins to count: what came before is nobody's.
  package func start() {
    stages = []
    last = DispatchTime.now().uptimeNanoseconds
  }

  package func finish(_ name: String, bytes: Int, events: Int) {
    let now = DispatchTime.now().uptimeNanoseconds
    let stage = Stage(
      name: name, seconds: Double(now - last) / 1e9, bytes: bytes, events: events)
    stages.append(stage)
    notify(.finished(stage))
    last = now
  }
}
