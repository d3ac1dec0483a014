import Files
import Foundation
import Workers

/// How long a reader waits for an erasure that does not go on, as one does not that was killed (a guess).
private let idleRoundsMax = 100
private let roundMicroseconds: UInt32 = 5000

/// Waits while an erasure puts what it wrote anew in place, segment by segment; returns whether there was one.
///
/// Each of them is a swap by itself. Between the first and the last of them, what was known at an earlier time is
/// of a lead of which some is gone: nobody is told that. An erasure that was killed is no reason to wait for long:
/// the next writer finishes or removes what it left.
func waitForErasure(log root: String, chain: ChainPaths, _ segments: [Segment]) throws -> Bool {
  // Nothing of it can be in place yet.
  guard chain.erasure != nil || segments.contains(where: { !$0.isInChain }) else { return false }
  var waiting = try halfErased(log: root, chain)
  if waiting.isEmpty { return false }
  var idleRounds = 0
  while !waiting.isEmpty, idleRounds < idleRoundsMax {
    try Interruption.check()
    usleep(roundMicroseconds)
    let now = try halfErased(log: root, ChainPaths(log: root))
    idleRounds = now == waiting ? idleRounds + 1 : 0
    waiting = now
  }
  return true
}

/// The files of an erasure that wait for their place while others of it have theirs; none where all wait.
///
/// Those in the chain take their place first, in the order of their numbers, then the others by their serials.
private func halfErased(log root: String, _ chain: ChainPaths) throws -> [String] {
  let names = try fileNames(in: root)
  let rewrites = names.filter { SegmentName.rewriteSerial($0) != nil }
  let hasBegun = rewrites.compactMap(SegmentName.rewriteSerial).min().map { $0 > 0 } ?? false
  guard let number = chain.erasure else { return hasBegun ? rewrites : [] }
  return rewrites
    + names.filter { name in
      SegmentName.replacement(waitingAs: name).map { SegmentName.number(in: $0) > number } ?? false
    }
}
