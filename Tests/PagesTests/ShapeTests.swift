import Notation
import Pages
import Testing

@Suite("Shapes") struct ShapeTests {
  private let clock = ReaderClock(timezone: "UTC", asOf: 1_800_000_000_000)

  /// One of each, with a name that is markup where it takes one.
  private func shapes(_ name: String, _ count: Int) -> [any Shape] {
    let amounts = (0..<count).map { $0 * $0 * 37 - 5 }
    let counts = amounts.map { max($0, 0) }
    return [
      Bars(
        "Bars.", amounts.map { .init(name, $0, heldBack: max($0, 0)) }, heads: ("Rule", "Points")),
      Histogram(
        "Values.",
        Dictionary(uniqueKeysWithValues: counts.enumerated().map { (Int64($0 * 7), $1) }),
        bounds: [.init(at: 3, name: name)], heads: ("Value", "Leads")),
      CountMap(
        "Map.", rows: counts.map { _ in name }, columns: [name, name],
        counts: counts.map { [$0, 0] },
        corners: .init(topLeft: name, topRight: name, bottomRight: name),
        heads: ("Fit", "Interest")),
      Funnel(
        "Funnel.", counts.map { .init(name, leads: $0, interactions: 2, daysMedian: "3 days") }),
      Waterfall(
        "Causes.", from: (name, 10_000_000), amounts.map { .init(name, Int128($0) * 1_000_000) },
        to: name),
      LineChart(
        "Line.", counts.enumerated().map { .init(Milliseconds($0) * 86_400_000, Double($1)) },
        clock,
        heads: ("Day", "Score")),
    ]
  }

  @Test(
    "a shape draws no markup from data, at any size, and tells its numbers",
    arguments: [0, 1, 3, 40])
  func drawing(count: Int) {
    for shape in shapes("<script>x</script>\u{202E}", count) {
      let html = figure(shape).text
      #expect(!html.contains("<script"))
      #expect(!html.unicodeScalars.contains("\u{202E}"))
      #expect(html.contains("<figcaption>\(shape.title)</figcaption>"))
      #expect(html.contains("Numbers as a table"))
      #expect(html.components(between: "<svg", and: "</svg>").count == 2)
      #expect(!html.contains("nan") && !html.contains("inf\""))
    }
  }

  @Test("nothing is drawn to the left or above, and no box has less than no size")
  func within() {
    for shape in shapes("a name that is long enough to be cut somewhere", 12) {
      let html = String(decoding: pictureFile(shape), as: UTF8.self) + figure(shape).text
      for name in ["x", "y", "width", "height"] {
        let values = html.components(between: " \(name)=\"", and: "\"").filter { $0 != "100%" }
        #expect(values.count > 1)
        #expect(values.allSatisfy { Double($0).map { $0 >= 0 } == true }, "\(shape.title) \(name)")
      }
    }
  }

  @Test("values are counted in round steps, all of them")
  func histogram() {
    let values: [Int64: Int] = [-3: 2, 0: 100, 31: 4, 76: 1, 100: 8]
    let shape = Histogram(
      "V.", values, bounds: [.init(at: 31, name: "medium"), .init(at: 500, name: "beyond")],
      heads: ("Value", "Leads"))
    let rows = shape.numbers.rows
    #expect(rows.first?[0].text == "−5 to −1")
    #expect(rows.first?[1].text == "2")
    #expect(rows.compactMap { Int($0[1].text) }.reduce(0, +) == 115)
    #expect(rows.contains { $0[0].text == "30 to 34" && $0[1].text == "4" })
    #expect(shape.isByRoots)
    let html = figure(shape).text
    #expect(html.contains(">medium<") && !html.contains("beyond"))
    let extremes = Histogram(
      "V.", [.min: 1, .max: 1], bounds: [], heads: ("Value", "Leads"))
    #expect(extremes.numbers.rows.compactMap { Int($0[1].text) }.reduce(0, +) == 2)
  }

  @Test("the causes of a change lead from one number to the other")
  func waterfall() {
    let shape = Waterfall(
      "C.", from: ("25 Oct", 100_000_000), [.init("new", 30_500_000), .init("time", -4_000_000)],
      to: "1 Nov")
    #expect(
      shape.numbers.rows.map { $0.map(\.text) } == [
        ["25 Oct", "100"], ["new", "+31"], ["time", "−4"], ["1 Nov", "127"],
      ])
  }

  @Test("a line with steps stays where it was until something happens")
  func steps() {
    var line = LineChart(
      "L.", [.init(0, 0), .init(86_400_000, 10)], clock, heads: ("Day", "Score"))
    func path() -> String { figure(line).text.components(between: " d=\"", and: "\"").first ?? "" }
    #expect(path().filter { $0 == "L" }.count == 1)
    line.isStepped = true
    #expect(path().filter { $0 == "L" }.count == 2)
    #expect(line.numbers.rows.map { $0[1].text } == ["0", "10"])
  }

  @Test("a funnel tells how many go on")
  func funnel() {
    let shape = Funnel(
      "F.",
      [
        .init("a", leads: 2909, interactions: 5),
        .init("b", leads: 2087, interactions: 4, daysMedian: "3 days"),
      ])
    #expect(shape.numbers.rows[1].map(\.text) == ["b", "2,087", "72%", "3 days", "4"])
    #expect(figure(shape).text.contains("▼ 72% go on, half of them within 3 days"))
  }

  @Test(
    "text is read on every shade that carries a number, and on both papers, with a contrast of 4.5")
  func contrasts() throws {
    let style = pageStyle.description
    let schemes = style.components(between: ":root {", and: "}")
    #expect(schemes.count == 3)
    for scheme in schemes {
      func colour(_ name: String) throws -> Double {
        let text = try #require(scheme.components(between: "--\(name): #", and: ";").first)
        return luminance(text)
      }
      func contrast(_ one: String, _ other: String) throws -> Double {
        let (a, b) = (try colour(one), try colour(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
      }
      for shade in 1...7 {
        let ratio = try contrast("s\(shade)", shade <= 4 ? "i1" : "i2")
        #expect(ratio >= 4.5, "s\(shade): \(ratio)")
      }
      for text in ["ink", "aside", "more", "less"] {
        for paper in ["paper", "page"] {
          #expect(try contrast(text, paper) >= 4.5, "\(text) on \(paper)")
        }
      }
      #expect(try contrast("paper", "more") >= 4.5)
    }
  }

  private func luminance(_ hex: String) -> Double {
    let digits = hex.count == 3 ? hex.flatMap { [$0, $0] } : Array(hex)
    let parts = stride(from: 0, to: 6, by: 2).map { place -> Double in
      let value = Double(UInt8(String(digits[place...place + 1]), radix: 16) ?? 0) / 255
      return value <= 0.03928 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    return parts[0] * 0.2126 + parts[1] * 0.7152 + parts[2] * 0.0722
  }

  /// To the power of 2.4: the square, times the root that is found by halving.
  private func power(_ base: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if middle * middle * middle * middle * middle < base * base {
        low = middle
      } else {
        high = middle
      }
    }
    return base * base * low
  }
}
