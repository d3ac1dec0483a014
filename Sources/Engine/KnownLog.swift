import Definition
import EventLog

/// The segments of a log, and which of them were known at a time.
///
/// When a segment became known stands in the chain, and only there: a file's own times change with
/// every copy.
struct KnownLog: Sendable {
  /// Of the whole log, in its order.
  let segments: [Segment]
  /// Of each segment, whether it is known.
  let isKnown: [Bool]
  /// The known-at that has these segments, now and after whatever will be appended; nil where the log
  /// cannot tell.
  let knownAt: Milliseconds?

  /// - Throws: `EventLogError` or `RunError` where segments of the chain are gone, there are none at all,
  ///   or the log cannot tell what was known.
  init(_ root: String, knownAt: Milliseconds?) throws {
    segments = try listSegments(in: root)
    if segments.isEmpty {
      // A mount that has vanished looks like this: no reason to publish that nobody is known.
      throw RunError(
        .noInput, "\(root): there are no segments",
        hint: "append events first, or name another --log; is the disk mounted?")
    }
    if let knownAt {
      let appended = KnownLog.times(in: try Chain(log: root))
      try KnownLog.checkChain(appended, has: segments, root)
      let time = timeText(milliseconds: knownAt)
      isKnown = segments.map { segment in appended[segment.path].map { $0 <= time } ?? false }
      self.knownAt = knownAt
      guard isKnown.contains(true) else {
        throw RunError(
          .noInput, "\(root): nothing had been appended by \(time)",
          hint: "the first segment was appended at \(appended.values.min() ?? "no time")")
      }
    } else {
      // Of a damaged chain nothing is known; to find fault with it is not a run's work.
      let appended = (try? Chain(log: root)).map(KnownLog.times) ?? [:]
      isKnown = [Bool](repeating: true, count: segments.count)
      let isWhole = segments.allSatisfy { appended[$0.path] != nil }
      self.knownAt = isWhole ? appended.values.max().flatMap { eventTime($0) } : nil
    }
  }

  /// When each segment was appended, by its path.
  private static func times(in chain: Chain) -> [String: String] {
    Dictionary(chain.entries.map { ($0.path, $0.appended) }, uniquingKeysWith: { $1 })
  }

  private static func checkChain(
    _ appended: [String: String], has segments: [Segment], _ root: String
  ) throws {
    if appended.isEmpty {
      throw RunError(
        .badData, "\(root)/\(chainFileName): there is none, so nobody knows when what was appended",
        hint: "--known-at is for logs that scorebook append has written; leave it out here")
    }
    guard let stray = segments.first(where: { appended[$0.path] == nil }) else { return }
    throw RunError(
      .badData, "\(root)/\(stray.path): not in the chain, so nobody knows when it was appended",
      hint: "--known-at needs every segment in \(chainFileName); leave it out, or move the file")
  }
}

extension KnownLog {
  /// Of each sheet of all readings, whether it is known; nil where all are.
  func isKnown(sheetsOf readings: [SegmentReading]) -> [Bool]? {
    if !isKnown.contains(false) { return nil }
    return zip(readings, isKnown).flatMap { [Bool](repeating: $1, count: $0.sheets.count) }
  }
}
