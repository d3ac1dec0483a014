import Notation

/// How many have each value, with named bounds; drawn by roots where one bar would leave nothing of the others.
package struct Histogram: Shape {
  package struct Bound: Sendable {
    package var at: Int64
    package var name: String

    package init(at: Int64, name: String) {
      self.at = at
      self.name = name
    }
  }

  package var title: String
  package let heads: (value: String, count: String)
  /// The value at which the first bar begins, and how many values each has.
  let start: Int128
  let step: Int128
  let counts: [Int]
  private let high: Int128
  let bounds: [Bound]
  package let isByRoots: Bool

  /// `values`: by value, how many have it.
  package init(
    _ title: String, _ values: [Int64: Int], bounds: [Bound], heads: (value: String, count: String)
  ) {
    self.heads = heads
    let low = Int128(values.keys.min() ?? 0)
    let high = Int128(values.keys.max() ?? 0)
    let step = roundStep(covering: high - low + 1)
    let first = floorDivide(low, step)
    var counts = [Int](repeating: 0, count: Int(floorDivide(high, step) - first) + 1)
    for (value, count) in values {
      counts[Int(floorDivide(Int128(value), step) - first)] += count
    }
    let start = first * step
    self.start = start
    self.high = high
    self.step = step
    self.counts = counts
    let end = start + step * Int128(counts.count)
    self.bounds = bounds.filter { start < $0.at && $0.at < end }.sorted {
      $0.at == $1.at ? $0.name < $1.name : $0.at < $1.at
    }
    let sorted = counts.filter { $0 > 0 }.sorted(by: >)
    isByRoots = sorted.count > 1 && sorted[0] > sorted[1] * 4
    self.title = title
  }

  private func label(_ index: Int) -> String {
    let first = start + step * Int128(index)
    return step == 1
      ? numberText(first) : "\(numberText(first)) to \(numberText(first + step - 1))"
  }

  package var numbers: PageTable {
    var table = PageTable(title, [.init(heads.value), .number(heads.count)])
    for (index, count) in counts.enumerated() { table.add([label(index), numberText(count)]) }
    return table
  }

  package func drawing(width: Double) -> Canvas {
    var canvas = Canvas(width: width)
    let top = 20.0 + (bounds.isEmpty ? 0 : 16)
    let bottom = top + 130
    let bar = width / Double(counts.count)
    func scaled(_ count: Int) -> Double { isByRoots ? Double(count).squareRoot() : Double(count) }
    let most = max(scaled(counts.max() ?? 0), 1)
    for (index, count) in counts.enumerated() where count > 0 {
      let x = Double(index) * bar
      let height = max(1, scaled(count) / most * 126)
      canvas.box(
        x + 1, bottom - height, max(bar - 2, 1), height, "more",
        note: "\(label(index)): \(numberText(count))")
      let words = compactText(count)
      let isAlone =
        index + 1 < counts.count && scaled(counts[index + 1]) / most * 126 < height - 16
      if textWidth(words) <= bar + 3 {
        canvas.text(words, x + bar / 2, bottom - height - 4, .middle, "aside small")
      } else if isAlone, index == 0 {
        canvas.text(words, x + 1, bottom - height - 4, .start, "aside small")
      }
    }
    canvas.line(0, bottom, width, bottom, "axis")
    let end = start + step * Int128(counts.count)
    func place(_ value: Int64) -> Double {
      (Double(value) - Double(start)) / (Double(end) - Double(start)) * width
    }
    canvas.text(numberText(start), 0, bottom + 16, .start, "aside")
    canvas.text(numberText(high), width, bottom + 16, .end, "aside")
    var free = textWidth(numberText(start)) + 8
    let last = width - textWidth(numberText(high)) - 8
    var freeAbove = 0.0
    for bound in bounds {
      let x = place(bound.at)
      canvas.line(x, 14, x, bottom, "bound")
      let half = textWidth(numberText(bound.at)) / 2
      if x - half >= free, x + half <= last {
        canvas.text(numberText(bound.at), x, bottom + 16, .middle, "aside")
        free = x + half + 8
      }
      let room = textWidth(bound.name)
      let begin = min(x - 2, width - room)
      if begin >= freeAbove {
        canvas.text(bound.name, max(begin, 0), 11, .start, "italic")
        freeAbove = begin + room + 8
      }
    }
    return canvas
  }
}

/// A round step, 1, 2 or 5 times a power of ten, by which some twenty bars cover a span.
func roundStep(covering span: Int128) -> Int128 {
  var power: Int128 = 1
  while true {
    for factor in [1, 2, 5] as [Int128] where factor * power * 21 >= span {
      return factor * power
    }
    power *= 10
  }
}

/// A count in few characters: `9,999`, `231k`, `1.2M`.
func compactText(_ count: Int) -> String {
  if count < 10_000 { return numberText(count) }
  if count < 1_000_000 { return "\(count / 1000)k" }
  if count < 10_000_000 { return "\(count / 1_000_000).\(count / 100_000 % 10)M" }
  return "\(numberText(count / 1_000_000))M"
}
