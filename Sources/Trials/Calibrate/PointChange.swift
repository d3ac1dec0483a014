import Files
import Notation

/// What the sales team says about the points of an interaction: `pricing-view=+2`, or `pricing-view=10`.
package struct PointChange: Sendable, Equatable {
  package var interaction: String
  /// Micro-points.
  package var points: Micropoints
  /// Whether they are added to what the tallies say, or take their place.
  package var isChange: Bool

  /// Takes a text apart; nil where it is something else, or has more than six decimals.
  package init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    let value = text[text.index(after: equals)...]
    guard let first = value.first, first.isASCII, value.last?.isNumber ?? false,
      let number = Double(String(value)), abs(number) <= 1_000_000
    else { return nil }
    let exact = (number * 1e6).rounded()
    guard abs(exact - number * 1e6) < 1e-3 else { return nil }
    interaction = String(text[..<equals])
    points = Micropoints(exact)
    isChange = first == "+" || first == "-"
  }

  func applied(to points: Micropoints) -> Micropoints {
    isChange ? points + self.points : self.points
  }
}
