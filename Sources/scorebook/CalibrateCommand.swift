import ArgumentParser
import Definition
import Engine
import Nightly
import Notation
import Trials

struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Makes points from what leads did before they were won.",
    discussion: """
      Counts what the leads that reached an outcome did in each stage before they reached it. The \
      ready score divided by the sum of the averages is what an interaction is worth: with 5 + 3 + 4 \
      it is 100 / 12 = 8.33, rounded 8. Beside it stands a fitted method, by how much more often these \
      leads did something than the rest.

      EXAMPLE
        scorebook calibrate --book acme -p pipelines/b2b.yaml --adjust pricing-view=+2 --save new.yaml

      EXIT STATUS
        0 done; 64 usage; 65 bad data or definition; 66 no such log; 73, 74 files
      """)

  @OptionGroup var trial: TrialOptions
  @OptionGroup var time: AsOfOption

  @Option(
    name: .long,
    help: ArgumentHelp("The score to make points for; the first unless given.", valueName: "name"))
  var score: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Whose tallies: an outcome such as won, all, a list, or a persona as group.name.",
      valueName: "who"))
  var leads = "won"

  @Option(
    name: .long,
    help: ArgumentHelp("The score the average lead is to have.", valueName: "points"))
  var ready = 100.0

  @Option(name: .long, help: "Which points count: \(CalibrationMethod.allNames).")
  var method = CalibrationMethod.simple

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Change the points of an interaction by +N or -N, or set them to N.",
      valueName: "interaction=n"))
  var adjust: [PointChange] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Write the definition with these points.", valueName: "file"))
  var save: String?

  @OptionGroup var report: ReportOptions

  func validate() throws {
    guard ready >= 1, ready <= 1_000_000 else {
      throw ValidationError("--ready: from 1 to 1,000,000 points")
    }
  }

  package func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: report.output.json) {
      let view = RunView(MessageLog(), showsProgress: !report.output.json && !report.csv)
      defer { view.finish() }
      let calibration = try calibrate(plan(), notify: view.show)
      view.finish()
      try report.print(calibration, text: { calibration.text($0) }, csv: { calibration.rows })
    }
  }

  private func plan() throws -> CalibrationPlan {
    var plan = CalibrationPlan(
      trial.source, try trial.loadDefinition(), asOf: time.resolve(), file: trial.file)
    plan.score = score
    plan.leads = leads
    plan.ready = Micropoints((ready * 1e6).rounded())
    plan.method = method
    plan.adjustments = adjust
    plan.save = save
    return plan
  }
}

extension CalibrationMethod: ExpressibleByArgument {
  fileprivate static var allNames: String { allCases.map(\.rawValue).joined(separator: " or ") }
}

extension PointChange: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
