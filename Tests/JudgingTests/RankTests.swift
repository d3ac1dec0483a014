import Definition
import Testing

@testable import Judging

@Suite("ranks") struct RankTests {
  @Test("numbers by value, numeric text too, then text by its folded bytes; equals are equal")
  func order() {
    let values: [Scalar] = [
      .text("b"), .text("A"), .number(2), .text("10"), .text("a"), .bool(true), .text("-1.5"),
      .number(10), .text("é"), .text("z"), .text("02"),
    ]
    #expect(ranks(of: values) == [5, 4, 1, 2, 4, 6, 0, 2, 8, 7, 3])
  }

  @Test("numbers are compared exactly")
  func exact() {
    #expect(ranks(of: [.number(0.1), .number(0.1.nextUp), .number(0.1.nextDown)]) == [1, 2, 0])
    #expect(
      ranks(of: [.number(1e300), .number(-1e300), .number(.leastNonzeroMagnitude), .number(0)]) == [
        3, 0, 2, 1,
      ])
    #expect(ranks(of: []).isEmpty)
  }
}
