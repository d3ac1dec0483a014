import Definition
import Engine
import Notation
import Reading

/// What is to be explained, and from which log.
package struct ExplainPlan: Sendable {
  package var book: Book
  package var log: String
  package var subject: AuditSubject
  package var lead: String
  package var jobs: Int
  /// Whether the lead's lines are wanted too.
  package var wantsLines = false

  package init(
    book: Book, log: String? = nil, subject: AuditSubject, lead: String,
    jobs: Int = processorCount
  ) {
    self.book = book
    self.log = log ?? book.log
    self.subject = subject
    self.lead = lead
    self.jobs = jobs
  }
}

/// Explains one lead's results: replays the lead alone, from its own lines of the log.
///
/// The cached sheets tell where the lines stand; to check all of them would take longer than all the rest, so what is
/// used of them is checked.
///
/// - Throws: `RunError` where nothing is known of the lead; `FileError` where the log is damaged.
package func explain(_ plan: ExplainPlan) throws -> Explanation {
  let excerpt = try openExcerpt(
    of: plan.lead, in: plan.log, of: plan.book, plan.subject, .parts,
    keepsLines: plan.wantsLines, jobs: plan.jobs)
  let subject = plan.subject
  guard
    let replay = try LeadReplay(
      subject.definition.leadKey(plan.lead), excerpt, subject.definition, asOf: subject.asOf)
  else {
    throw RunError(
      .noInput,
      "nothing is known of '\(plan.lead)' \(subject.terms)",
      hint: keyHint(subject.definition.reading.leadKeys))
  }
  var explanation = Explanation(replay, subject, asked: plan.lead)
  explanation.snapshot = try Explanation.Agreement(replay, subject)
  if plan.wantsLines { explanation.lines = excerpt.allLines }
  return explanation
}

extension LogExcerpt {
  /// The lines in the order of the log, as text.
  fileprivate var allLines: [Explanation.Line] {
    parts.flatMap { part in
      part.lines.map { (position: LogPosition(segment: part.segment.path, line: $0.number), $0) }
    }.sorted { $0.position < $1.position }.map { position, line in
      Explanation.Line(at: "\(position)", text: String(decoding: line.bytes, as: UTF8.self))
    }
  }
}
