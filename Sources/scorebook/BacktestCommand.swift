import ArgumentParser
import Definition
import Engine
import Nightly
import Notation
import Trials

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Tells how well scores foretold the outcome.",
    discussion: """
      Judges every lead as it stood just before its outcome: only what comes before it has happened, \
      and what grows old is as old as it was then. A lead without an outcome is judged as of the \
      as-of and counts as one that did not reach it, unless --decided leaves it out.

      EXAMPLE
        scorebook backtest --book acme -p pipelines/b2b.yaml --bands 0,31,76

      EXIT STATUS
        0 done; 64 usage; 65 bad data or definition; 66 no such log; 73, 74 files
      """)

  @OptionGroup var trial: TrialOptions
  @OptionGroup var time: AsOfOption

  @Option(
    name: .long,
    help: ArgumentHelp("Compare with another definition, on the same leads.", valueName: "file"))
  var against: String?

  @Option(
    name: .long, help: ArgumentHelp("The outcome that is to be foretold.", valueName: "word"))
  var outcome = "won"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take outcomes from a CSV with the columns lead,time,outcome instead of the log.",
      valueName: "file"))
  var outcomes: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The score it is about; the first unless given.", valueName: "name"))
  var score: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The score from which a lead is called; the definition's highest bound unless given.",
      valueName: "points"))
  var ready: Int64?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How many bands of about as many leads, or the lowest score of each: 0,31,76.",
      valueName: "bands"))
  var bands = BandRule.even(10)

  @Flag(name: .long, help: "Leave out leads without an outcome.")
  var decided = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leave out leads whose outcome came before, as those that points were made from.",
      valueName: "time"))
  var since: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also write a CSV of all leads as they stood before their outcome.", valueName: "file"))
  var out: String?

  @OptionGroup var report: ReportOptions

  func validate() throws {
    guard let since, eventTime(since) == nil else { return }
    throw ValidationError(
      "--since: '\(since)' is no time from 1970 until 2262 such as 2026-05-01T00:00:00Z")
  }

  package func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: report.output.json) {
      let view = RunView(MessageLog(), showsProgress: !report.output.json && !report.csv)
      defer { view.finish() }
      let backtest = try Trials.backtest(plan(), notify: view.show)
      view.finish()
      try report.print(backtest, text: { backtest.text($0) }, csv: { backtest.rows })
    }
  }

  private func plan() throws -> BacktestPlan {
    var plan = BacktestPlan(
      trial.source, try trial.loadDefinition(), asOf: time.resolve())
    plan.against = try against.map { try Engine.loadDefinition($0) }
    plan.outcome = outcome
    plan.outcomesFile = outcomes
    plan.score = score
    plan.ready = ready
    plan.bands = bands
    plan.decidedOnly = decided
    plan.since = since.flatMap { eventTime($0) }
    plan.out = out
    return plan
  }
}

extension BandRule: ExpressibleByArgument {
  /// A count from 1 to 100, or two bounds or more with commas between.
  public init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int64($0) }
    guard numbers.count == parts.count else { return nil }
    if numbers.count > 1 {
      self = .bounds(numbers)
    } else {
      guard (1...100).contains(numbers[0]) else { return nil }
      self = .even(Int(numbers[0]))
    }
  }

  public var defaultValueDescription: String {
    switch self {
    case .even(let count): "\(count)"
    case .bounds(let bounds): bounds.map { "\($0)" }.joined(separator: ",")
    }
  }
}
