/// Counts in rows and columns, each the darker the more there are.
package struct CountMap: Shape {
  package var title: String
  package var rows: [String]
  package var columns: [String]
  /// By row and column.
  package var counts: [[Int]]
  /// What each corner's leads are.
  package struct Corners: Sendable {
    package var topLeft = ""
    package var topRight = ""
    package var bottomRight = ""

    package init(topLeft: String = "", topRight: String = "", bottomRight: String = "") {
      self.topLeft = topLeft
      self.topRight = topRight
      self.bottomRight = bottomRight
    }
  }
  package var corners: Corners
  package var heads: (row: String, column: String)
  /// The rows and columns that are outlined, of those to call.
  package var marked: [(row: Int, column: Int)] = []

  package init(
    _ title: String, rows: [String], columns: [String], counts: [[Int]], corners: Corners,
    heads: (row: String, column: String)
  ) {
    self.title = title
    self.rows = rows
    self.columns = columns
    self.counts = counts
    self.corners = corners
    self.heads = heads
  }

  package var numbers: PageTable {
    var table = PageTable(title, [.init(heads.row)] + columns.map { .number($0) })
    for (row, counts) in zip(rows, counts) { table.add([row] + counts.map { numberText($0) }) }
    return table
  }

  private static let fills: [StaticString] = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"]
  private static let inks: [StaticString] = ["i1", "i1", "i1", "i1", "i2", "i2", "i2"]

  package func drawing(width: Double) -> Canvas {
    var canvas = Canvas(width: width)
    let longest = rows.map(textWidth).max() ?? 0
    let left = min(isNarrow(width) ? 60 : 110, longest + 10)
    let cell = (width - left) / Double(max(columns.count, 1))
    let height = 30.0
    let top = 20.0
    let most = counts.flatMap { $0 }.max() ?? 0
    canvas.text(corners.topLeft, left, 13, .start, "italic")
    canvas.text(corners.topRight, width, 13, .end, "italic")
    for (row, label) in rows.enumerated() {
      let y = top + Double(row) * height
      canvas.text(label, within: left - 8, left - 8, y + 19, .end)
      for (column, count) in counts[row].enumerated() {
        let x = left + Double(column) * cell
        let step = shade(count, of: most)
        canvas.box(
          x + 1, y + 1, cell - 2, height - 2, step.map { CountMap.fills[$0] } ?? "none",
          note: "\(label), \(columns[column]): \(numberText(count))")
        if marked.contains(where: { $0 == (row, column) }) {
          canvas.box(x + 1.5, y + 1.5, cell - 3, height - 3, "marked")
        }
        let words = textWidth(numberText(count)) <= cell ? numberText(count) : compactText(count)
        canvas.text(
          count == 0 ? "·" : words, x + cell / 2, y + 19, .middle,
          step.map { CountMap.inks[$0] } ?? "aside")
      }
    }
    let bottom = top + Double(rows.count) * height + 15
    for (column, label) in columns.enumerated() {
      canvas.text(
        label, within: cell, left + (Double(column) + 0.5) * cell, bottom, .middle, "aside")
    }
    if !corners.bottomRight.isEmpty {
      canvas.text(corners.bottomRight, width, bottom + 18, .end, "italic")
    }
    return canvas
  }
}

/// Which of seven shades a count has, by its logarithm; nil of none.
func shade(_ count: Int, of most: Int) -> Int? {
  if count <= 0 { return nil }
  if most <= 1 { return 0 }
  return min(6, logarithm(count) * 7 / max(logarithm(most), 1))
}

/// The binary logarithm in 2^-16ths, the same on every machine.
private func logarithm(_ number: Int) -> Int {
  let exponent = Int.bitWidth - 1 - number.leadingZeroBitCount
  // Between 1 and 2, with 31 bits behind the point.
  var rest = exponent <= 31 ? UInt64(number) << (31 - exponent) : UInt64(number) >> (exponent - 31)
  var result = exponent
  for _ in 0..<16 {
    rest = rest * rest >> 31
    let isTwo = rest >> 32 != 0
    result = result << 1 | (isTwo ? 1 : 0)
    if isTwo { rest >>= 1 }
  }
  return result
}
