import Foundation
import Workers

/// How often what others keep changing is looked at (a guess): a change takes them milliseconds.
private let lookCountMax = 30

/// Looks at what others may be changing, and once more where a change of theirs may have spoiled the look.
///
/// The one place that tries again. What goes wrong while nothing changes is wrong, and is told at once.
///
/// - Parameters:
///   - sight: takes in what a change would show in.
///   - isDisturbing: whether a change from one sight to another can spoil a look; any can, unless told otherwise.
///   - isDoubtful: whether an answer is one that a spoiled look would give; no answer is, unless told otherwise.
///   - look: called until it is not spoiled; what a call that was has left must not matter.
/// - Returns: the answer of the first look that was not spoiled, or of the last one.
/// - Throws: what `look` throws.
package func lookAgain<Sight: Equatable, Answer>(
  at sight: () throws -> Sight, isDisturbing: (Sight, Sight) -> Bool = { $0 != $1 },
  isDoubtful: (Answer) -> Bool = { _ in false }, _ look: (Sight) throws -> Answer
) throws -> Answer {
  var before = try sight()
  for _ in 1..<lookCountMax {
    let answer = Result { try look(before) }
    switch answer {
    case .success(let answer) where !isDoubtful(answer): return answer
    case .failure(let error) where error is Interrupted: throw error
    default: break
    }
    try Interruption.check()
    let after = try sight()
    guard isDisturbing(before, after) else { return try answer.get() }
    before = after
    // Whoever changes one thing may be about to change the next.
    usleep(5000)
  }
  return try look(before)
}
