import Foundation
import Testing
import Trials

@Suite("calibrate and backtest", .serialized)
struct CalibrateBacktestTests {
  private static let asOf = ["--book", "acme", "--as-of", "2026-02-01T00:00:00Z"]

  /// A book of three leads that were won after 5 + 3 + 4 interactions and three that were lost.
  private func book() throws -> Workplace {
    let workplace = try Workplace()
    var lines = ""
    var number = 0
    func add(_ lead: String, _ day: Int, _ type: String, _ rest: String) {
      number += 1
      lines +=
        #"{"id":"\#(number)","time":"2026-01-\#(day)T00:00:00Z","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
        + "\n"
    }
    for (lead, outcome) in [("ann", "won"), ("bob", "won"), ("cid", "won")] {
      for day in 11...15 { add(lead, day, "page_view", #","path":"/blog/a""#) }
      for day in 11...13 { add(lead, day, "download", "") }
      for day in 11...14 { add(lead, day, "page_view", #","path":"/pricing""#) }
      add(lead, 20, "outcome", #","outcome":"\#(outcome)""#)
    }
    for lead in ["dan", "eve", "fay"] {
      add(lead, 11, "page_view", #","path":"/blog/a""#)
      add(lead, 12, "outcome", #","outcome":"lost""#)
    }
    try workplace.write(lines, to: "acme/log/a.ndjson")
    try workplace.write(
      """
      name: small
      journey: [awareness, consideration, decision]
      interactions:
        blog: { type: page_view, path: "/blog/*", stage: awareness }
        paper: { type: download, stage: consideration }
        pricing: { type: page_view, path: "/pricing", stage: decision }
      scores:
        interest: { points: { blog: 1, paper: 2, pricing: 3 } }   # guesses
      lists: { ready: { score.interest: { min: 20 } } }

      """, to: "acme/pipeline.yaml")
    return workplace
  }

  @Test("`calibrate` says 100 / 12 = 8.33, rounded 8, and saves a definition that says so too")
  func calibrate() throws {
    let workplace = try book()
    let outcome = try workplace.run(
      ["calibrate"] + Self.asOf + ["--adjust", "pricing=+2", "--save", "new.yaml"])
    #expect(outcome.code == 0)
    #expect(outcome.err == "")
    let lines = outcome.out.components(separatedBy: "\n")
    #expect(
      lines[0] == "small as of 2026-02-01T00:00:00.000Z: points for interest from 3 leads, won")
    #expect(lines.contains("simple    100 / 12 = 8.33 points an interaction, rounded 8"))
    #expect(lines.contains("          the average lead comes to 96, 4 short of 100"))
    #expect(lines.contains("          a lead is ready with 13 interactions"))
    #expect(lines.contains("saved     new.yaml: 3 rules changed, 0 added"))
    let saved = try workplace.read("new.yaml").components(separatedBy: "\n")
    #expect(
      saved.contains("  interest: { points: { blog: 8, paper: 8, pricing: 10 } }   # guesses"))
    #expect(!outcome.out.contains("\u{1b}"), "no colours where there is no terminal")
  }

  @Test("`calibrate --json` and `--csv` have the same numbers")
  func calibrateForms() throws {
    let workplace = try book()
    let json = try workplace.run(["calibrate"] + Self.asOf + ["--json"])
    let report = try JSONDecoder().decode(CalibrationReport.self, from: Data(json.out.utf8))
    #expect(report.schema == 1)
    #expect(report.exact == 8.333333)
    let csv = try workplace.run(["calibrate"] + Self.asOf + ["--csv"])
    let rows = csv.out.components(separatedBy: "\n").dropLast().map {
      $0.components(separatedBy: ",")
    }
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(
      rows.map(\.[0]) == ["table"] + [String](repeating: "stage", count: 3)
        + [String](repeating: "interaction", count: 3))
    for (row, interaction) in zip(rows.suffix(3), report.interactions) {
      #expect(row[1] == interaction.name)
      #expect(Double(row[11]) == interaction.simple)
      #expect(Double(row[3]) == interaction.average)
    }
  }

  @Test("`backtest` tells the bands, what comes of calling, and the difference to other points")
  func backtest() throws {
    let workplace = try book()
    _ = try workplace.run(["calibrate"] + Self.asOf + ["--save", "new.yaml"])
    let outcome = try workplace.run(
      ["backtest"] + Self.asOf + ["--bands", "0,20", "--against", "new.yaml"])
    #expect(outcome.code == 0)
    #expect(outcome.err == "")
    let lines = outcome.out.components(separatedBy: "\n")
    #expect(lines[0] == "small as of 2026-02-01T00:00:00.000Z: who would reach 'won'")
    #expect(lines.contains("leads     6 = 3 won, 3 with another outcome, 0 without"))
    #expect(
      lines.contains("  20 and more      3    3  100.0%  2.00    100.0%  ####################"))
    #expect(
      lines.contains(
        "  ready at 20: 3 leads called, 3 of them won, precision 100.0%, recall 100.0%"))
    #expect(lines.contains("against small, on the same leads (paired test by DeLong)"))
  }

  @Test("`backtest --json` and `--csv` have the same numbers, and `--out` has every lead")
  func backtestForms() throws {
    let workplace = try book()
    let json = try workplace.run(["backtest"] + Self.asOf + ["--json", "--out", "leads.csv"])
    let report = try JSONDecoder().decode(BacktestReport.self, from: Data(json.out.utf8))
    #expect(report.schema == 1)
    #expect(report.scores[0].auc == 1)
    let csv = try workplace.run(["backtest"] + Self.asOf + ["--csv"])
    let rows = csv.out.components(separatedBy: "\n").dropLast().map {
      $0.components(separatedBy: ",")
    }
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(rows.filter { $0[0] == "threshold" }.count == report.scores[0].thresholds.count)
    #expect(rows.first { $0[0] == "ranking" }?[10] == "1")
    let leads = try workplace.read("leads.csv").components(separatedBy: "\n")
    #expect(leads[0].hasPrefix("lead,outcome,outcome_time,as_of,events,account,first_seen,"))
    #expect(
      leads[1].hasPrefix(
        "ann,won,2026-01-20T00:00:00.000Z,2026-01-19T23:59:59.999Z,12,,2026-01-11T00:00:00.000Z,"))
    #expect(leads.count == 8)
  }

  @Test("outcomes of a file, and a file that is none")
  func outcomes() throws {
    let workplace = try book()
    try workplace.write(
      "lead,time,outcome\nann,2026-01-16,lost\ndan,2026-01-16,won\n", to: "outcomes.csv")
    let outcome = try workplace.run(["backtest"] + Self.asOf + ["--outcomes", "outcomes.csv"])
    #expect(outcome.code == 0)
    #expect(
      outcome.out.contains("outcomes  outcomes.csv: 2 rows = 2 used, 0 of leads not in the log"))
    #expect(outcome.out.contains("leads     6 = 1 won, 1 with another outcome, 4 without"))
    try workplace.write("who,when\nann,2026-01-16\n", to: "other.csv")
    let other = try workplace.run(["backtest"] + Self.asOf + ["--outcomes", "other.csv"])
    #expect(other.code == 65)
    #expect(other.err.contains("other.csv:1: the header has no column 'lead'"))
    let missing = try workplace.run(["backtest"] + Self.asOf + ["--outcomes", "none.csv"])
    #expect(missing.code == 66)
  }

  @Test(
    "what is typed wrong is told with exit code 64",
    arguments: [
      ["calibrate", "--adjust", "pricing"], ["calibrate", "--ready", "0"],
      ["calibrate", "--method", "guess"], ["backtest", "--bands", "0"],
      ["backtest", "--bands", "a,b"], ["backtest", "--since", "May"],
      ["calibrate", "--json", "--csv"], ["backtest", "--jobs", "0"],
    ])
  func usage(_ arguments: [String]) throws {
    #expect(try book().run(arguments + Self.asOf).code == 64)
  }

  @Test("a name that is not there is told with what was meant")
  func names() throws {
    let workplace = try book()
    let outcome = try workplace.run(["calibrate"] + Self.asOf + ["--adjust", "pricng=1"])
    #expect(outcome.code == 64)
    #expect(outcome.err.contains("hint: did you mean 'pricing'?"))
    let word = try workplace.run(["backtest"] + Self.asOf + ["--outcome", "churned"])
    #expect(word.code == 65)
    #expect(word.err.contains("hint: the log has: lost, won"))
  }
}
