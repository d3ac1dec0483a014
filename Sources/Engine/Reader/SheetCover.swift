import Reading

/// Which segments of a log need no sheets of their own, because a merged one has their events.
package struct SheetCover: Sendable {
  struct Span: Sendable {
    var segments: Range<Int>
    /// Of the segments.
    var digests: [String]
    var sheet: Sheet
  }

  /// In the order of the log.
  private(set) var spans: [Span] = []

  /// `digests`: of each segment of the log, nil where it is not known.
  ///
  /// `merges`: the digests of the segments of each merged sheet there is.
  ///
  /// `open`: opens a merged sheet; nil where it is not whole.
  init(_ digests: [String?], _ merges: [[String]], _ open: ([String]) -> Sheet?) {
    // The longest first; of those that begin alike only one can be in use.
    let merges = merges.sorted { $0.count > $1.count }
    var next = 0
    while next < digests.count {
      let start = next
      next += 1
      for merge in merges where digests[start...].starts(with: merge.map(Optional.some)) {
        guard let sheet = open(merge) else { continue }
        next = start + merge.count
        spans.append(Span(segments: start..<next, digests: merge, sheet: sheet))
        break
      }
    }
  }

  func contains(segment: Int) -> Bool { spans.contains { $0.segments.contains(segment) } }
}
