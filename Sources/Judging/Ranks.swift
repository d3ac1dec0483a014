import Definition
import Notation

/// Returns by value its rank among all: numbers by what they are, then text by its folded bytes.
///
/// What is equal in this has the same rank.
package func ranks(of values: [Scalar]) -> [Int64] {
  let keys = values.map(RankKey.init)
  let order = keys.indices.sorted { keys[$0] < keys[$1] }
  var ranks = [Int64](repeating: 0, count: values.count)
  for (before, index) in zip(order, order.dropFirst()) {
    ranks[index] = ranks[before] + (keys[before] < keys[index] ? 1 : 0)
  }
  return ranks
}

/// What rows are ordered by.
package struct RankedCell: Sendable {
  /// Nil where it is the row's key.
  package let cell: Int?
  /// The ranks of the cell's values, worked out for whoever writes rows; nil where these are ranks themselves.
  package let ranks: (@Sendable () -> [Int64])?

  init(cell: Int?, ranks: (@Sendable () -> [Int64])? = nil) {
    self.cell = cell
    self.ranks = ranks
  }

  init(_ place: (cell: Int, reading: CellReading)) {
    cell = place.cell
    if case .oneOf(let values) = place.reading {
      ranks = { Judging.ranks(of: values) }
    } else {
      ranks = nil
    }
  }
}

private enum RankKey {
  case number(ExactNumber)
  /// Folded.
  case text([UInt8])

  init(_ value: Scalar) {
    self = ExactNumber(value).map { .number($0) } ?? .text(RankKey.folded(value.asText))
  }

  private static func folded(_ text: String) -> [UInt8] {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      folded.append(Unicode.Scalar(simpleFold(scalar.value)) ?? scalar)
    }
    return Array(String(folded).utf8)
  }

  static func < (one: RankKey, other: RankKey) -> Bool {
    switch (one, other) {
    case (.number(let one), .number(let other)): !one.isAtLeast(0, above: other)
    case (.text(let one), .text(let other)): one.lexicographicallyPrecedes(other)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}
