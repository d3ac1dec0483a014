import Dispatch
import Synchronization

/// Runs `body` for every index from 0 to `count` on at most `jobs` workers, and returns when all
/// are done.
///
/// Indices are handed out in order, one at a time, to whichever worker is free.
///
/// `makeWorker`: makes what one worker keeps for itself from index to index, given its number from 0.
///
/// `body`: called with the worker and an index. It writes to nothing shared but its own slot.
///
/// - Returns: The workers, by their numbers.
/// - Throws: The error of the lowest index that failed, `Interrupted` or `GivenUp`; no further index is begun
///   after an error.
@discardableResult
package func parallel<Worker>(
  _ count: Int, jobs: Int, makeWorker: @Sendable (_ number: Int) -> Worker,
  _ body: @Sendable (inout Worker, Int) throws -> Void
) throws -> [Worker] {
  let workerCount = max(1, min(jobs, count))
  let workers = Slots<Worker>(workerCount)
  let next = Atomic<Int>(0)
  let failure = Mutex<(index: Int, error: any Error)?>(nil)
  // Threads know nothing of whoever they work for unless they are told.
  let cancellation = Cancellation.current
  DispatchQueue.concurrentPerform(iterations: workerCount) { number in
    Cancellation.$current.withValue(cancellation) {
      var worker = makeWorker(number)
      defer { workers[number] = worker }
      while failure.withLock({ $0 == nil }) {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        do {
          try Interruption.check()
          try body(&worker, index)
        } catch {
          failure.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
        }
      }
    }
  }
  if let failure = failure.withLock({ $0 }) { throw failure.error }
  return workers.elements
}

package func parallel(
  _ count: Int, jobs: Int, _ body: @Sendable (Int) throws -> Void
) throws {
  try parallel(count, jobs: jobs, makeWorker: { _ in () }) { (_: inout Void, index) in
    try body(index)
  }
}

extension Range<Int> {
  /// The range in pieces of so many, the last one perhaps of fewer: what workers are given at a time, where
  /// one would be too little.
  package func pieces(of count: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: count).map { first in
      first..<Swift.min(first + count, upperBound)
    }
  }
}

/// Slots that workers fill side by side, each its own.
package final class Slots<Element>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element?>
  private let count: Int

  package init(_ count: Int) {
    self.count = count
    base = .allocate(capacity: count)
    base.initialize(repeating: nil, count: count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// Only one worker at a time touches an index.
  package subscript(_ index: Int) -> Element? {
    get { base[index] }
    set { base[index] = newValue }
  }

  /// What the slots hold, in order, once all workers are done.
  package var elements: [Element] { (0..<count).compactMap { base[$0] } }
}
