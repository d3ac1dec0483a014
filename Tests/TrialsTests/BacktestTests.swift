import Chance
import Definition
import Engine
import Foundation
import Notation
import TestBooks
import Testing
import Trials

@Suite("backtest") struct BacktestTests {
  @Test("its figures are those of going through the leads one by one")
  func figures() throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", crowd(seed: 7, leads: 150))])
    let out = "\(scratch.book.root)/leads.csv"
    let report = try scratch.backtest(definition, bands: .bounds([0, 20, 40]), out: out)
    let leads = NamedRows(Array(try Data(contentsOf: URL(fileURLWithPath: out)))).rows
    #expect(leads.count == 150)
    #expect(report.leads.all == 150)

    let won = leads.filter { $0["outcome"] == "won" }
    let rest = leads.filter { $0["outcome"] != "won" }
    #expect(report.leads.won == won.count)
    #expect(report.leads.open == leads.filter { $0["outcome"] == "" }.count)
    for ranking in report.scores + report.grades {
      func values(_ leads: [[String: String]]) -> [Double] {
        leads.compactMap { lead in
          let text = lead[ranking.name] ?? ""
          return text.isEmpty ? nil : Double(text) ?? -Double(text.utf8.first ?? 0)
        }
      }
      #expect(isNear(ranking.auc, area(values(won), values(rest))), "\(ranking.name)")
      let decided = rest.filter { $0["outcome"] != "" }
      #expect(isNear(ranking.aucDecided, area(values(won), values(decided))), "\(ranking.name)")
      for threshold in ranking.thresholds {
        let bound = Double(threshold.from ?? 0)
        let called = values(won).count { $0 >= bound }
        let inVain = values(rest).count { $0 >= bound }
        #expect(isNear(threshold.share, Double(called) / Double(called + inVain)))
        #expect(isNear(threshold.recall, Double(called) / Double(won.count)))
      }
    }
    let share = Double(won.count) / 150
    for band in report.scores[0].bands {
      let inside = leads.filter { lead in
        let score = Int64(lead["score.s"] ?? "") ?? -1
        return score >= band.from ?? .min && score < band.below ?? .max
      }
      let wonInside = inside.count { $0["outcome"] == "won" }
      #expect(band.leads == inside.count)
      #expect(band.won == wonInside)
      #expect(isNear(band.lift, Double(wonInside) / Double(inside.count) / share))
    }
    let matrix = try #require(report.matrix)
    for (band, row) in zip(report.scores[0].bands, matrix.cells) {
      #expect(row.reduce(0) { $0 + $1.leads } == band.leads)
      #expect(row.reduce(0) { $0 + $1.won } == band.won)
    }
    for (letter, column) in zip(matrix.letters, matrix.letters.indices) {
      let named = leads.filter { $0["grade.fit"] == (letter == "ungraded" ? "" : letter) }
      #expect(matrix.cells.reduce(0) { $0 + $1[column].leads } == named.count, "\(letter)")
    }
    let personas = try #require(report.personas.first)
    for persona in personas.rows {
      let named = leads.filter { $0["persona.warmth"] == persona.name }
      #expect(persona.leads == named.count)
      #expect(persona.won == named.count { $0["outcome"] == "won" })
    }
  }

  @Test("the first 'won' decides; of a lead without one its first outcome")
  func deciding() throws {
    let scratch = try ScratchBook()
    try scratch.write([
      view("a", 1), outcome("a", 2, "lost"), view("a", 3), outcome("a", 4, "won"),
      view("a", 5), outcome("a", 6, "won"),
      view("b", 1), outcome("b", 2, "lost"), view("b", 3), outcome("b", 4, "churned"),
    ])
    let moments = try #require(try scratch.moments(definition, outcome: "won"))
    #expect(moments["a"]?["outcome"] == "won")
    #expect(moments["a"]?["as_of"] == "2026-01-03T23:59:59.999Z")
    #expect(moments["a"]?["score.s"] == "20")
    #expect(moments["b"]?["outcome"] == "lost")
    #expect(moments["b"]?["score.s"] == "10")
    let lost = try #require(try scratch.moments(definition, outcome: "lost"))
    #expect(lost["a"]?["score.s"] == "10")
    #expect(lost["a"]?["outcome"] == "lost")
  }

  @Test("an outcome belongs to the final lead, whichever of its names it came under")
  func merged() throws {
    let scratch = try ScratchBook()
    try scratch.write([
      view("anon", 1), view("ann", 2), outcome("anon", 4, "won"), view("ann", 5),
      event("m", 6, "merge", "ann", #","from":"anon""#), view("b", 1),
    ])
    let moments = try #require(try scratch.moments(definition, outcome: "won"))
    #expect(moments.keys.sorted() == ["ann", "b"])
    #expect(moments["ann"]?["outcome"] == "won")
    #expect(moments["ann"]?["score.s"] == "20")
  }

  @Test("a lead that did nothing before its outcome counts, with the score of nothing")
  func unseen() throws {
    let scratch = try ScratchBook()
    try scratch.write([outcome("a", 2, "won"), view("a", 3), view("b", 1), view("c", 1)])
    let report = try scratch.backtest(definition)
    #expect(report.leads.unseen == 1)
    #expect(report.leads.won == 1)
    #expect(report.scores[0].auc == 0)
  }

  @Test("outcomes of a file take the place of the log's, and every row is accounted for")
  func given() throws {
    let scratch = try ScratchBook()
    try scratch.write([
      view("anon", 1), view("ann", 2), event("m", 9, "merge", "ann", #","from":"anon""#),
      view("b", 1), view("b", 3), outcome("b", 2, "won"), view("c", 1), view("c", 4),
      view("d", 1), event("f", 8, "forget", "d"), view("d", 9),
    ])
    let file = "\(scratch.book.root)/outcomes.csv"
    try """
    outcome,lead,time
    won,anon,2026-01-02T12:00:00Z
    lost,b,2026-01-03
    won,b,2027-01-01
    won,nobody,2026-01-02
    won,d,2026-01-05
    ,c,2026-01-02
    won,c,someday

    """.write(toFile: file, atomically: true, encoding: .utf8)
    let out = "\(scratch.book.root)/leads.csv"
    let report = try scratch.backtest(definition, outcomesFile: file, out: out)
    let given = try #require(report.given)
    #expect(given.rows == 5)
    #expect(given.used == 2)
    #expect(given.strangers == 1)
    #expect(given.future == 1)
    #expect(given.erased == 1)
    #expect(given.refused == ["outcome": 1, "time": 1])
    let leads = NamedRows(Array(try Data(contentsOf: URL(fileURLWithPath: out)))).rows
    let byName = Dictionary(uniqueKeysWithValues: leads.map { ($0["lead"] ?? "", $0) })
    #expect(byName.keys.sorted() == ["ann", "b", "c", "d"])
    #expect(byName["ann"]?["outcome"] == "won")
    #expect(byName["ann"]?["score.s"] == "20")
    // What happens in the millisecond of a given outcome is not before it.
    #expect(byName["b"]?["outcome"] == "lost")
    #expect(byName["b"]?["score.s"] == "10")
    #expect(byName["c"]?["outcome"] == "")
    #expect(byName["d"]?["outcome"] == "")
  }

  @Test("leads without an outcome can be left out, and are counted then")
  func decidedOnly() throws {
    let scratch = try ScratchBook()
    try scratch.write([
      view("a", 1), outcome("a", 2, "won"), outcome("b", 2, "lost"), view("c", 1), view("d", 1),
    ])
    let report = try scratch.backtest(definition, decidedOnly: true)
    #expect(report.leads.all == 2)
    #expect(report.leads.leftOut == 2)
    #expect(report.scores[0].auc == 1)
    #expect(report.scores[0].auc == report.scores[0].aucDecided)
  }

  @Test("leads whose outcome came before a time can be left out")
  func since() throws {
    let scratch = try ScratchBook()
    try scratch.write([
      view("a", 1), outcome("a", 5, "won"), view("b", 1), outcome("b", 6, "won"),
      outcome("c", 4, "lost"), outcome("d", 6, "lost"), view("e", 1),
    ])
    let report = try scratch.backtest(definition, since: "2026-01-06T00:00:00Z")
    #expect(report.leads.won == 1)
    #expect(report.leads.otherwise == 1)
    #expect(report.leads.open == 1)
    #expect(report.leads.leftOut == 2)
  }

  @Test(
    "against another definition it finds the areas of both, and against itself no difference",
    arguments: [true, false])
  func against(readsAlike: Bool) throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", crowd(seed: 3, leads: 120))])
    var other = definition.replacingOccurrences(of: "{ view: 10 }", with: "{ view: 2, paper: 9 }")
      .replacingOccurrences(of: "half_life: 5d", with: "half_life: 9d")
      .replacingOccurrences(of: "above: 19", with: "above: 5")
    if !readsAlike {
      other = other.replacingOccurrences(
        of: "type: page_view }", with: "type: page_view, path: \"*\" }")
    }
    let report = try scratch.backtest(definition, against: other)
    let alone = try scratch.backtest(other)
    let differences = try #require(report.against?.differences)
    #expect(differences.map(\.name).contains("score.s"))
    for difference in differences {
      let one = (report.scores + report.grades).first { $0.name == difference.name }
      let two = (alone.scores + alone.grades).first { $0.name == difference.name }
      #expect(difference.auc == one?.auc)
      #expect(difference.aucAgainst == two?.auc)
      #expect(isNear(difference.difference, difference.aucAgainst - difference.auc))
    }
    let itself = try scratch.backtest(definition, against: definition)
    for difference in try #require(itself.against?.differences) {
      #expect(difference.difference == 0)
      #expect(difference.p == 1)
    }
  }

  @Test("the number of workers changes nothing")
  func jobs() throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([
      ("1.ndjson", crowd(seed: 1, leads: 80)), ("2.ndjson", crowd(seed: 2, leads: 90)),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func report(_ jobs: Int) throws -> Data {
      try encoder.encode(try scratch.backtest(definition, against: definition, jobs: jobs))
    }
    #expect(try report(1) == report(5))
  }

  @Test("without anyone who reached the outcome it says which outcomes there are")
  func nothing() throws {
    let scratch = try ScratchBook()
    try scratch.write([view("a", 1), outcome("a", 2, "lost"), view("b", 1)])
    let error = #expect(throws: RunError.self) { try scratch.backtest(definition) }
    #expect(error?.exitCode == 65)
    #expect(error?.hint == "the log has: lost")
    let all = #expect(throws: RunError.self) {
      try scratch.backtest(definition, outcome: "lost", decidedOnly: true)
    }
    #expect(all?.message.contains("nothing to tell apart") ?? false)
  }

  @Test("ready is the highest bound that lists and personas ask of the score, or what is asked for")
  func ready() throws {
    let scratch = try ScratchBook()
    try scratch.write([
      view("a", 1), view("a", 2), view("a", 3), outcome("a", 4, "won"), view("b", 1),
    ])
    #expect(try scratch.backtest(definition).scores[0].ready?.from == 30)
    #expect(try scratch.backtest(definition).scores[0].ready?.recall == 1)
    #expect(try scratch.backtest(definition, ready: 31).scores[0].ready?.recall == 0)
  }

  private let definition = """
    name: x
    interactions:
      view: { type: page_view }
      paper: { type: download }
    scores:
      s: { points: { view: 10 } }
      t: { half_life: 5d, points: { view: 5, paper: 7 } }
      blended: { blend: { score.s: 0.5, percent.fit: 0.5 } }
    grades:
      fit:
        letters: { A: 60, B: 30, C: 0 }
        criteria:
          - { attribute: size, weight: 1, values: [ { min: 7, value: 100 }, { min: 4, value: 40 } ] }
    personas:
      warmth:
        - { name: hot, when: { score.s: { min: 30 } } }
        - { name: cold }
    lists: { warm: { score.s: { above: 19 } }, cool: { not: { score.s: { min: 90 } } } }
    """

  /// Leads of whom those that view more are won more often.
  private func crowd(seed: UInt64, leads: Int) -> [UInt8] {
    var dice = SeededDice(seed: seed)
    var lines: [String] = []
    for lead in 0..<leads {
      let name = "lead-\(seed)-\(lead)"
      let views = dice.below(6)
      for _ in 0..<views { lines.append(view(name, 1 + dice.below(20))) }
      if dice.below(3) > 0 {
        lines.append(
          event("\(name)p", 1, "profile", name, #","fields":{"size":\#(dice.below(10))}"#))
      }
      if dice.below(2) == 0 { lines.append(event("\(name)d", 5, "download", name)) }
      if dice.below(8) < views {
        lines.append(outcome(name, 10 + dice.below(10), "won"))
      } else if views == 0 || dice.below(2) == 0 {
        lines.append(outcome(name, 10 + dice.below(10), "lost"))
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}

/// Pair by pair.
private func area(_ won: [Double], _ rest: [Double]) -> Double {
  var sum = 0.0
  for x in won { for y in rest { sum += x > y ? 1 : x == y ? 0.5 : 0 } }
  return sum / Double(won.count * rest.count)
}

private func isNear(_ one: Double?, _ other: Double) -> Bool {
  one.map { abs($0 - other) < 2e-6 } ?? other.isNaN
}

private func event(
  _ id: String, _ day: Int, _ type: String, _ lead: String, _ rest: String = ""
) -> String {
  let time = "2026-01-\(day < 10 ? "0" : "")\(day)T00:00:00Z"
  return #"{"id":"\#(id)","time":"\#(time)","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
}

private func view(_ lead: String, _ day: Int) -> String {
  event("\(lead)\(day)v", day, "page_view", lead, #","path":"/x""#)
}

private func outcome(_ lead: String, _ day: Int, _ word: String) -> String {
  event("\(lead)\(day)o", day, "outcome", lead, #","outcome":"\#(word)""#)
}

extension ScratchBook {
  fileprivate func write(_ lines: [String]) throws {
    try writeLog([("1.ndjson", Array((lines.joined(separator: "\n") + "\n").utf8))])
  }

  fileprivate func moments(
    _ definition: String, outcome: String
  ) throws -> [String: [String: String]]? {
    try moments(
      Definition.load(text: definition, file: "x"), asOf: "2026-02-01T00:00:00Z",
      outcome: outcome)
  }

  fileprivate func backtest(
    _ definition: String, against: String? = nil, outcome: String = "won",
    outcomesFile: String? = nil, ready: Int64? = nil, bands: BandRule = .even(10),
    decidedOnly: Bool = false, since: String? = nil, out: String? = nil, jobs: Int = 2
  ) throws -> BacktestReport {
    var plan = BacktestPlan(
      Log(of: book, jobs: jobs), try Definition.load(text: definition, file: "x"),
      asOf: try #require(eventTime("2026-02-01T00:00:00Z")))
    plan.against = try against.map { try Definition.load(text: $0, file: "y") }
    plan.outcome = outcome
    plan.outcomesFile = outcomesFile
    plan.ready = ready
    plan.bands = bands
    plan.decidedOnly = decidedOnly
    plan.since = since.flatMap { eventTime($0) }
    plan.out = out
    return try Trials.backtest(plan)
  }
}
