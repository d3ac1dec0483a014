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

  package init(log root: String) throws {
    // A swap takes milliseconds; who has seen so many begin in a row sees a file that is gone.
    var attempts = 20
    while true {
      attempts -= 1
      let before = try ChainPaths(log: root)
      let (files, strangers) = try segmentsAndFaults(in: root)
      let after = try before.isCurrent(log: root) ? before : ChainPaths(log: root)
      let resolution = after.resolve(files, mustHave: before)
      if resolution.missing.isEmpty || attempts == 0 {
        segments = resolution.segments
        self.strangers = strangers
        faults = strangers + resolution.missing.map { Self.missing($0) } + resolution.wrongLengths
        return
      }
      usleep(5000)
    }
  }

  private static func missing(_ path: String) -> FileError {
    FileError(
      .damaged, path: path, message: "the chain has this segment, the log does not",
      hint: "restore the file from a backup; nothing was published")
  }
}

/// Calls `body` with the segments of the log at `root`, and once more where one of them is gone by the time it is
/// opened because another took its place meanwhile.
///
/// For readers that do not hold the book's lock. What `body` keeps of a call that failed must not outlive it.
package func withSegments<Result>(
  in root: String, _ body: ([Segment]) throws -> Result
) throws -> Result {
  var segments = try listSegments(in: root)
  while true {
    do {
      return try body(segments)
    } catch let error as FileError where error.kind == .noInput {
      let now = try listSegments(in: root)
      // With the same segments as before it will be missing the next time, too.
      guard now != segments else { throw error }
      segments = now
    }
  }
}
