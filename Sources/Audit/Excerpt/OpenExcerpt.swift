import Engine
import Files
import Reading

/// Opens the lines of a log that concern a lead.
///
/// `keepsLines`: whether the lines' own bytes are wanted as well.
func openExcerpt(
  of lead: String, in root: String, of book: Book, _ subject: AuditSubject,
  _ look: LogIndex.Look, keepsLines: Bool = false, jobs: Int
) throws -> LogExcerpt {
  let reader = try LogReader(subject.log(in: root, of: book, jobs: jobs))
  return try withIndex(reader, plan: ReadingPlan(subject.definition), look) { index in
    try LogExcerpt(
      of: index.joined(to: [subject.definition.leadKey(lead)]), in: index, subject.definition,
      keepsLines: keepsLines, jobs: jobs)
  }
}

/// Lends a body what tells where lines stand.
///
/// Where that is damaged, or says what the log does not, the body begins again with one that believes less of the
/// cached sheets, and in the end nothing.
///
/// `look`: how much of them is believed at first.
func withIndex<Result>(
  _ reader: LogReader, plan: ReadingPlan, _ look: LogIndex.Look,
  _ body: (LogIndex) throws -> Result
) throws -> Result {
  do {
    return try body(LogIndex(reader, plan: plan, look))
  } catch  where look != .none && canBeOfSheets(error) {
    return try withIndex(reader, plan: plan, look == .parts ? .whole : .none, body)
  }
}

/// Whether an error can come from sheets that led astray: also to where the log has nothing.
private func canBeOfSheets(_ error: any Error) -> Bool {
  error is SheetIndex.Unsound || (error as? FileError)?.kind == .damaged
}
