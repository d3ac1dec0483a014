import Chance
import Testing

@testable import Definition
@testable import Judging

/// Scores that accounts have of their own, from what their leads give.
@Suite("Scores of accounts")
struct OwnScoreTests {
  private static let methods = ["sum", "mean", "max", "sum", "mean"]
  private static let best = [nil, nil, nil, 2, 3]

  private func judge() throws -> Judge {
    let scores = zip(Self.methods, Self.best).enumerated().map { index, score in
      "    s\(index): { \(score.0): raw.s\(score.1.map { ", best: \($0)" } ?? "") }"
    }
    let definition = try Definition.load(
      text: scoring(
        "{ points: { view: 1 } }",
        "accounts:\n  scores:\n" + scores.joined(separator: "\n")), file: "test.yaml")
    return Judge(
      definition: definition, attributes: [], values: LogValues(), subjects: [],
      classes: ClassTable([]), asOf: 0)
  }

  /// The cells of a lead that gives some micro-points to each score, or nothing.
  private func lead(_ given: Int128?, _ layout: LeadLayout) -> [Int64] {
    var cells = [Int64](repeating: LeadLayout.absent, count: layout.rolledUpCount)
    cells[layout.scores] = 0
    guard let given else { return cells }
    for index in Self.methods.indices {
      (cells[layout.aggregates + 2 * index], cells[layout.aggregates + 2 * index + 1]) =
        ExactSums.cells(of: given)
    }
    return cells
  }

  /// The raw scores of an account of some leads, added up by workers each of which has some of them.
  private func raws(_ parts: [[Int128?]], _ judge: Judge) -> [Int64] {
    let roll = AccountRoll(judge)
    var whole = [Int64](repeating: 0, count: roll.cellCount)
    let given = GivenValues()
    whole.withUnsafeMutableBufferPointer { whole in
      let cells = whole.baseAddress.unsafelyUnwrapped
      roll.open(cells, account: 0, attributes: cells)
      for part in parts {
        var sums = [Int64](repeating: 0, count: roll.cellCount)
        let partGiven = GivenValues()
        sums.withUnsafeMutableBufferPointer { sums in
          let sums = sums.baseAddress.unsafelyUnwrapped
          for lead in part { roll.add(self.lead(lead, judge.layout), to: sums, partGiven) }
          if sums[roll.layout.leads] > 0 { roll.add(partial: sums, partGiven, to: cells, given) }
        }
      }
      roll.close(cells, given)
    }
    return Self.methods.indices.map { whole[roll.layout.ownRaws + $0] }
  }

  /// The same, worked out plainly.
  private func expected(_ leads: [Int128?]) -> [Int64] {
    zip(Self.methods, Self.best).map { method, best in
      let given = leads.compactMap { $0 }.sorted(by: >).prefix(best ?? .max)
      let sum = given.reduce(0, +)
      let bound = Int128(999_999_999_999_000_000)
      let exact: Int128? =
        switch method {
        case "sum": sum
        case "mean": given.isEmpty ? nil : roundedQuotient(sum, Int128(given.count))
        default: given.first
        }
      return exact.map { Int64(min(max($0, -bound), bound)) } ?? LeadLayout.absent
    }
  }

  @Test("they are the same however leads are dealt to workers, at the ends of numbers too")
  func parts() throws {
    let judge = try judge()
    var dice = SeededDice(seed: 7)
    // A raw at the end of numbers times the largest weight, and what is around nothing.
    let values: [Int128?] = [
      nil, 0, 1, -1, 1_500_000, -3_333_333, 1_000_000_000 * 999_999_999_999_000_000,
      -1_000_000_000 * 999_999_999_999_000_000, 999_999_999_999_000_000, 5, 5,
    ]
    for _ in 0..<300 {
      let leads = (0..<dice.below(9)).map { _ in values[dice.below(values.count)] }
      var parts = [[Int128?]](repeating: [], count: 1 + dice.below(3))
      for lead in leads { parts[dice.below(parts.count)].append(lead) }
      #expect(raws(parts, judge) == expected(leads), "\(parts)")
    }
  }

  @Test("where no lead gives anything, a sum is 0, a mean and a maximum are empty")
  func nothing() throws {
    let absent = LeadLayout.absent
    #expect(raws([[nil, nil]], try judge()) == [0, absent, absent, 0, absent])
    #expect(raws([], try judge()) == [0, absent, absent, 0, absent])
  }
}
