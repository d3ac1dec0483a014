import Audit
import Definition
import Foundation
import Judging
import Notation
import TestBooks
import Testing

/// Explanations whose contributions are numbers until somebody looks at them.
@Suite struct ExplanationJSONTests {
  private static let definition = """
    name: all
    interactions:
      order: { type: order }
      view: { type: view, stage: read }
    journey: [read]
    scores:
      made:
        points:
          order: { points: { of: amount, times: 0.333333, max: 50 }, limit: 1, per: 24h, each: shop }
      aged:
        half_life: 7d
        points:
          view: { points: 3, once_per: path, expires: 20d }
          order: { points: -2, fade: 30d }
      none: { points: { view: { points: 1, expires: 1d } } }
      blend: { blend: { score.made: 1 } }
    """

  private func explanation() throws -> Explanation {
    let scratch = try ScratchBook()
    var lines = ""
    for number in 0..<300 {
      let odd = [#"\u0007\"\\/\n"#, "ä日本", #"\u202e\u007f\u2028"#, "plain"][number % 4]
      let hours = (number / 10, number % 10)
      let type = number % 3 == 0 ? "order" : "view"
      let amount = [#""12.50""#, "129.9", #""much""#, "null"][number / 3 % 4]
      lines +=
        #"{"id":"\#(odd)\#(number)","time":"2026-01-\#(hours.0 < 9 ? "0" : "")\#(hours.0 + 1)T0\#(hours.1):00:00.5Z","#
        + #""type":"\#(type)","lead":"ada","amount":\#(amount),"shop":"\#(odd)","path":"/\#(odd)/\#(number % 40)"}"#
        + "\n"
    }
    try scratch.writeLog([("1 ä.ndjson", Array(lines.utf8))])
    let definition = try Definition.load(text: Self.definition, file: "d.yaml")
    let asOf = try #require(eventTime("2026-02-01T00:00:00Z"))
    return try explain(
      ExplainPlan(
        book: scratch.book,
        subject: AuditSubject(definition: definition, asOf: asOf, knownAt: nil), lead: "ada"))
  }

  @Test("contributions written apart are what an encoder writes of the whole, to the byte")
  func asEncoded() throws {
    let explanation = try explanation()
    #expect(explanation.scores.map(\.contributions.count) == [100, 300, 200, 0])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let whole = try encoder.encode(explanation) + Data("\n".utf8)
    for size in [1, 7, 4096] {
      let json = try ExplanationJSON(explanation, mark: "a mark that nobody else makes")
      #expect(json.pieces.count == 3)
      var text: [UInt8] = []
      for (before, contributions) in json.pieces {
        text += before
        for first in stride(from: 0, to: contributions.count, by: size) {
          contributions.appendJSON(first..<min(first + size, contributions.count), to: &text)
        }
      }
      text += json.end
      #expect(text == Array(whole), "\(size) at a time")
    }
  }

  @Test("whatever part of the contributions is looked at, sums are those of all before")
  func sums() throws {
    for score in try explanation().scores {
      var sum: Int128 = 0
      var sums: [Int128] = []
      for item in score.contributions {
        sum += Int128(item.value)
        sums.append(sum)
        #expect(item.sum == sum)
      }
      for range in [0..<sums.count, 63..<64, 63..<66, 64..<65, 100..<100] where !sums.isEmpty {
        var found: [Int128] = []
        score.contributions.forEach(in: range) { found.append($0.sum) }
        #expect(found == Array(sums[range]))
        if let last = range.last { #expect(score.contributions[last].sum == sums[last]) }
      }
    }
  }

  @Test("a contribution is kept as numbers, in no more memory than its event")
  func memory() {
    func isNumbers<Value: BitwiseCopyable>(_: Value.Type) -> Bool { true }
    #expect(isNumbers(Contribution.self))
    #expect(MemoryLayout<Contribution>.stride <= 32)
    #expect(MemoryLayout<Contribution>.stride <= MemoryLayout<HistoryEvent>.stride)
  }
}
