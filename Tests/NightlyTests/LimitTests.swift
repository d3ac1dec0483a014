import Audit
import Definition
import Engine
import EventLog
import Foundation
import Nightly
import Notation
import Snapshots
import TestBooks
import Testing
import Trials

/// Numbers at their limits, from the log to every report: none traps, and a held number says so.
@Suite("Limits of numbers") struct LimitTests {
  private static let most: Int64 = 999_999_999_999

  /// Three leads of one account, and one of none.
  private static let log = """
    {"id":"1","time":"2026-01-01T00:00:00Z","type":"view","lead":"a","account":"acme"}
    {"id":"2","time":"2026-01-01T00:00:00Z","type":"view","lead":"b","account":"acme"}
    {"id":"3","time":"2026-01-01T00:00:00Z","type":"buy","lead":"c","account":"acme"}
    {"id":"4","time":"2026-01-01T00:00:00Z","type":"buy","lead":"d"}

    """

  /// Silence brings a billion points a minute: 44,640 billion in the month up to the as-of.
  private static func definition(_ points: String) -> String {
    """
    name: large
    interactions: { view: { type: view }, buy: { type: buy } }
    grades:
      fit: { letters: { A: 50, F: 0 }, criteria: [ { attribute: size, weight: 1000000000, values: [ { min: 1, value: 100 } ] } ] }
    scores:
      silence: { points: { view: 1, buy: 2 }, inactivity: { after: 1m, points: \(points), every: 1m } }
      bought: { points: { buy: \(points) } }
      mixed: { blend: { score.silence: 1000000000, percent.fit: 1000000000 } }
    lists:
      there: { raw.silence: { exists: true }, raw.mixed: { exists: true } }
    accounts: { ready: { total.silence: { min: 999999999999 } } }
    """
  }

  private static let asOf = "2026-02-01T00:00:00Z"

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(Self.log.utf8))])
    return scratch
  }

  @Test("a run tells what a number comes to up to where numbers end, and how many are held")
  func runs() throws {
    let scratch = try book()
    let (report, files) = try scratch.run(
      definition: Self.definition("1000000000"), asOf: Self.asOf)
    let leads = NamedRows(files["leads.csv"] ?? []).rows
    #expect(leads.map { $0["raw.silence"] } == [String?](repeating: "\(Self.most)", count: 4))
    #expect(leads.map { $0["score.mixed"] } == [String?](repeating: "\(Self.most)", count: 4))
    #expect(leads.map { $0["raw.bought"] } == ["0", "0", "1000000000", "1000000000"])
    #expect(NamedRows(files["lists/there.csv"] ?? []).rows.count == 4)
    let account = try #require(NamedRows(files["accounts.csv"] ?? []).rows.first)
    #expect(account["total.silence"] == "\(Self.most)")
    #expect(account["mean.silence"] == "\(Self.most)")
    #expect(account["total.bought"] == "1000000000")
    #expect(account["mean.bought"] == "333333333.33")
    #expect(account["ready"] == "true")
    #expect(
      report.summary.held.leads == ["raw.silence": 4, "raw.mixed": 4, "raw.bought": 0])
    #expect(
      report.summary.held.accounts == ["total.silence": 1, "total.mixed": 1, "total.bought": 0])
  }

  @Test(
    "an explanation shows the hold as the last adjustment, and the sums before it to the last digit"
  )
  func explains() throws {
    let scratch = try book()
    _ = try scratch.run(definition: Self.definition("-1000000000"), asOf: Self.asOf)
    let subject = try AuditSubject(snapshot: "latest", of: scratch.book)
    let lead = try explain(ExplainPlan(book: scratch.book, subject: subject, lead: "a"))
    #expect(lead.snapshot?.isEqual == true)
    let silence = lead.scores[0]
    let sum = -Int128(44_640) * 1_000_000_000_000_000 + 1_000_000
    #expect(silence.adjustments.map(\.kind) == ["inactivity", "hold"])
    #expect(silence.adjustments.map(\.sum) == [sum, -Int128(Self.most) * 1_000_000])
    #expect(silence.adjustments[1].value == -Int128(Self.most) * 1_000_000 - sum)
    let mixed = lead.scores[2]
    #expect(mixed.adjustments.map(\.kind) == ["blend", "hold"])
    // The weight of the percent that nobody knows is the other one's, too.
    #expect(mixed.adjustments[0].value == -Int128(Self.most) * 2_000_000_000_000_000)

    let account = try explain(account: "acme", of: scratch.book, subject)
    #expect(account.snapshot?.isEqual == true)
    let total = account.totals[0]
    #expect(total.total == -Self.most)
    #expect(total.held == Int128(Self.most) * 2)
    #expect(total.mean == -Self.most * 100)
    #expect(account.totals[1].held == nil)
  }

  @Test("a ledger and a recomputation of held numbers add up")
  func reproduces() throws {
    let scratch = try book()
    let definition = try Definition.load(text: Self.definition("-1000000000"), file: "d.yaml")
    var plan = RunPlan(
      Log(of: scratch.book), definition, asOf: try #require(eventTime(Self.asOf)))
    plan.wantsLedger = true
    let snapshot = try Nightly.run(plan).snapshot
    let found = try reproduce(snapshot: "latest", of: scratch.book, addsUp: true)
    #expect(found.isSame)
    #expect(found.leadsAddedUp == 4)
    var ledger: [UInt8] = []
    try readLines(of: Segment(input: "\(snapshot)/ledger.csv.gz")) { ledger += Array($0.bytes) }
    let holds = NamedRows(ledger).rows.filter { $0["kind"] == "hold" }
    #expect(holds.map { $0["lead"] } == ["a", "a", "b", "b", "c", "c", "d", "d"])
    // 44,640,000,000,000 less one point for the view, and 2,000,000,000 x 999,999,999,999.
    #expect(holds[0]["value"] == "43640000000000")
    #expect(holds[1]["value"] == "1999999998998000000001")
  }

  @Test(
    "a diff of sums that no 64 bits hold adds up, lead by lead, account by account and over all")
  func differs() throws {
    let scratch = try book()
    _ = try scratch.run(definition: Self.definition("1000000000"), asOf: Self.asOf)
    let from = try AuditSubject(snapshot: "latest", of: scratch.book)
    var to = from
    to.definition = try Definition.load(text: Self.definition("-1000000000"), file: "d.yaml")
    to.snapshot = nil
    let report = try diff(DiffPlan(book: scratch.book, from: from, to: to))
    #expect(report.unreproduced.isEmpty)
    func sum(_ score: String, _ part: DiffPart) -> Int128 {
      report.causes.reduce(0) {
        $0 + ($1.score == score && $1.part == part ? $1.micropoints : 0)
      }
    }
    let silence = -Int128(4 * 2 * 44_640) * 1_000_000_000_000_000
    #expect(sum("silence", .inactivity) == silence)
    #expect(sum("silence", .hold) == -silence - Int128(4 * 2 * Self.most) * 1_000_000)
    #expect(report.changes.count == 4)
    for change in report.changes {
      for score in change.scores {
        #expect(
          score.causes.reduce(Int128(0)) { $0 + $1.micropoints }
            == Int128((score.to ?? 0) - (score.from ?? 0)) * 1_000_000)
      }
    }
    let total = try #require(report.accounts.first?.totals.first { $0.score == "silence" })
    #expect((total.from, total.to) == (Self.most, -Self.most))
    #expect(total.held == Int128(Self.most) * 4)
    #expect(
      total.causes.reduce(total.held * 1_000_000) { $0 + $1.micropoints }
        == Int128(total.to - total.from) * 1_000_000)
    let text = String(decoding: try stableJSON(report), as: UTF8.self)
    #expect(text.contains("\"micropoints\" : \(silence),\n"))
  }

  @Test("a replay of numbers at their limits names the hold among what moves a lead")
  func replays() throws {
    let scratch = try book()
    let file = "\(scratch.book.root)/d.yaml"
    try Data(Self.definition("1000000000").utf8).write(to: URL(fileURLWithPath: file))
    var plan = ReplayPlan(
      book: scratch.book, file: file,
      settings: [Setting(path: "scores.silence.inactivity.points", value: "-1000000000")])
    plan.asOf = eventTime(Self.asOf)
    let report = try replay(plan).report
    let mover = try #require(report.scores[0].movers.first)
    #expect((mover.before, mover.after) == (Self.most, -Self.most))
    #expect(mover.parts.map(\.part) == ["inactivity", "hold"])
    #expect(mover.parts.map(\.before) == [44_640_000_000_000, -43_640_000_000_002])
    #expect(mover.parts.map(\.after) == [-44_640_000_000_000, 43_640_000_000_000])
    #expect(report.accounts?.readyBefore == 1)
    #expect(report.accounts?.readyAfter == 0)
  }
}
