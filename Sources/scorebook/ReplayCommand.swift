import ArgumentParser
import Audit
import Definition
import Nightly
import Notation
import Trials

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Recomputes with other values and tells what moves.",
    discussion: """
      Publishes nothing and takes no lock. With --set it compares the definition with itself as it is in \
      the file, without it with the latest snapshot. What only changes how leads are judged is judged \
      again from what was read before; a change of an interaction reads the log again. With --csv it \
      prints each change of each lead, as changes.csv of a snapshot has them.

      EXAMPLE
        scorebook replay --book acme --set scores.engagement.points.pricing-view.cap=16

      EXIT STATUS
        0 done; 64 usage, or a path that leads nowhere; 65 bad data or definition; 66 no such log, \
      definition or snapshot; 73, 74 files
      """)

  @OptionGroup var trial: TrialOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Set a value: keys with dots between; of a list an element's name or number, from 0.",
      valueName: "path=value"))
  var set: [Setting] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Compare with a snapshot (a name, 'latest' or a folder) or another definition's file.",
      valueName: "what"))
  var against: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The time results are true for; unless given, that of the snapshot compared with, else of the latest, "
        + "else now.",
      valueName: "time"))
  var asOf: String?

  @Option(
    name: .long, help: ArgumentHelp("Name so many leads of each kind.", valueName: "n"))
  var top: Int = 10

  @Option(
    name: .long,
    help: ArgumentHelp("Keep the results as a snapshot in a new folder.", valueName: "dir"))
  var out: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the definition with its new values, its comments kept.", valueName: "file"))
  var save: String?

  @OptionGroup var report: ReportOptions

  func validate() throws {
    try AsOfOption.check(asOf)
    if top < 0 { throw ValidationError("--top: \(top) is too few; 0 names none") }
  }

  package func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: report.output.json) {
      let view = RunView(MessageLog(), showsProgress: !report.output.json && !report.csv)
      defer { view.finish() }
      let replayed = try replay(plan(), notify: view.show)
      view.finish()
      if report.output.json { return try printJSON(replayed.report) }
      if report.csv { return try printCSV(replayed.changes) }
      try printLines(replayLines(replayed.report, Ink()))
    }
  }

  private func plan() -> ReplayPlan {
    let book = trial.book.open()
    var plan = ReplayPlan(
      book: book, log: trial.otherLog.path, file: trial.file, settings: set, jobs: trial.jobs)
    plan.against = against
    plan.asOf = asOf.flatMap { eventTime($0) }
    plan.knownAt = trial.knowledge.resolve()
    plan.namedMax = top
    plan.keepsChanges = report.csv
    plan.reasons = { log, sheets, reader, earlier in
      var subject = AuditSubject(
        definition: earlier.definition, asOf: earlier.asOf,
        knownAt: earlier.manifest?.knownAt.flatMap { eventTime($0) })
      subject.manifest = earlier.manifest
      return ChangeMoments(log, sheets, reader, since: subject)
    }
    plan.out = out
    plan.save = save
    return plan
  }
}
