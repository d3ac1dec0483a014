import ArgumentParser
import Audit
import Definition
import Engine
import Nightly

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows why the numbers of a lead or account are so.",
    discussion: """
      Replays the lead alone, from its own lines of the log, and tells each step: every contribution, \
      with the event and where it stands, what held it back, its weight and the running sum; every \
      adjustment; grades, personas and lists with the tests that decided. It ends in the numbers of the \
      snapshot, or says where it does not.

      EXAMPLE
        scorebook explain ada@example.com --book acme

      EXIT STATUS
        0 it ends in the snapshot's numbers; 1 it does not; 64 usage; 65 bad data; 66 nothing is known \
      of it
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var subject: SubjectOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The lead's key, final or not.")
  var lead: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Explain an account instead of a lead.", valueName: "account"))
  var account: String?

  @Option(
    name: .long, help: ArgumentHelp("Only this score; all unless given.", valueName: "name"))
  var score: String?

  @Flag(name: .long, help: "Also print the lead's lines as they stand in the log.")
  var events = false

  func validate() throws {
    if (lead == nil) == (account == nil) {
      throw ValidationError("name a LEAD, or an account with --account")
    }
    if account != nil, events {
      throw ValidationError("--events: only of a lead, not of an account")
    }
  }

  package func run() throws {
    try reportingErrors(asJSON: output.json) {
      let agrees = try lead.map(show(lead:)) ?? show(account: account ?? "")
      if !agrees { throw ExitCode(1) }
    }
  }

  /// Returns whether the snapshot says the same, if there is one.
  private func show(lead: String) throws -> Bool {
    let book = book.open()
    var explanation = try book.besideWriters(
      log: subject.otherLog.path, isDoubtful: { $0.snapshot?.isEqual == false }
    ) {
      var plan = ExplainPlan(
        book: book, log: subject.otherLog.path,
        subject: try subject.resolve(in: book, score: score),
        lead: lead)
      plan.wantsLines = events
      return try explain(plan)
    }
    if let score { explanation.scores.removeAll { $0.name != score } }
    if output.json {
      try printJSON(explanation)
    } else {
      for part in printout(of: explanation) { try part.printOut() }
    }
    return explanation.snapshot?.isEqual ?? true
  }

  private func show(account: String) throws -> Bool {
    let book = book.open()
    var (explanation, definition) = try book.besideWriters(
      log: subject.otherLog.path, isDoubtful: { $0.0.snapshot?.isEqual == false }
    ) {
      let found = try subject.resolve(in: book, score: score)
      return (
        try explain(account: account, in: subject.otherLog.path, of: book, found), found.definition
      )
    }
    var scores = definition.scores.map(\.name)
    if let score, let place = scores.firstIndex(of: score) {
      scores = [score]
      explanation.totals.removeAll { $0.score != score }
      for lead in explanation.leads.indices {
        explanation.leads[lead].scores = [explanation.leads[lead].scores[place]]
      }
    }
    let groups = definition.personas.map { "persona.\($0.name)" }
    try output.json
      ? printJSON(explanation)
      : printLines(lines(of: explanation, scores: scores, groups: groups))
    return explanation.snapshot?.isEqual ?? true
  }
}

extension SubjectOptions {
  /// - Throws: `RunError`, also where there is no such score.
  fileprivate func resolve(in book: Book, score: String?) throws -> AuditSubject {
    let subject = try resolve(in: book)
    try subject.check(score: score)
    return subject
  }
}

/// Whose results a command is about: those of a snapshot, or of a definition as of a time.
struct SubjectOptions: ParsableArguments {
  @OptionGroup var definition: DefinitionOption
  @OptionGroup var time: AsOfOption
  @OptionGroup var knowledge: KnownAtOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The snapshot whose results are meant: its name, or a path; the latest unless -p, --as-of or "
        + "--known-at is given.",
      valueName: "snapshot"))
  var snapshot: String?

  @OptionGroup var otherLog: LogOption

  private var isOwn: Bool {
    definition.pipeline != nil || time.asOf != nil || knowledge.knownAt != nil
  }

  func validate() throws {
    if snapshot != nil, isOwn {
      throw ValidationError(
        "--snapshot has its own definition, as-of and known-at; leave out -p, --as-of, --known-at")
    }
  }

  func resolve(in book: Book) throws -> AuditSubject {
    if let snapshot { return try AuditSubject(snapshot: snapshot, of: book) }
    if try !isOwn && AuditSubject.hasSnapshot(book) {
      return try AuditSubject(snapshot: "latest", of: book)
    }
    return AuditSubject(
      definition: try definition.load(in: book), asOf: time.resolve(),
      knownAt: knowledge.resolve())
  }
}

extension AuditSubject {
  /// - Throws: `RunError` where there is no such score.
  func check(score: String?) throws {
    guard let score, !definition.scores.contains(where: { $0.name == score }) else { return }
    throw RunError(
      .noInput, "--score: the definition has no score '\(score)'",
      hint: "it has \(definition.scores.map(\.name).joined(separator: ", "))")
  }
}
