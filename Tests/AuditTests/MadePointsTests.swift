import Audit
import Definition
import Engine
import EventLog
import Foundation
import Nightly
import Notation
import TestBooks
import Testing

/// What is told of points that are made of values, of limits for each value, of personas by points, and of answers
/// that have grown old.
@Suite struct MadePointsTests {
  private static let definition = """
    name: orders
    interactions:
      order: { type: order }
    scores:
      revenue:
        points:
          order: { points: { of: amount, times: 0.5, max: 50 }, limit: 1, per: 24h, each: shop }
    nps: { answers: { type: answer }, value: fields.q, scale: [0, 10], within: 10d }
    personas:
      size:
        highest: { money: score.revenue, activity: activities }
        gap: 2
    """

  private static let events = """
    {"id":"1","time":"2026-01-10T09:00:00Z","type":"order","lead":"ada","amount":129.90,"shop":"x"}
    {"id":"2","time":"2026-01-10T10:00:00Z","type":"order","lead":"ada","amount":"10.50","shop":"x"}
    {"id":"3","time":"2026-01-10T11:00:00Z","type":"order","lead":"ada","amount":"10.50"}
    {"id":"4","time":"2026-01-10T12:00:00Z","type":"order","lead":"ada","amount":"much","shop":"z"}
    {"id":"5","time":"2026-01-10T13:00:00Z","type":"order","lead":"ada","shop":"z"}
    {"id":"6","time":"2026-01-22T00:00:00Z","type":"answer","lead":"ada","fields":{"q":9}}

    """

  private let scratch: ScratchBook
  private let report: RunReport

  init() throws {
    scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", Array(Self.events.utf8))])
    let definition = try Definition.load(text: Self.definition, file: "orders.yaml")
    var plan = RunPlan(
      Log(of: scratch.book), definition, asOf: try #require(eventTime("2026-02-01T00:00:00Z")))
    plan.wantsLedger = true
    report = try Nightly.run(plan)
  }

  @Test("explain shows value and product, and why an occurrence has none")
  func explained() throws {
    let subject = try AuditSubject(snapshot: "latest", of: scratch.book)
    let explanation = try explain(
      ExplainPlan(book: scratch.book, subject: subject, lead: "ada"))
    #expect(explanation.snapshot?.isEqual == true)
    let items = explanation.scores[0].contributions
    #expect(items.map(\.points) == [50_000_000, 5_250_000, 5_250_000, nil, nil])
    #expect(items.map(\.made?.value) == ["129.9", "10.50", "10.50", nil, nil])
    #expect(items.map(\.made?.product) == [64_950_000, 5_250_000, 5_250_000, nil, nil])
    #expect(items.map(\.made?.held) == [50_000_000, nil, nil, nil, nil])
    #expect(items.allSatisfy { $0.made?.of == "amount" && $0.made?.times == 500_000 })
    #expect(items.map(\.held) == [nil, "limit", nil, "no_value", "no_value"])
    #expect(
      items.map(\.reason) == [
        nil, "at most 1 in 1d for shop 'x'", nil, "amount is 'much', which is no number",
        "amount is absent",
      ])
    #expect(items.map(\.sum) == [50_000_000, 50_000_000, 55_250_000, 55_250_000, 55_250_000])
    let size = explanation.personas[0]
    #expect(size.persona == "money")
    #expect(size.choice == "the highest, above 0 and at least 2 above every other")
    #expect(size.asked.flatMap(\.tests).map(\.value) == ["55", "5"])
    #expect(size.asked.map(\.holds) == [true, false])
    #expect(explanation.netPromoter?.answer == nil)
    #expect(explanation.netPromoter?.event?.id == "6")
    #expect(explanation.netPromoter?.expired == "10d")
  }

  @Test("the ledger has each event's id, what its value came to, and no_value where there is none")
  func ledger() throws {
    var text: [UInt8] = []
    try readLines(of: Segment(input: "\(report.snapshot)/ledger.csv.gz")) {
      text += Array($0.bytes)
    }
    let rows = NamedRows(text).rows
    #expect(rows.map { $0["id"] } == ["1", "2", "3", "4", "5"])
    #expect(rows.map { $0["points"] } == ["50", "5.25", "5.25", "", ""])
    #expect(rows.map { $0["held"] } == ["", "limit", "", "no_value", "no_value"])
    #expect(rows.map { $0["value"] } == ["50", "0", "5.25", "0", "0"])
  }

  @Test("a summary counts occurrences = counted + repeat + limit + no_value")
  func summary() throws {
    let rule = try #require(report.summary.scores["revenue"]?.rules["order"])
    #expect(
      [rule.occurrences, rule.counted, rule.repeat, rule.limit, rule.noValue]
        == [5, 2, 0, 1, 2])
  }

  @Test("history tells the millisecond in which an answer grows old, and that it is time passing")
  func grownOld() throws {
    let text = Self.definition + "\nlists:\n  thank: { nps: { min: 9 } }\n"
    let definition = try Definition.load(text: text, file: "orders.yaml")
    let asOf = try #require(eventTime("2026-03-01T00:00:00Z"))
    let report = try history(
      HistoryPlan(
        book: scratch.book, subject: AuditSubject(definition: definition, asOf: asOf, knownAt: nil),
        who: .lead("ada"), step: .month, jobs: 1))
    let crossings = report.crossings.filter { $0.what == "list.thank" }
    #expect(crossings.map(\.time) == ["2026-01-22T00:00:00.000Z", "2026-02-01T00:00:00.000Z"])
    #expect(crossings.map(\.to) == ["in", nil])
    #expect(crossings.last?.causes.isEmpty == true)
  }
}
