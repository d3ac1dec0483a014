import Definition
import Engine
import Foundation
import Notation
import TestBooks
import Testing

@testable import Trials

/// Leads that definitions leave out, in what is tried on a log.
@Suite("excluded leads in trials") struct ExcludedTests {
  private static let definition = """
    name: x
    journey: [early, late]
    interactions:
      view: { type: page_view, stage: early }
      paper: { type: download, stage: late }
    scores: { s: { points: { view: 10, paper: 1 } } }
    personas: { p: [ { name: warm, when: { score.s: { min: 20 } } }, { name: cold } ] }
    lists: { hot: { score.s: { min: 20 } } }
    accounts: { ready: { total.s: { min: 30 } } }

    """

  /// Ann and Ben were won, Cy was lost, Dan and Eve are open; Eve is one of us.
  private func book() throws -> ScratchBook {
    var lines: [String] = []
    func add(_ day: Int, _ type: String, _ lead: String, _ rest: String = "") {
      lines.append(
        #"{"id":"\#(lines.count)","time":"2026-01-\#(day < 10 ? "0" : "")\#(day)T00:00:00Z","#
          + #""type":"\#(type)","lead":"\#(lead)","account":"acme"\#(rest)}"#)
    }
    for day in 1...3 { add(day, "page_view", "ann") }
    for day in 1...2 { add(day, "page_view", "ben") }
    add(2, "download", "ben")
    add(1, "page_view", "cy")
    add(1, "download", "dan")
    for day in 1...4 { add(day, "page_view", "eve") }
    add(10, "outcome", "ann", #","outcome":"won""#)
    add(10, "outcome", "ben", #","outcome":"won""#)
    add(10, "outcome", "cy", #","outcome":"lost""#)
    add(12, "page_view", "ben")
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array((lines.joined(separator: "\n") + "\n").utf8))])
    return scratch
  }

  private func load(_ exclude: String) throws -> Definition {
    try Definition.load(text: Self.definition + exclude, file: "x")
  }

  private let asOf = eventTime("2026-02-01T00:00:00Z") ?? 0

  private func backtest(_ scratch: ScratchBook, _ exclude: String) throws -> BacktestReport {
    try Trials.backtest(BacktestPlan(Log(of: scratch.book, jobs: 2), load(exclude), asOf: asOf))
  }

  private func calibrate(
    _ scratch: ScratchBook, _ exclude: String, leads: String = "won"
  ) throws -> CalibrationReport {
    var plan = CalibrationPlan(
      Log(of: scratch.book, jobs: 2), try load(exclude), asOf: asOf, file: "x")
    plan.leads = leads
    return try Trials.calibrate(plan)
  }

  @Test("a backtest leaves out who is excluded, but knows of no outcome when it judges that")
  func backtested() throws {
    let scratch = try book()
    let all = try backtest(scratch, "")
    #expect(all.leads.all == 5 && all.leads.won == 2 && all.leads.excluded == 0)
    let staff = try backtest(scratch, "exclude: { lead: eve }")
    #expect(staff.leads.all == 4 && staff.leads.won == 2 && staff.leads.excluded == 1)
    // Those that were won are customers now, and were none when they were scored.
    let customers = try backtest(scratch, "exclude: { any: [ { outcome: won }, { lead: eve } ] }")
    #expect(customers.leads.won == 2 && customers.leads.excluded == 1)
    #expect(customers.scores.map(\.auc) == staff.scores.map(\.auc))
  }

  @Test("a backtest judges it at the time for which it takes the score")
  func atTheCutoff() throws {
    // Ben has his third view after he was won; Ann had hers before.
    let found = try backtest(try book(), "exclude: { count.view: { min: 3 } }")
    #expect(found.leads.all == 3 && found.leads.won == 1 && found.leads.excluded == 2)
  }

  @Test("of two definitions a backtest compares the leads that neither leaves out")
  func against() throws {
    let scratch = try book()
    var plan = BacktestPlan(
      Log(of: scratch.book, jobs: 1), try load("exclude: { lead: eve }"), asOf: asOf)
    plan.against = try load("exclude: { lead: dan }")
    let found = try Trials.backtest(plan)
    #expect(found.leads.all == 4)
    #expect(found.against?.differences.map(\.leads) == [3])
  }

  @Test("a calibration makes no points of who is excluded, but of who was won it does")
  func calibrated() throws {
    let scratch = try book()
    let customers = try calibrate(scratch, "exclude: { any: [ { outcome: won }, { lead: eve } ] }")
    #expect(customers.leadCount == 2 && customers.restCount == 2 && customers.average == 3)
    let busy = try calibrate(scratch, "exclude: { count.view: { min: 3 } }")
    #expect(busy.leadCount == 1 && busy.restCount == 2 && busy.average == 3)
    let listed = try calibrate(scratch, "exclude: { lead: eve }", leads: "hot")
    #expect(listed.leadCount == 2 && listed.restCount == 2)
  }

  private func replay(
    _ scratch: ScratchBook, _ exclude: String, _ path: String, _ value: String
  ) throws -> Replayed {
    let file = "\(scratch.book.root)/pipeline.yaml"
    try (Self.definition + exclude).write(toFile: file, atomically: true, encoding: .utf8)
    var plan = ReplayPlan(
      book: scratch.book, file: file, settings: [Setting(path: path, value: value)], jobs: 2)
    plan.asOf = asOf
    plan.keepsChanges = true
    return try Trials.replay(plan)
  }

  @Test("a replay tells who is left out by one side alone as new or gone")
  func replayed() throws {
    let scratch = try book()
    let found = try replay(scratch, "exclude: { lead: eve }", "exclude.lead", "[ann, cy]")
    #expect(found.report.leads.compared == 2 && found.report.leads.moved == 0)
    #expect(found.report.leads.new == 1 && found.report.leads.gone == 2)
    let rows = NamedRows(found.changes).rows.filter { $0["what"] == "lead" }
    #expect(rows.compactMap { $0["key"] } == ["ann", "cy", "eve"])
    #expect(rows.compactMap { $0["change"] } == ["gone", "gone", "new"])
  }

  @Test("where a score decides who is left out, other points bring others in and out")
  func byScore() throws {
    let scratch = try book()
    // 10 for a view leaves Ann, Ben and Eve out; 5 leaves Eve out alone.
    let found = try replay(
      scratch, "exclude: { persona.p: warm }", "scores.s.points.view", "5")
    #expect(found.report.leads.new == 2 && found.report.leads.gone == 0)
    #expect(found.report.leads.compared == 2)
    // Of both sides, accounts have only the leads that are there.
    #expect(found.report.accounts?.readyBefore == 0 && found.report.accounts?.readyAfter == 1)
  }

  @Test("a sweep counts of each value the leads that it does not leave out, and measures these")
  func swept() throws {
    let scratch = try book()
    let file = "\(scratch.book.root)/pipeline.yaml"
    try (Self.definition + "exclude: { persona.p: warm }")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let report = try Trials.sweep(
      SweepPlan(
        book: scratch.book, file: file,
        varied: [try #require(VariedValue("scores.s.points.view=0:7:7"))], asOf: asOf, jobs: 2))
    // Nobody is left out for no points; for seven Ben, with three views and a paper, and Ann and Eve.
    #expect(report.base.lists.map(\.leads) == [0])
    #expect(report.rows.map { $0.lists.map(\.leads) } == [[0], [0]])
    for (row, value) in zip(report.rows, ["0", "7"]) {
      let alone = try BacktestPlan(
        Log(of: scratch.book, jobs: 1),
        load("exclude: { persona.p: warm }").setting(
          [Setting(path: "scores.s.points.view", value: value)], file: "x"
        ).definition, asOf: asOf)
      let areas = try Trials.backtest(alone).scores.compactMap(\.auc)
      #expect(row.auc?.map(\.auc) == areas, "\(value)")
    }
  }
}
