/// Bars from one line to the right, with what was held back behind them, dashed.
package struct Bars: Shape {
  package struct Bar: Sendable {
    package var label: String
    package var value: Int
    package var heldBack: Int

    package init(_ label: String, _ value: Int, heldBack: Int = 0) {
      self.label = label
      self.value = value
      self.heldBack = heldBack
    }

    fileprivate var words: String {
      numberText(value) + (heldBack == 0 ? "" : ", \(numberText(heldBack)) held back")
    }
  }

  package var title: String
  package var bars: [Bar]
  /// What a bar is, and what its number: the heads of the table.
  package var heads: (label: String, value: String)

  package init(_ title: String, _ bars: [Bar], heads: (label: String, value: String)) {
    self.title = title
    self.bars = bars
    self.heads = heads
  }

  package var numbers: PageTable {
    let isHeld = bars.contains { $0.heldBack != 0 }
    var table = PageTable(
      title,
      [.init(heads.label), .number(heads.value)] + (isHeld ? [.number("held back")] : []))
    for bar in bars {
      table.add(
        [bar.label, numberText(bar.value)] + (isHeld ? [numberText(bar.heldBack)] : []))
    }
    return table
  }

  package func drawing(width: Double) -> Canvas {
    var canvas = Canvas(width: width)
    let isNarrow = isNarrow(width)
    let left = isNarrow ? 0 : 160.0
    let words = bars.map { textWidth($0.words) }.max() ?? 0
    let room = max(40, width - left - words - 12)
    let most = bars.map { Double($0.value.magnitude) + Double($0.heldBack.magnitude) }.max() ?? 0
    func length(_ value: Int) -> Double {
      most == 0 ? 0 : Double(value.magnitude) / most * room
    }
    let step = isNarrow ? 38.0 : 24
    for (index, bar) in bars.enumerated() {
      let y = Double(index) * step + (isNarrow ? 18 : 2)
      if isNarrow {
        canvas.text(bar.label, within: width, 0, y - 5)
      } else {
        canvas.text(bar.label, within: left - 10, left - 8, y + 13, .end)
      }
      let end = length(bar.value)
      canvas.box(left, y, max(end, bar.value == 0 ? 0 : 1), 18, bar.value < 0 ? "less" : "more")
      if bar.heldBack != 0 {
        canvas.box(left + end, y + 0.5, max(length(bar.heldBack), 2), 17, "held")
      }
      canvas.text(
        bar.words, left + end + length(bar.heldBack) + 6, y + 13, .start, "aside")
    }
    return canvas
  }
}
