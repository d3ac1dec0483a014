import Files
import Foundation

/// Returns the segments of the log at `root` in the byte order of their paths.
///
/// A segment is a regular file whose name ends in `.ndjson.gz` or `.ndjson`, at any depth. The chain at
/// the root, names that begin with a dot, links, and what is not a regular file are none, nor is a file
/// whose place another has taken.
///
/// - Throws: `FileError` where anything of the log cannot be read, or a file is not there, or not as long,
///   as the chain says.
package func listSegments(in root: String) throws -> [Segment] {
  let listing = try SegmentListing(log: root)
  if let fault = listing.faults.first { throw fault }
  return listing.segments
}

/// The segments of a log at one instant, and what the chain says should be otherwise.
///
/// A writer may swap segments meanwhile: the new file appears before the files it replaces go, so a folder read
/// from one end to the other may show both, or neither. The chain tells which belong together: of both, the
/// new one counts; with neither whole, the log is listed again.
package struct SegmentListing: Sendable {
  /// In the byte order of their paths.
  package let segments: [Segment]
  /// Of each file or folder whose name is not text, so that nobody can open it.
  package let strangers: [FileError]
  /// These, and one for each file that the chain names but that is missing, or has another length, in the chain's
  /// order.
  package let faults: [FileError]

  /// `isLocked`: whether the book's lock is held, so that nobody else's erasure is under way.
  package init(log root: String, isLocked: Bool = false) throws {
    // With nothing missing, and no erasure under way, a look at the folder is as good as two.
    let found = try lookAgain(at: { try LogSight(log: root) }, isDoubtful: \.resolution.isDoubtful)
    { sight in
      let chain = try sight.chain.isCurrent(log: root) ? sight.chain : ChainPaths(log: root)
      var found = chain.resolve(sight.files, mustHave: sight.chain)
      found.isHalfErased =
        try !isLocked
        && (chain.erasure != nil && !sight.chain.isCurrent(log: root)
          || waitForErasure(log: root, chain: chain, found.segments))
      return (resolution: found, strangers: sight.strangers)
    }
    segments = found.resolution.segments
    strangers = found.strangers
    faults = strangers + found.resolution.missing.map(Self.missing) + found.resolution.wrongLengths
  }

  private static func missing(_ path: String) -> FileError {
    FileError(
      .damaged, path: path, message: "the chain has this segment, the log does not",
      hint: "restore the file from a backup; nothing was published")
  }
}

/// Looks at a log and its chain until nothing is entered meanwhile, so that what they say of each other holds.
package func withSettledChain<Answer>(
  log root: String, _ look: () throws -> Answer
) throws -> Answer {
  try lookAgain(
    at: { try fileStatus("\(root)/\(chainFileName)", followingLinks: false) },
    isDoubtful: { _ in true }
  ) { _ in try look() }
}

/// A log's folder as it is read from one end to the other, and its chain just before.
private struct LogSight: Equatable {
  let chain: ChainPaths
  let files: [Segment]
  let strangers: [FileError]

  init(log root: String) throws {
    chain = try ChainPaths(log: root)
    (files, strangers) = try segmentsAndFaults(in: root)
  }

  static func == (one: LogSight, other: LogSight) -> Bool {
    one.chain.isSame(as: other.chain) && one.files == other.files
  }
}
