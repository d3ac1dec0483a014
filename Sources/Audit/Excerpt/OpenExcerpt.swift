import Engine
import Reading

/// Opens the lines of a log that concern a lead.
///
/// `keepsLines`: whether the lines' own bytes are wanted as well.
func openExcerpt(
  of lead: String, in root: String, of book: Book, _ subject: AuditSubject, trustingCache: Bool,
  keepsLines: Bool = false, jobs: Int
) throws -> LogExcerpt {
  let reader = try LogReader(subject.log(in: root, of: book, jobs: jobs))
  let index = try LogIndex(
    reader, plan: ReadingPlan(subject.definition), isTrusting: trustingCache)
  return try LogExcerpt(
    of: index.joined(to: [subject.definition.leadKey(lead)]), in: index, subject.definition,
    keepsLines: keepsLines, jobs: jobs)
}
