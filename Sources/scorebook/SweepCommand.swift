import ArgumentParser
import Definition
import Nightly
import Notation
import Trials

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Tries a range of values and tells what each comes to.",
    discussion: """
      With --vary it gives one place of the definition each value of a range, or two places each pair, \
      and compares with the definition as it is; where leads have outcomes it measures how well each \
      score foretells them. Without it, every rule gets a point more, a point less \
      and none, and what that does to each list is told, with the rules that never match, are always \
      capped or change nothing. The log is read once; nothing is published, no lock is taken.

      EXAMPLE
        scorebook sweep --book acme --vary lists.sales-ready.score.engagement.min=60:90:5

      EXIT STATUS
        0 done; 64 usage, or a path that leads nowhere; 65 bad data or definition; 66 no such log or \
      definition; 74 files
      """)

  @OptionGroup var trial: TrialOptions
  @OptionGroup var time: AsOfOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Give a place each value from one to another, in steps; once or twice.",
      valueName: "path=from:to:step"))
  var vary: [VariedValue] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Set a value in all that is tried.", valueName: "path=value"))
  var set: [Setting] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Without --vary: how many points more and less.", valueName: "points"))
  var by: PointCount = PointCount(micropoints: 1_000_000)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --vary: the outcome that scores are to foretell; won unless given.", valueName: "word"))
  var outcome: String?

  @OptionGroup var report: ReportOptions

  func validate() throws {
    if vary.isEmpty, outcome != nil {
      throw ValidationError("--outcome: only what varies is measured; add --vary")
    }
    if vary.count > 2 { throw ValidationError("--vary: at most two places vary together") }
    let count = vary.reduce(1) { $0 * $1.values.count }
    if count > 1000 {
      throw ValidationError("--vary: \(count) combinations are too many; at most 1000")
    }
  }

  package func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: report.output.json) {
      let view = RunView(MessageLog(), showsProgress: !report.output.json && !report.csv)
      defer { view.finish() }
      if vary.isEmpty {
        let found = try sensitivity(plan(), by: by.micropoints, notify: view.show)
        view.finish()
        try report.show(
          found, text: { sensitivityLines(found, $0) }, csv: { sensitivityRows(found) })
      } else {
        let found = try sweep(plan(), notify: view.show)
        view.finish()
        try report.show(found, text: { sweepLines(found, $0) }, csv: { sweepRows(found) })
      }
    }
  }

  private func plan() -> SweepPlan {
    var plan = SweepPlan(
      book: trial.book.open(), log: trial.otherLog.path, file: trial.file, settings: set,
      varied: vary,
      asOf: time.resolve(), jobs: trial.jobs)
    plan.knownAt = trial.knowledge.resolve()
    plan.outcome = outcome
    return plan
  }
}

extension VariedValue: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// Points above 0, with at most six decimals.
struct PointCount: ExpressibleByArgument, CustomStringConvertible {
  var micropoints: Micropoints

  init(micropoints: Micropoints) { self.micropoints = micropoints }

  init?(argument: String) {
    guard let points = Double(argument), points > 0, points <= 1_000_000 else { return nil }
    let micropoints = (points * 1_000_000).rounded()
    guard abs(micropoints - points * 1_000_000) < 0.001, micropoints >= 1 else { return nil }
    self.micropoints = Micropoints(micropoints)
  }

  var description: String { shortestDecimal(Double(micropoints) / 1_000_000) }
  var defaultValueDescription: String { description }
}
