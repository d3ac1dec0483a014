import Notation

/// A number over time, as steps or from point to point, with named bounds and moments.
package struct LineChart: Shape {
  package struct Point: Sendable {
    package var time: Milliseconds
    package var value: Double

    package init(_ time: Milliseconds, _ value: Double) {
      self.time = time
      self.value = value
    }
  }

  package struct Bound: Sendable {
    package var value: Double
    package var name: String

    package init(_ value: Double, _ name: String) {
      self.value = value
      self.name = name
    }
  }

  /// A moment that is named on the line.
  package struct Moment: Sendable {
    package var at: Point
    package var label: String

    package init(_ at: Point, _ label: String) {
      self.at = at
      self.label = label
    }
  }

  package var title: String
  package var points: [Point]
  package var bounds: [Bound] = []
  package var moments: [Moment] = []
  package var isStepped = false
  /// What the value axis reaches at least.
  package var reach: ClosedRange<Double>?
  package var heads: (time: String, value: String)
  package var clock: ReaderClock

  /// `points`: in the order of time.
  package init(
    _ title: String, _ points: [Point], _ clock: ReaderClock, heads: (time: String, value: String)
  ) {
    self.title = title
    self.points = points
    self.clock = clock
    self.heads = heads
  }

  package var numbers: PageTable {
    var table = PageTable(title, [.init(heads.time), .number(heads.value)])
    for point in points {
      table.add([
        clock.element(point.time, clock.shortDay(point.time)),
        HTML(numberText(decimal: roundedDecimal(point.value))),
      ])
    }
    return table
  }

  package func drawing(width: Double) -> Canvas {
    var canvas = Canvas(width: width)
    guard let first = points.first, let last = points.last else { return canvas }
    let names = bounds.map { "\(roundedDecimal($0.value)) \($0.name)" }
    let right = min(width / 3, max(names.map(textWidth).max() ?? 0, 40) + 8)
    let (top, bottom) = (16.0, 176.0)
    let values = points.map(\.value) + bounds.map(\.value)
    let low = min(reach?.lowerBound ?? 0, values.min() ?? 0)
    let high = max(reach?.upperBound ?? 1, values.max() ?? 1)
    func x(_ time: Milliseconds) -> Double {
      let span = max(Double(last.time) - Double(first.time), 1)
      return (Double(time) - Double(first.time)) / span * (width - right)
    }
    func y(_ value: Double) -> Double {
      bottom - (value - low) / max(high - low, 1e-9) * (bottom - top)
    }
    canvas.line(0, y(low), width - right, y(low), "axis")
    canvas.text(
      numberText(decimal: roundedDecimal(low)), width - right + 6, y(low) + 4, .start, "aside")
    canvas.text(
      numberText(decimal: roundedDecimal(high)), width - right + 6, y(high) + 4, .start, "aside")
    for (bound, name) in zip(bounds, names) {
      canvas.line(0, y(bound.value), width - right, y(bound.value), "bound")
      let isFree = [low, high].allSatisfy { abs(y($0) - y(bound.value)) > 12 }
      if isFree {
        canvas.text(name, within: right - 6, width - right + 6, y(bound.value) + 4, .start, "aside")
      }
    }
    var line: [(x: Double, y: Double)] = []
    for point in points {
      if isStepped, let before = line.last { line.append((x(point.time), before.y)) }
      line.append((x(point.time), y(point.value)))
    }
    canvas.path(line, "line")
    if points.count == 1 { canvas.circle(x(first.time), y(first.value), 3, "dot", note: title) }
    for moment in moments {
      let (x, y) = (x(moment.at.time), y(moment.at.value))
      canvas.circle(x, y, 5, "moment", note: "\(moment.label), \(clock.moment(moment.at.time))")
      let isLeft = x > (width - right) / 2
      canvas.text(
        moment.label, within: isLeft ? x - 10 : width - right - x, isLeft ? x - 9 : x + 9, y - 7,
        isLeft ? .end : .start, "small")
    }
    drawDays(from: first.time, to: last.time, bottom + 18, width - right, on: &canvas)
    return canvas
  }

  private func drawDays(
    from start: Milliseconds, to end: Milliseconds, _ y: Double, _ width: Double,
    on canvas: inout Canvas
  ) {
    let count = max(1, Int(width / 90))
    var free = -1.0
    for index in 0...count {
      let share = Double(index) / Double(count)
      let time = start + Milliseconds((Double(end) - Double(start)) * share)
      let words = clock.shortDay(time)
      let anchor: Canvas.Anchor = index == 0 ? .start : index == count ? .end : .middle
      let room = textWidth(words)
      let x = share * width
      let begin = x - (index == 0 ? 0 : index == count ? room : room / 2)
      if begin < free { continue }
      canvas.text(words, x, y, anchor, "aside")
      free = begin + room + 8
      if start == end { return }
    }
  }
}
