import Synchronization

/// A wish that one piece of work be given up, while all others go on.
///
/// Several requests may stand on one gathered log; an answer that nobody waits for any more is not finished.
package final class Cancellation: Sendable {
  private let isAsked = Atomic<Bool>(false)

  package init() {}

  /// Asks for it; from any thread, as often as one likes.
  package func ask() { isAsked.store(true, ordering: .relaxed) }

  /// That of the work at hand; workers have it from whoever called them.
  @TaskLocal package static var current: Cancellation?

  /// Does some work that is given up once this asks for it.
  ///
  /// - Throws: `GivenUp`, or what the work throws.
  package func during<Result>(_ work: () throws -> Result) throws -> Result {
    try Cancellation.$current.withValue(self, operation: work)
  }

  func check() throws {
    if isAsked.load(ordering: .relaxed) { throw GivenUp() }
  }
}

/// Work that was given up because nobody waits for it any more.
package struct GivenUp: Error, Sendable, CustomStringConvertible {
  package var description: String { "given up: the answer is no longer wanted" }
}
