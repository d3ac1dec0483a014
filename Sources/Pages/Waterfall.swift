/// How one number became another, step by step.
package struct Waterfall: Shape {
  package struct Step: Sendable {
    package var label: String
    /// Whole micro-points.
    package var change: Int128

    package init(_ label: String, _ change: Int128) {
      self.label = label
      self.change = change
    }
  }

  package var title: String
  package var from: (label: String, value: Int128)
  package var steps: [Step]
  package var to: String

  package init(
    _ title: String, from: (label: String, value: Int128), _ steps: [Step], to: String
  ) {
    self.title = title
    self.from = from
    self.steps = steps
    self.to = to
  }

  private var end: Int128 { steps.reduce(from.value) { $0 + $1.change } }

  package var numbers: PageTable {
    var table = PageTable(title, [.init("Because of"), .number("Points")])
    table.add([from.label, pointsWords(from.value)])
    for step in steps { table.add([step.label, pointsChange(step.change)]) }
    table.add([to, pointsWords(end)])
    return table
  }

  package func drawing(width: Double) -> Canvas {
    var canvas = Canvas(width: width)
    let isNarrow = isNarrow(width)
    let left = isNarrow ? 0 : 190.0
    let words = 90.0
    var sums = [from.value]
    for step in steps { sums.append(sums[sums.count - 1] + step.change) }
    // Where sums are large and changes small, the picture begins near the smallest sum.
    let (low, high) = Waterfall.span(sums)
    let scale = (width - left - words) / max(Double(high - low), 1)
    func x(_ sum: Int128) -> Double { left + Double(sum - low) * scale }
    let rowHeight = isNarrow ? 38.0 : 24
    var y = 0.0
    func row(
      _ label: String, _ a: Int128, _ b: Int128, _ names: StaticString, _ value: String
    ) {
      let barY = y + (isNarrow ? 18 : 2)
      if isNarrow {
        canvas.text(label, within: width, 0, barY - 5)
      } else {
        canvas.text(label, within: left - 10, left - 8, barY + 13, .end)
      }
      let (start, stop) = (x(min(a, b)), x(max(a, b)))
      canvas.box(start, barY, max(stop - start, 1), 18, names)
      canvas.text(value, stop + 6, barY + 13, .start, "aside")
      y += rowHeight
    }
    row(from.label, low, from.value, "same", pointsWords(from.value))
    for (index, step) in steps.enumerated() {
      row(
        step.label, sums[index], sums[index + 1], step.change < 0 ? "less" : "more",
        pointsChange(step.change))
    }
    row(to, low, end, "same", pointsWords(end))
    return canvas
  }

  private static func span(_ sums: [Int128]) -> (low: Int128, high: Int128) {
    let (least, most) = (sums.min() ?? 0, sums.max() ?? 0)
    if least <= 0 || most - least > least { return (min(least, 0), max(most, 0)) }
    return (least - (most - least), most)
  }
}

/// Micro-points as whole points, which are what people compare; the exact ones stand in files.
package func pointsWords(_ points: Int128) -> String {
  let half: Int128 = points < 0 ? -500_000 : 500_000
  return numberText((points + half) / 1_000_000)
}

/// A change of micro-points with its sign, to a tenth below ten points.
package func pointsChange(_ points: Int128) -> String {
  let magnitude = points < 0 ? 0 - points : points
  if magnitude >= 9_950_000 { return (points < 0 ? "" : "+") + pointsWords(points) }
  let tenths = (magnitude + 50_000) / 100_000
  if tenths == 0 { return points == 0 ? "±0" : points < 0 ? "−0.0" : "+0.0" }
  let rest = tenths % 10
  return (points < 0 ? "−" : "+") + "\(tenths / 10)" + (rest == 0 ? "" : ".\(rest)")
}
