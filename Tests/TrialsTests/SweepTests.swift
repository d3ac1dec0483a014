import Definition
import Foundation
import Notation
import Reference
import TestBooks
import Testing

@testable import Engine
@testable import Trials

/// Sweeps against replays, and rules whose use is known.
@Suite("sweep") struct SweepTests {
  private static let definition = """
    name: swept
    interactions:
      view: { type: page_view }
      deep: { type: page_view, path: "/deep" }
      demo: { type: form_fill }
      never: { type: nothing_of_the_kind }
    scores:
      heat:
        points:
          view: 10
          deep: { points: 5, cap: 5 }
          demo: 20
          never: 7
      shadow:
        range: [0, 1]
        points: { demo: 30, view: { points: 1, limit: 1 } }
    personas:
      warmth:
        - { name: hot, when: { score.heat: { min: 40 } } }
        - { name: cold }
    lists:
      call: { score.heat: { min: 30 } }
    accounts:
      ready: { total.heat: { min: 30 } }
      lists: { warm: { max.heat: { min: 30 } } }
    """

  /// Three leads: with views alone, with a demo too, with deep views beyond their cap.
  private func book() throws -> (ScratchBook, file: String) {
    var lines: [String] = []
    func add(_ type: String, _ lead: String, _ rest: String = "") {
      lines.append(
        #"{"id":"\#(lines.count)","time":"2026-03-01T00:00:00Z","type":"\#(type)","lead":"\#(lead)","account":"acme"\#(rest)}"#
      )
    }
    for _ in 0..<2 { add("page_view", "ann") }
    add("page_view", "ben")
    add("form_fill", "ben")
    for _ in 0..<2 { add("page_view", "cy", #","path":"/deep""#) }
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(lines.joined(separator: "\n").utf8))])
    let file = "\(scratch.book.root)/pipeline.yaml"
    try Self.definition.write(toFile: file, atomically: true, encoding: .utf8)
    return (scratch, file)
  }

  private let asOf: Milliseconds = 1_772_500_000_000

  private func plan(_ vary: String...) throws -> (SweepPlan, ScratchBook) {
    let (scratch, file) = try book()
    let varied = vary.compactMap(VariedValue.init)
    #expect(varied.count == vary.count)
    return (SweepPlan(book: scratch.book, file: file, varied: varied, asOf: asOf), scratch)
  }

  @Test("each row is what a replay with that value reports, and the base is the file's")
  func rowsAreReplays() throws {
    let (plan, scratch) = try plan(
      "scores.heat.points.view=0:20:5", "lists.call.score.heat.min=10:40:10")
    let report = try sweep(plan)
    #expect(report.rows.count == 20)
    #expect(report.base.values == ["10", "30"])
    #expect(report.base.lists.map(\.leads) == [1])
    #expect(report.base.readyAccounts == 1)
    #expect(report.base.accountLists.map(\.leads) == [1])
    #expect(Set(report.rows.map { $0.accountLists[0].leads }) == [0, 1])
    for row in report.rows {
      var one = ReplayPlan(
        book: scratch.book, file: plan.file,
        settings: zip(report.paths, row.values).map { Setting(path: $0, value: $1 ?? "") })
      one.asOf = asOf
      let replayed = try replay(one).report
      #expect(row.moved == replayed.leads.moved, "\(row.values)")
      #expect(row.lists.map(\.leads) == replayed.lists.map(\.after), "\(row.values)")
      #expect(row.lists.map(\.entering) == replayed.lists.map(\.entering), "\(row.values)")
      #expect(row.personas.map(\.leads) == replayed.personas.map(\.leads), "\(row.values)")
      #expect(row.readyAccounts == replayed.accounts?.readyAfter, "\(row.values)")
      #expect(row.accountLists.map(\.leads) == replayed.accountLists.map(\.after))
      #expect(row.accountLists.map(\.leaving) == replayed.accountLists.map(\.leaving))
    }
  }

  @Test("rules that never match, are always capped or change nothing are told")
  func sensitivity() throws {
    let (plan, scratch) = try plan()
    let report = try Trials.sensitivity(plan, by: 1_000_000)
    withExtendedLifetime(scratch) {}
    func rule(_ score: String, _ name: String) throws -> SensitivityReport.Rule {
      try #require(report.rules.first { $0.score == score && $0.interaction == name })
    }
    let never = try rule("heat", "never")
    #expect(never.neverMatches && never.changesNothing && !never.alwaysCapped)
    #expect(never.occurrences == 0 && never.leads == 0)
    let deep = try rule("heat", "deep")
    #expect(deep.alwaysCapped && !deep.changesNothing)
    #expect(deep.leads == 1 && deep.leadsAtCap == 1 && deep.occurrences == 2)
    // Its cap of 5 is reached by what is left of one point less, too.
    #expect(deep.more.moved == 0 && deep.less.moved == 0)
    let view = try rule("heat", "view")
    #expect(!view.neverMatches && !view.alwaysCapped && view.leads == 3)
    // ben's 30 points are just enough for the list.
    #expect(view.less.lists.map(\.leaving) == [1])
    #expect(view.more.lists.map(\.entering) == [0])
    // Whoever asked for a demo has seen a page, and the range ends at 1.
    #expect(try rule("shadow", "demo").changesNothing)
    #expect(try !rule("shadow", "view").changesNothing)
    #expect(try rule("shadow", "view").counted == 3)
  }

  @Test(
    "a range is numbers or durations of one unit, in steps that come to an end",
    arguments: [
      ("p=0:1:0.25", ["0", "0.25", "0.5", "0.75", "1"]), ("p=-1:1:1", ["-1", "0", "1"]),
      ("p=30d:90d:30d", ["30d", "60d", "90d"]), ("p=5:5:1", ["5"]),
      ("p=0:10:4", ["0", "4", "8"]), ("a.b@7d.c=0.1:0.3:0.1", ["0.1", "0.2", "0.3"]),
    ])
  func ranges(text: String, values: [String]) {
    #expect(VariedValue(text)?.values == values)
  }

  @Test(
    "what is no range is refused",
    arguments: [
      "p", "p=1", "p=1:2", "p=1:2:0", "p=2:1:1", "p=1:2:-1", "p=1d:2h:1h", "p=1:2:x", "p=:2:1",
      "p=0:1000000:1", "=1:2:1", "p=0:1:0.0000001", "p=1:2:1:1", "p=1e3:2:1",
    ])
  func noRanges(text: String) {
    #expect(VariedValue(text) == nil)
  }

  @Test("each score is measured by the outcome as a backtest of that value has it")
  func measured() throws {
    let (scratch, file) = try book()
    func line(_ id: Int, _ time: Int, _ type: String, _ lead: String, _ rest: String = "") -> String
    {
      #"{"id":"m\#(id)","time":"2026-03-0\#(time)T00:00:00Z","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
    }
    // ben asks for two more demos after he is won: what came later foretells nothing.
    let later = [
      line(1, 2, "outcome", "ben", #","outcome":"won""#), line(2, 3, "form_fill", "ben"),
      line(3, 2, "form_fill", "cy"), line(4, 3, "outcome", "ann", #","outcome":"lost""#),
      line(5, 1, "page_view", "dan"),
    ]
    try scratch.writeLog([("b.ndjson", Array(later.joined(separator: "\n").utf8))])
    let varied = try #require(VariedValue("scores.heat.points.demo=-20:20:10"))
    var plan = SweepPlan(book: scratch.book, file: file, varied: [varied], asOf: asOf)
    let report = try sweep(plan)
    #expect(report.outcome == "won")
    #expect(Set(report.rows.map { $0.auc?.first?.auc }).count > 1)
    for row in report.rows {
      let definition = try loadDefinition(file).setting(
        [Setting(path: varied.path, value: row.values[0] ?? "")], file: file
      ).definition
      let expected = try backtest(
        BacktestPlan(Log(of: scratch.book), definition, asOf: asOf))
      #expect(
        row.auc?.map(\.auc) == expected.scores.map(\.auc), "\(row.values)")
    }
    // A list is made of scores, and no score of a list.
    plan.varied = [try #require(VariedValue("lists.call.score.heat.min=0:100:50"))]
    let lists = try sweep(plan)
    #expect(lists.rows.allSatisfy { $0.auc == report.base.auc })
    plan.outcome = "churned"
    #expect(throws: RunError.self) { try sweep(plan) }
  }

  @Test("of any log and definition, leads that are measured beside a fold are those of a backtest")
  func measuredAnywhere() throws {
    var (measured, distinct) = (0, Set<Double>())
    for seed in 1...36 as ClosedRange<UInt64> {
      let random = RandomBook(seed: seed, size: 200)
      guard let base = try? Definition.load(text: random.definition, file: "d.yaml"),
        !base.scores.isEmpty
      else { continue }
      var draw = Draw(seed: seed)
      let definitions = (0..<4).map { _ in base.varied(&draw) }
      let scratch = try ScratchBook()
      try scratch.writeLog(random.segments)
      let gathered = try scratch.gather(base, asOf: random.asOf)
      let varied = try #require(VariedValue("scores.any=0:1:1"))
      var plan = SweepPlan(
        book: scratch.book, file: "d.yaml", varied: [varied], asOf: gathered.asOf)
      plan.outcome = gathered.set.outcomes.first { seed % 2 == 0 || $0 != "won" }
      guard plan.outcome != nil,
        let areas = try SweepAreas(
          gathered, outcome: plan.outcome, paths: plan.varied.map(\.path), base)
      else { continue }
      let variants = ([base] + definitions).map(gathered.variant)
      let fold = try gathered.fold(
        variants, addsUpAccounts: false, makeWitness: areas.witnesses(of: variants))
      let found = areas.areas(
        fold.witnesses.compactMap { $0 }, of: base, count: definitions.count)
      for (definition, found) in zip(definitions, found) {
        var plan = BacktestPlan(
          Log(of: scratch.book), definition, asOf: gathered.asOf)
        plan.outcome = areas.outcome
        guard let expected = try? backtest(plan) else { continue }
        #expect(found.map(\.auc) == expected.scores.compactMap(\.auc), "seed \(seed)")
        measured += found.count
        distinct.formUnion(found.compactMap(\.auc))
      }
    }
    #expect(measured > 50 && distinct.count > 20)
  }

  @Test("a value that says how the log is read cannot be swept")
  func reading() throws {
    let (scratch, file) = try book()
    let text = Self.definition.replacingOccurrences(
      of: "deep: { type: page_view, path: \"/deep\" }",
      with: "deep: { type: page_view, path: \"/deep\", duration: { below: 5 } }")
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let varied = try #require(VariedValue("interactions.deep.duration.below=1:3:1"))
    #expect(throws: RunError.self) {
      try sweep(SweepPlan(book: scratch.book, file: file, varied: [varied], asOf: asOf))
    }
  }
}
