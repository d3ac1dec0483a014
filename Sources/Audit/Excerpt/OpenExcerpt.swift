import Engine
import Reading

/// Opens the lines of a log that concern some leads.
func openExcerpt(
  of leads: [String], in root: String, of book: Book, _ subject: AuditSubject,
  trustingCache: Bool, jobs: Int
) throws -> LogExcerpt {
  let plan = ReadingPlan(subject.definition)
  let reader = try LogReader(subject.log(in: root, of: book, jobs: jobs))
  let index = try LogIndex(reader, plan: plan, isTrusting: trustingCache)
  let keys = try index.joined(to: Set(leads.map { Array($0.utf8) }))
  return try LogExcerpt(of: keys, in: index, plan: plan, jobs: jobs)
}
