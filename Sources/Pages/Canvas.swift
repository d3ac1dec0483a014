/// What a shape is drawn on: SVG whose texts are texts, and whose colours are classes of the page's style.
package struct Canvas: Sendable {
  enum Anchor { case start, middle, end }

  let width: Double
  private(set) var height = 0.0
  private(set) var marks = HTML()

  init(width: Double) { self.width = width }

  /// Makes room down to a place.
  mutating func reach(_ y: Double) { height = max(height, y) }

  /// A box, of which something is seen however small it is; `note` is what it says when it is pointed at.
  mutating func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ names: StaticString,
    note: String? = nil
  ) {
    marks.add(
      "rect", .class(names), Attribute("x", tenths(x)), Attribute("y", tenths(y)),
      Attribute("width", tenths(max(width, 0))), Attribute("height", tenths(max(height, 0))),
      Attribute("rx", "2")
    ) { box in
      if let note { box.add("title", text: note) }
    }
    reach(y + height)
  }

  /// `whole`: what is said when it is pointed at, where the text itself had to be cut.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start,
    _ names: StaticString = "", whole: String? = nil
  ) {
    let anchorName =
      switch anchor {
      case .start: "start"
      case .middle: "middle"
      case .end: "end"
      }
    marks.add(
      "text", .class(names), Attribute("x", tenths(x)), Attribute("y", tenths(y)),
      Attribute("text-anchor", anchorName)
    ) { element in
      if let whole { element.add("title", text: whole) }
      element.add(text)
    }
    reach(y + 4)
  }

  /// A text that is cut where it is wider than its room, with the whole at hand.
  mutating func text(
    _ text: String, within room: Double, _ x: Double, _ y: Double, _ anchor: Anchor = .start,
    _ names: StaticString = ""
  ) {
    let shown = shownText(text)
    let fitting = fitted(shown, room)
    self.text(fitting, x, y, anchor, names, whole: fitting == shown ? nil : text)
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ names: StaticString)
  {
    marks.add(
      "line", .class(names), Attribute("x1", tenths(x1)), Attribute("y1", tenths(y1)),
      Attribute("x2", tenths(x2)), Attribute("y2", tenths(y2))
    ) { _ in }
    reach(max(y1, y2))
  }

  mutating func path(_ points: [(x: Double, y: Double)], _ names: StaticString) {
    let text = points.enumerated().map { index, point in
      (index == 0 ? "M" : "L") + tenths(point.x) + " " + tenths(point.y)
    }
    marks.add("path", .class(names), Attribute("d", text.joined())) { _ in }
    for point in points { reach(point.y) }
  }

  mutating func circle(
    _ x: Double, _ y: Double, _ radius: Double, _ names: StaticString, note: String
  ) {
    marks.add(
      "circle", .class(names), Attribute("cx", tenths(x)), Attribute("cy", tenths(y)),
      Attribute("r", tenths(radius))
    ) { $0.add("title", text: note) }
    reach(y + radius)
  }

  /// `title`: what is told to those who hear the page; nil of what the page says beside it.
  func html(title: String?, _ names: StaticString) -> HTML {
    var html = HTML()
    html.add(
      "svg", .class(names),
      title == nil ? Attribute("aria-hidden", "true") : Attribute("role", "img"),
      title.map { Attribute("aria-label", $0) } ?? Attribute("focusable", "false"),
      Attribute("viewBox", "0 0 \(tenths(width)) \(tenths(height + 2))"),
      Attribute("width", tenths(width)), Attribute("height", tenths(height + 2))
    ) { $0.add(marks) }
    return html
  }
}

/// Returns a length to a tenth: nobody sees less, and it is short.
func tenths(_ length: Double) -> String {
  let tenths = Int((length * 10).rounded())
  let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
}

/// About how wide a text is; characters of the East are as wide as high.
func textWidth(_ text: String) -> Double {
  text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 7 : 13) }
}

/// Returns a text cut to a width, with an ellipsis where something is gone.
func fitted(_ text: String, _ width: Double) -> String {
  if textWidth(text) <= width { return text }
  var room = width - 7
  var cut = ""
  for character in text {
    room -= textWidth(String(character))
    if room < 0 { break }
    cut.append(character)
  }
  return cut + "…"
}
