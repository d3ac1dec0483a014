/// A part of a gzip file that cannot be read, or not trusted, with the lines that may have stood there.
package struct GzipLoss: Sendable, Equatable {
  package let bytes: Range<Int>
  package let reason: String
  /// Whether lines were read from it all the same, which nothing vouches for.
  package let isRead: Bool
  /// The first line that may be damaged, from 1.
  package let fromLine: Int
  /// The last line that may be damaged; nil where nobody knows how many there were.
  package let toLine: Int?
}

extension GzipMap {
  /// Returns what is lost or unchecked, with bounds of the lines concerned.
  ///
  /// `lineCount`: how many lines the whole file had, if that is known.
  ///
  /// The bounds hold for the lines as they were: those before them end in whole members in front, those
  /// behind them begin in whole members behind.
  package func losses(lineCount: Int?) -> [GzipLoss] {
    var losses: [GzipLoss] = []
    var before = 0
    var behind = stretches.reduce(0) { $0 + $1.linesBegun }
    for stretch in stretches {
      if stretch.condition == .whole {
        before += stretch.lineCount
        behind -= stretch.linesBegun
        continue
      }
      losses.append(
        GzipLoss(
          bytes: stretch.bytes, reason: stretch.reason ?? "unreadable",
          isRead: stretch.condition == .unchecked, fromLine: before + 1,
          toLine: lineCount.map { max(before, $0 - behind) }))
    }
    if lacksEndMarker {
      let end = stretches.last?.bytes.upperBound ?? 0
      losses.append(
        GzipLoss(
          bytes: end..<end,
          reason: "the file ends without the end marker of BGZF: it has been cut",
          isRead: false, fromLine: before + 1, toLine: lineCount.map { max(before, $0) }))
    }
    return losses
  }
}

extension GzipMap.Stretch {
  /// How many of the lines that end in it certainly begin in it.
  fileprivate var linesBegun: Int {
    condition == .whole ? max(0, beginsLine ? lineCount : lineCount - 1) : 0
  }
}
