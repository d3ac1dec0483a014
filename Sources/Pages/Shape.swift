/// A picture of numbers.
package protocol Shape: Sendable {
  /// A sentence that says what it shows.
  var title: String { get }
  /// What it says, as a table.
  var numbers: PageTable { get }
  func drawing(width: Double) -> Canvas
}

/// Returns a shape as a figure: drawn for wide and for narrow screens, its numbers as a table under it.
package func figure(_ shape: some Shape) -> HTML {
  var html = HTML()
  html.add("figure") { figure in
    figure.add("figcaption", text: shape.title)
    figure.add(shape.drawing(width: 540).html(title: shape.title, "wide"))
    figure.add(shape.drawing(width: 300).html(title: shape.title, "narrow"))
    figure.add("details") { details in
      details.add("summary", text: "Numbers as a table")
      details.add(shape.numbers.html)
    }
  }
  return html
}

/// Returns a shape alone as a file, for pages that are no HTML; it has the page's colours of light.
package func pictureFile(_ shape: some Shape) -> [UInt8] {
  let canvas = shape.drawing(width: 540)
  var html = HTML()
  html.add(
    "svg", Attribute("xmlns", "http://www.w3.org/2000/svg"), Attribute("role", "img"),
    Attribute("aria-label", shape.title),
    Attribute("viewBox", "0 0 \(tenths(canvas.width)) \(tenths(canvas.height + 2))"),
    Attribute("width", tenths(canvas.width)), Attribute("height", tenths(canvas.height + 2))
  ) { picture in
    picture.add("style") { $0.add(literal: pictureStyle) }
    picture.add(
      "rect", .class("paper"), Attribute("width", "100%"), Attribute("height", "100%")
    ) { _ in }
    picture.add(canvas.marks)
  }
  return html.bytes + [UInt8(ascii: "\n")]
}

/// Where a shape has room for its labels: beside its marks, or over them where it is narrow.
func isNarrow(_ width: Double) -> Bool { width < 400 }
