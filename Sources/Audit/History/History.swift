import Definition
import Engine
import Notation
import Reading

/// Whose history is wanted, and how often.
package struct HistoryPlan: Sendable {
  package var book: Book
  package var log: String
  package var subject: AuditSubject
  package var who: Who
  package var step: HistoryStep
  package var jobs: Int

  package enum Who: Sendable {
    case lead(String)
    case account(String)
  }

  package init(
    book: Book, log: String? = nil, subject: AuditSubject, who: Who, step: HistoryStep,
    jobs: Int = processorCount
  ) {
    self.book = book
    self.log = log ?? book.log
    self.subject = subject
    self.who = who
    self.step = step
    self.jobs = jobs
  }
}

/// Tells the numbers of a lead or an account at each event and each midnight up to the as-of, and when they
/// crossed a bound.
///
/// Every moment is a replay of its own, of the lines that concern them: as `run --as-of` would have it then.
package func history(_ plan: HistoryPlan) throws -> HistoryReport {
  let subject = plan.subject
  let excerpt: LogExcerpt
  let unknown: String
  switch plan.who {
  case .lead(let lead):
    unknown = "'\(lead)'"
    excerpt = try openExcerpt(
      of: [lead], in: plan.log, of: plan.book, subject, trustingCache: false, jobs: plan.jobs)
  case .account(let account):
    unknown = "an account '\(account)'"
    excerpt = try openExcerpt(
      ofAccount: account, in: plan.log, of: plan.book, subject, jobs: plan.jobs)
  }
  var plan = plan
  if case .lead(let lead) = plan.who,
    let replay = try LeadReplay(
      Array(lead.utf8), excerpt, subject.definition, asOf: subject.asOf)
  {
    // Whoever asks by an earlier key wants the lead that it has become.
    plan.who = .lead(String(decoding: replay.name, as: UTF8.self))
  }
  let timeline = try HistoryTimeline(excerpt, plan)
  guard !timeline.moments.isEmpty else {
    throw RunError(
      .noInput,
      "nothing is known of \(unknown) \(subject.terms)",
      hint: "keys are compared byte by byte: is this one written as it is in the events?")
  }
  return try timeline.report(plan)
}

/// Opens the lines of all leads that ever named an account.
private func openExcerpt(
  ofAccount account: String, in root: String, of book: Book, _ subject: AuditSubject, jobs: Int
) throws -> LogExcerpt {
  let plan = ReadingPlan(subject.definition)
  let reader = try LogReader(subject.log(in: root, of: book, jobs: jobs))
  let sheets = try reader.sheets(for: plan, .apart)
  let index = try LogIndex(reader, plan: plan, isTrusting: false)
  let account = Array(account.utf8)
  let leads = Set(sheets.readings.flatMap(\.sheets).flatMap { $0.leads(ofAccount: account) })
  let keys = try index.joined(to: leads).union([LogKey(account: account)])
  return try LogExcerpt(of: keys, in: index, plan: plan, jobs: jobs)
}

extension Sheet {
  /// The keys of leads with an event that names an account.
  fileprivate func leads(ofAccount account: [UInt8]) -> [[UInt8]] {
    guard
      let number = (0..<accountCount).first(where: { accountName($0).elementsEqual(account) })
    else { return [] }
    var leads: [[UInt8]] = []
    var notes = NoteReader(self.notes)
    for key in 0..<keyCount {
      var isFound = false
      for row in rows(of: key) where row.hasNotes {
        notes.forEach { note, payload in
          if note.kind == .account, payload == UInt64(number) { isFound = true }
        }
      }
      if isFound { leads.append(Array(self.key(key))) }
    }
    return leads
  }
}
