import Notation

/// How many of the lines read are refused.
package struct RefusedShare: Sendable {
  private let refused: Int
  private let read: Int

  package init(_ refused: Int, of read: Int) {
    self.refused = refused
    self.read = read
  }

  /// From 0 to 1.
  package var value: Double { Double(refused) / Double(max(1, read)) }

  /// Says that it is more than may be; nil where it is not.
  ///
  /// `noun`: what was read.
  package func excess(over shareMax: Double, countedIn noun: String = "line") -> String? {
    guard refused > 0, Double(refused) > shareMax * Double(read) else { return nil }
    return "\(refused) of \(read) \(noun)s (\(roundedDecimal(value * 100))%) are refused; at most "
      + "\(roundedDecimal(shareMax * 100))% may be"
  }
}
