import Files
import Foundation
import Workers

/// How long a reader waits for a writer that does not go on, as one does not that was killed (a guess).
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
  let waiting = try halfErased(log: root, chain)
  if waiting.isEmpty { return false }
  try wait(for: waiting) { try halfErased(log: root, ChainPaths(log: root)) }
  return true
}

/// Waits while an append, which puts its segment in place first, enters it in the chain.
///
/// For whoever cannot do without the entry. One that was killed is no reason to wait for long: the next writer enters
/// what it left.
package func waitForEntry(log root: String) throws {
  try wait(for: strays(log: root)) { try strays(log: root) }
}

/// Waits until some files are none any more, or nothing has come of them for a while.
private func wait(for files: [String], _ look: () throws -> [String]) throws {
  var files = files
  var idleRounds = 0
  while !files.isEmpty, idleRounds < idleRoundsMax {
    try Interruption.check()
    usleep(roundMicroseconds)
    let now = try look()
    idleRounds = now == files ? idleRounds + 1 : 0
    files = now
  }
}

/// The segments that are named as an append names them and are not in the chain.
private func strays(log root: String) throws -> [String] {
  let chain = try ChainPaths(log: root)
  return try segmentFiles(in: root).map(\.path).filter {
    SegmentName.isAppended($0, SegmentName.number(in: $0)) && !chain.names($0)
  }
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
