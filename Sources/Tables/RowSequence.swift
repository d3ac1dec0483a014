import Workers

/// The order of a table's rows where it is not that of their keys, which comes last in it.
package struct RowSequence: Sendable {
  package let terms: [Term]
  /// How many rows there are at most; nil where all are there.
  package let first: Int?
  /// Ranks keys among each other, where rows are ordered by these as by text.
  private let rankKeys: @Sendable ([String]) -> [Int64]

  package struct Term: Sendable {
    /// Where what rows are ordered by stands; nil of the key.
    package let cell: Int?
    /// Works out the ranks of the cell's values; nil where these are ranks themselves.
    package let ranks: (@Sendable () -> [Int64])?
    /// Whether the greatest rank comes first; what is absent comes last in any case.
    package let isTurned: Bool

    package init(cell: Int?, ranks: (@Sendable () -> [Int64])?, isTurned: Bool) {
      self.cell = cell
      self.ranks = ranks
      self.isTurned = isTurned
    }
  }

  package init(
    _ terms: [Term], first: Int?, rankKeys: @escaping @Sendable ([String]) -> [Int64]
  ) {
    self.terms = terms
    self.first = first
    self.rankKeys = rankKeys
  }
}

/// A row by its part of all rows, and its place in it.
package struct SequencedRow: Sendable {
  package var part: Int
  package var row: Int
}

extension RowSequence {
  /// Returns the rows of a table, in this order.
  ///
  /// `rows`: which there are, one for each lead or account at most.
  package func places(
    of rows: Table.Rows, in parts: [CellTable], jobs: Int
  ) throws -> [SequencedRow] {
    let ranks = terms.map { $0.ranks?() }
    let gathered = Slots<GatheredRows>(parts.count)
    try parallel(parts.count, jobs: jobs) { part in
      gathered[part] = gather(rows, in: parts[part], number: part, ranks)
    }
    var all = GatheredRows()
    for part in gathered.elements { all += part }
    for term in terms.indices where terms[term].cell == nil {
      let ranks = rankKeys(all.places.map { parts[$0.part].keys.string($0.row) })
      for (index, rank) in ranks.enumerated() {
        all.ranks[index * terms.count + term] = turned(rank, terms[term])
      }
    }
    let order = all.sorted(termCount: terms.count) { one, other in
      precedes(parts[one.part].keys[one.row], parts[other.part].keys[other.row])
    }
    return order.prefix(first ?? .max).map { all.places[$0] }
  }

  /// `ranks`: by term, those of its values.
  private func gather(
    _ rows: Table.Rows, in part: CellTable, number: Int, _ ranks: [[Int64]?]
  ) -> GatheredRows {
    var gathered = GatheredRows()
    let cells = UnsafeMutablePointer<Int64>.allocate(capacity: part.width)
    defer { cells.deallocate() }
    for row in 0..<part.count {
      part.unpack(row, part.width, into: cells)
      if case .having(let cell, let value) = rows, cells[cell] != value { continue }
      gathered.places.append(SequencedRow(part: number, row: row))
      for (term, ranks) in zip(terms, ranks) {
        let value = term.cell.map { cells[$0] } ?? 0
        gathered.ranks.append(
          value == CellTable.absent
            ? .max : turned(term.cell == nil ? 0 : ranks?[Int(value)] ?? value, term))
      }
    }
    return gathered
  }

  private func turned(_ rank: Int64, _ term: Term) -> Int64 { term.isTurned ? ~rank : rank }
}

/// Rows with what they are ordered by.
private struct GatheredRows {
  var places: [SequencedRow] = []
  /// Of each row in turn, one for each term; the last there is where it is absent.
  var ranks: [Int64] = []

  static func += (all: inout GatheredRows, more: GatheredRows) {
    all.places += more.places
    all.ranks += more.ranks
  }

  /// The rows by their indices in order; those whose ranks are all the same are left to a comparison.
  func sorted(
    termCount: Int, keyPrecedes: (SequencedRow, SequencedRow) -> Bool
  ) -> [Int] {
    ranks.withUnsafeBufferPointer { ranks in
      places.indices.sorted { one, other in
        for term in 0..<termCount {
          let (mine, others) = (ranks[one * termCount + term], ranks[other * termCount + term])
          if mine != others { return mine < others }
        }
        return keyPrecedes(places[one], places[other])
      }
    }
  }
}
