import Definition
import EventLog
import Intake
import Notation

/// The segments of a log, and what of them is known.
///
/// When a segment became known stands in the chain, and only there: a file's own times change with
/// every copy.
package struct KnownSegments: Sendable {
  /// Of the whole log, in its order.
  package let segments: [Segment]
  /// The known-at that has the same events, now and after whatever will be appended; nil where the log
  /// cannot tell.
  package let knownAt: Milliseconds?
  /// By segment, the parts it was appended in; nil where all is known.
  private let parts: [[Part]]?
  /// Nil of a damaged chain.
  private let times: AppendTimes?

  /// Lines of a segment that were appended at one time.
  package struct Part: Sendable {
    package var lineCount = Int.max
    package var isKnown: Bool
    /// Nil where the log cannot tell.
    package var appended: String?
  }

  /// - Throws: `FileError` or `RunError` where there are no segments, or the log cannot tell what was
  ///   known.
  package init(_ log: Log) throws {
    let segments = try log.listSegments()
    let chain = Result { try Chain(log: log.root) }
    try self.init(
      log, segments,
      // Of a damaged chain nothing is known; to find fault with it is not this one's work.
      log.knownAt == nil ? (try? chain.get()).map(AppendTimes.init) : AppendTimes(chain.get()))
  }

  /// The same segments, of which somebody else knows another part.
  init(_ log: Log, like other: KnownSegments) throws {
    let times =
      log.knownAt == nil ? other.times : try other.times ?? AppendTimes(Chain(log: log.root))
    try self.init(log, other.segments, times)
  }

  private init(_ log: Log, _ segments: [Segment], _ times: AppendTimes?) throws {
    let root = log.root
    self.segments = segments
    self.times = times
    if let time = log.knownAt, let times {
      try times.check(segments, in: root)
      let text = timeText(milliseconds: time)
      let parts = segments.map { segment in
        times.parts(of: segment).map {
          Part(lineCount: $0.lineCount, isKnown: $0.appended <= text, appended: $0.appended)
        }
      }
      guard parts.joined().contains(where: \.isKnown) else {
        throw RunError(
          .noInput, "\(root): nothing had been appended by \(text)",
          hint: "the first segment was appended at \(times.first(of: segments) ?? "no time")")
      }
      self.parts = parts
      knownAt = time
      return
    }
    knownAt = times?.last(of: segments).flatMap { eventTime($0) }
    parts = try log.knownPaths.map { [segments] known in
      let present = Set(segments.map(\.path))
      if let gone = known.first(where: { !present.contains($0) }) {
        throw RunError(
          .noInput, "\(root)/\(gone): gone, and the snapshot was made from it",
          hint: "bring it back, or recompute from what there is with --as-of")
      }
      let known = Set(known)
      return segments.map { [Part(isKnown: known.contains($0.path))] }
    }
  }

  /// Whether nothing came later than what is known.
  var areAllKnown: Bool { parts?.joined().allSatisfy(\.isKnown) ?? true }

  /// The parts that a segment was appended in; nil where all is known.
  package func parts(ofSegment index: Int) -> [Part]? { parts?[index] }

  /// Whether a line of a segment is known.
  package func isKnown(line: Int, ofSegment index: Int) -> Bool {
    guard let parts = parts?[index] else { return true }
    var end = 0
    for part in parts.dropLast() {
      end += part.lineCount
      if line <= end { return part.isKnown }
    }
    return parts.last?.isKnown ?? true
  }
}
