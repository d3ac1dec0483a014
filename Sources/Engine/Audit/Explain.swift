import Definition
import EventLog
import Judging
import Reading
import Snapshots

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
/// The cached sheets tell where the lines stand, and at first their checksums are not looked at: that would
/// take longer than all the rest. What they lead to is checked against the log, and whatever does not fit
/// is done again with sheets that have been checked.
///
/// - Throws: `RunError` where nothing is known of the lead; `EventLogError` where the log is damaged.
package func explain(_ plan: ExplainPlan) throws -> Explanation {
  let explained = try? explain(plan, trustingCache: true)
  if let explained, explained.snapshot?.isEqual ?? true { return explained }
  return try explain(plan, trustingCache: false)
}

private func explain(_ plan: ExplainPlan, trustingCache: Bool) throws -> Explanation {
  let excerpt = try openExcerpt(
    of: [plan.lead], in: plan.log, of: plan.book, plan.subject, trustingCache: trustingCache,
    jobs: plan.jobs)
  let subject = plan.subject
  guard
    let replay = try LeadReplay(
      Array(plan.lead.utf8), excerpt, subject.definition, asOf: subject.asOf)
  else {
    throw RunError(
      .noInput,
      "nothing is known of '\(plan.lead)' as of \(timeText(milliseconds: subject.asOf))",
      hint: "keys are compared byte by byte: is this one written as it is in the events?")
  }
  var explanation = Explanation(replay, subject, asked: plan.lead)
  explanation.snapshot = try Explanation.Agreement(replay, subject)
  if plan.wantsLines { explanation.lines = excerpt.allLines }
  return explanation
}

/// Opens the lines of a log that concern some leads.
func openExcerpt(
  of leads: [String], in root: String, of book: Book, _ subject: AuditSubject,
  trustingCache: Bool, jobs: Int
) throws -> LogExcerpt {
  let plan = ReadingPlan(subject.definition)
  let log = try knownLog(subject, in: root, of: book, jobs: jobs)
  let index = try LogIndex(
    log, plan: plan, cache: SheetCache(book, plan: plan), isTrusting: trustingCache, jobs: jobs)
  var keys: Set<LogKey> = []
  for lead in leads { keys.formUnion(try index.joined(to: Array(lead.utf8))) }
  return try LogExcerpt(of: keys, in: index, plan: plan, jobs: jobs)
}

extension LogExcerpt {
  /// The lines in the order of the log, as text.
  fileprivate var allLines: [Explanation.Line] {
    lines.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { path in
      (lines[path] ?? [:]).sorted { $0.key < $1.key }.map { line, bytes in
        Explanation.Line(
          at: "\(LogPosition(segment: path, line: line))",
          text: String(decoding: bytes, as: UTF8.self))
      }
    }
  }
}

extension Explanation.Agreement {
  /// Holds the lead's row against that of a snapshot; nil where there is none to compare with.
  init?(_ replay: LeadReplay, _ subject: AuditSubject) throws {
    guard let snapshot = subject.snapshot, let manifest = subject.manifest else { return nil }
    let columns = Columns(replay.ground.judge, accountNames: replay.ground.set.accounts)
    let csv = CSVWriter()
    csv.header(["lead"] + columns.leads.names)
    replay.name.withUnsafeBufferPointer { csv.row($0, columns.leads, replay.desk.cells) }
    let found = splitCSV(Array(csv.bytes))
    name = snapshot.name
    guard let row = try snapshot.row(replay.name, in: "leads.csv", manifest) else {
      isEqual = false
      differences = [.init(column: "lead", snapshot: "", found: found[1][0])]
      return
    }
    let before = Dictionary(row.fields.map { ($0.column, $0.text) }) { first, _ in first }
    differences = zip(found[0], found[1]).compactMap { column, text in
      let there = before[column] ?? ""
      return there == text ? nil : .init(column: column, snapshot: there, found: text)
    }
    isEqual =
      differences.isEmpty
      && Array(csv.bytes).dropLast().suffix(row.bytes.count).elementsEqual(row.bytes)
  }
}

/// Splits CSV into rows of fields as they stand there, quotes included.
private func splitCSV(_ bytes: [UInt8]) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var field: [UInt8] = []
  var isQuoted = false
  for byte in bytes {
    if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
    if isQuoted || byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\n") {
      field.append(byte)
      continue
    }
    row.append(String(decoding: field, as: UTF8.self))
    field = []
    if byte == UInt8(ascii: "\n") {
      rows.append(row)
      row = []
    }
  }
  return rows
}
