import Reading
import Synchronization

/// Decoders for whoever reads next: one that has been used has its memory at hand, and knows values
/// it has met.
package final class DecoderPool: @unchecked Sendable {
  let plan: ReadingPlan
  /// Those that nobody uses; under the lock alone.
  private var idle: [SegmentDecoder] = []
  private let lock = Mutex<Void>(())

  package init(plan: ReadingPlan) { self.plan = plan }

  /// Lends a decoder that has decoded nothing yet.
  func lend<Result>(_ body: (SegmentDecoder) throws -> Result) rethrows -> Result {
    let decoder = lock.withLock { _ in idle.popLast() } ?? SegmentDecoder(plan: plan)
    defer {
      // What an error has left half decoded is nobody's.
      decoder.begin()
      lock.withLock { _ in idle.append(decoder) }
    }
    return try body(decoder)
  }
}
