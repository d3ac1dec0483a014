import Notation
import Testing

@testable import Definition

@Suite("predicates") struct PredicateTests {
  typealias Part = Predicate.Part
  typealias Row = (parts: [Part], value: Scalar?, holds: Bool)

  static let equality: [Row] = [
    ([.oneOf([.text(Glob("VP*"))])], .text("vp sales"), true),
    ([.oneOf([.text(Glob("VP*"))])], .text("svp"), false),
    ([.oneOf([.text(Glob("a")), .text(Glob("b"))])], .text("B"), true),
    ([.oneOf([.text(Glob("a")), .text(Glob("b"))])], .text("c"), false),
    ([.oneOf([.number(5)])], .number(5), true),
    ([.oneOf([.number(5)])], .number(5.5), false),
    ([.oneOf([.number(5)])], .text("5.0"), true),
    ([.oneOf([.number(5)])], .text("5e0"), true),
    ([.oneOf([.number(5)])], .text(" 5"), false),
    ([.oneOf([.number(5)])], .text("05"), false),
    ([.oneOf([.number(1)])], .bool(true), false),
    ([.oneOf([.number(0)])], .number(-0.0), true),
    ([.oneOf([.text(Glob("5"))])], .number(5), true),
    ([.oneOf([.text(Glob("5"))])], .text("5.0"), false),
    ([.oneOf([.text(Glob("5.0"))])], .number(5), false),
    ([.oneOf([.text(Glob("0.5*"))])], .number(0.55), true),
    ([.oneOf([.text(Glob("0"))])], .number(-0.0), true),
    ([.oneOf([.text(Glob("TRUE"))])], .bool(true), true),
    ([.oneOf([.text(Glob("t*"))])], .bool(false), false),
    ([.oneOf([.bool(true)])], .bool(true), true),
    ([.oneOf([.bool(true)])], .bool(false), false),
    ([.oneOf([.bool(true)])], .text("True"), true),
    ([.oneOf([.bool(false)])], .text("FALSE"), true),
    ([.oneOf([.bool(true)])], .text("yes"), false),
    ([.oneOf([.bool(true)])], .number(1), false),
  ]

  static let bounds: [Row] = [
    ([.min(2)], .number(2), true), ([.min(2)], .number(1.9), false),
    ([.max(2)], .number(2), true), ([.max(2)], .number(2.1), false),
    ([.above(2)], .number(2), false), ([.above(2)], .number(2.1), true),
    ([.below(2)], .number(2), false), ([.below(2)], .number(1), true),
    ([.min(2)], .text("1e1"), true), ([.min(2)], .text("10 "), false),
    ([.min(2)], .text("1e999"), false), ([.max(2)], .text("-1e999"), false),
    ([.min(0)], .bool(true), false), ([.max(9)], .text("many"), false),
    ([.max(9)], .text(""), false),
    ([.min(1), .max(3)], .number(3), true), ([.min(1), .max(3)], .number(4), false),
    ([.min(1), .max(3)], .number(0), false),
  ]

  static let absence: [Row] = [
    ([.exists(true)], .text(""), true), ([.exists(true)], .bool(false), true),
    ([.exists(true)], nil, false), ([.exists(false)], nil, true),
    ([.exists(false)], .number(0), false), ([.oneOf([.text(Glob("*"))])], nil, false),
    ([.oneOf([.text(Glob("*"))])], .text(""), true), ([.oneOf([.bool(false)])], nil, false),
    ([.oneOf([.number(0)])], nil, false), ([.min(0)], nil, false), ([.max(0)], nil, false),
    ([.above(0)], nil, false), ([.below(0)], nil, false),
  ]

  @Test("a value meets a predicate as the contract says", arguments: equality + bounds + absence)
  func holds(row: Row) {
    #expect(Predicate(row.parts).holds(for: row.value) == row.holds)
  }

  @Test("conditions nest, and not around a test that an absent subject fails holds")
  func nesting() {
    func test(_ name: String) -> Condition<EventSubject> {
      .test(.member(name), Predicate([.oneOf([.text(Glob("yes"))])]))
    }
    let values = ["a": Scalar.text("yes"), "b": .text("no")]
    func holds(_ condition: Condition<EventSubject>) -> Bool {
      condition.holds { subject in
        guard case .member(let name) = subject else { return nil }
        return values[name]
      }
    }
    #expect(holds(test("a")))
    #expect(!holds(test("b")))
    #expect(holds(.not(test("c"))))
    #expect(!holds(.not(test("a"))))
    #expect(holds(.any([test("b"), test("a")])))
    #expect(!holds(.all([test("b"), test("a")])))
    #expect(holds(.all([test("a"), .not(.any([test("b"), test("c")]))])))
    #expect(!holds(.any([])))
    #expect(holds(.all([])))
  }

  @Test("a condition names each of its subjects once, in order of appearance")
  func subjects() {
    let any = Predicate([.exists(true)])
    let condition: Condition<EventSubject> = .all([
      .test(.member("b"), any), .not(.any([.test(.field("a"), any), .test(.member("b"), any)])),
      .test(.member("a"), any),
    ])
    #expect(condition.subjects == [.member("b"), .field("a"), .member("a")])
  }
}
