import Definition
import Engine
import Identity
import Judging
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
/// Every moment is as `run --as-of` would have it then, from the lines that concern them.
package func history(_ plan: HistoryPlan) throws -> HistoryReport {
  switch plan.who {
  case .lead(let lead): try history(ofLead: lead, plan)
  case .account(let account): try history(ofAccount: account, plan)
  }
}

private func history(ofLead lead: String, _ plan: HistoryPlan) throws -> HistoryReport {
  let (subject, definition) = (plan.subject, plan.subject.definition)
  let excerpt = try openExcerpt(
    of: lead, in: plan.log, of: plan.book, subject, .parts, jobs: plan.jobs)
  guard
    let replay = try LeadReplay(definition.leadKey(lead), excerpt, definition, asOf: subject.asOf)
  else { throw nothingKnown(of: "'\(lead)'", subject, definition.reading.leadKeys) }
  let events = (0..<replay.history.count).map { index in
    let event = replay.history.events[index]
    return PlacedEvent(time: event.time, place: EventPlace(event))
  }
  let course = try IdentityCourse(
    definition, sheets: excerpt.sheets, isKnown: excerpt.isKnown, asOf: subject.asOf)
  // Whoever asks by an earlier key wants the lead that it has become.
  let tenures = course.tenures().filter { $0.name == replay.name }
  // What was taken back later counted until then.
  let takenBack = course.takesBack ? Tenure.allEvents(of: tenures, in: replay.log) : []
  let moments = HistoryMoments(
    events + takenBack + tenures.flatMap(\.beginnings), definition, subject.asOf, plan.step)
  var timeline = HistoryTimeline(
    moments, tenures, course.accountEras(in: replay.log), replay.log, replay.judge)
  try timeline.follow(tenures, jobs: plan.jobs)
  var report = HistoryReport(
    timeline, moments, excerpt, definition, subject.asOf,
    columns: definition.scores.flatMap { ["score.\($0.name)", "raw.\($0.name)"] },
    bounds: HistoryBound.ofLeads(definition))
  report.lead = String(decoding: replay.name, as: UTF8.self)
  if definition.exclude != nil { report.isExcluded = replay.replayer.isExcluded }
  return report
}

private func history(ofAccount account: String, _ plan: HistoryPlan) throws -> HistoryReport {
  let (subject, definition) = (plan.subject, plan.subject.definition)
  let excerpt = try openExcerpt(
    ofAccount: account, in: plan.log, of: plan.book, subject, jobs: plan.jobs)
  let log = try GatheredLog(
    definition, sheets: excerpt.sheets, isKnown: excerpt.isKnown, asOf: subject.asOf, jobs: 1)
  let unknown = nothingKnown(
    of: "an account '\(account)'", subject, definition.reading.accountKeys)
  let key = definition.accountKey(account)
  guard let number = log.accountNumber(key) else { throw unknown }
  let course = try IdentityCourse(
    definition, sheets: excerpt.sheets, isKnown: excerpt.isKnown, asOf: subject.asOf)
  let tenures = course.tenures()
  let events = tenures.filter { $0.end == .max }.flatMap { $0.events(in: log) }
  let takenBack = course.takesBack ? Tenure.allEvents(of: tenures, in: log) : []
  let moments = HistoryMoments(
    events + takenBack + tenures.flatMap(\.beginnings) + log.profileEvents(of: number),
    definition, subject.asOf, plan.step)
  var timeline = HistoryTimeline(
    moments, tenures, course.accountEras(in: log), log, log.judge)
  try timeline.follow(account: number, tenures, jobs: plan.jobs)
  guard timeline.values[subject.asOf] != nil else { throw unknown }
  var report = HistoryReport(
    timeline, moments, excerpt, definition, subject.asOf,
    columns: ["leads", "engaged"] + definition.scores.map { "total.\($0.name)" }
      + definition.accountScores.map { "score.\($0.name)" },
    bounds: HistoryBound.ofAccounts(definition))
  report.account = log.set.accounts.string(number)
  return report
}

private func nothingKnown(
  of what: String, _ subject: AuditSubject, _ form: KeyForm
) -> RunError {
  RunError(
    .noInput, "nothing is known of \(what) \(subject.terms)",
    hint: keyHint(form))
}

/// Opens the lines of all leads that ever named an account, or one that merges ever made one with it.
private func openExcerpt(
  ofAccount account: String, in root: String, of book: Book, _ subject: AuditSubject, jobs: Int
) throws -> LogExcerpt {
  let plan = ReadingPlan(subject.definition)
  let reader = try LogReader(subject.log(in: root, of: book, jobs: jobs))
  let sheets = try reader.sheets(for: plan, .apart)
  let key = LogKey(account: subject.definition.accountKey(account))
  return try withIndex(reader, plan: plan, .whole) { index in
    let accounts = try index.joined(to: [key.bytes])
    let names = Set(accounts.map { Array($0.bytes.dropFirst()) })
    let definition = subject.definition
    let leads = Set(
      sheets.readings.flatMap(\.sheets).flatMap {
        $0.leads(ofAccounts: names, definition)
      })
    return try LogExcerpt(
      of: index.joined(to: leads).union(accounts), in: index, subject.definition, jobs: jobs)
  }
}

extension Tenure {
  /// What made the lead so: it may be no event of its own.
  fileprivate var beginnings: [PlacedEvent] {
    begunBy.map { PlacedEvent(time: start, place: $0) }
  }
}

extension Sheet {
  /// The keys of leads with an event that names one of some accounts, or of which such a one is the domain of an address.
  fileprivate func leads(ofAccounts accounts: Set<[UInt8]>, _ definition: Definition) -> [[UInt8]] {
    let numbers = Set((0..<accountCount).filter { accounts.contains(Array(accountName($0))) })
    let addresses = DomainAddresses(of: definition, domains: accounts, in: self)
    if numbers.isEmpty, addresses.isEmpty { return [] }
    var leads: [[UInt8]] = []
    var notes = NoteReader(self.notes)
    for key in 0..<keyCount {
      var isFound = addresses.has(key: self.key(key))
      for row in rows(of: key) where row.hasNotes {
        notes.forEach { note, payload in
          switch note.kind {
          case .account: if numbers.contains(Int(payload)) { isFound = true }
          case .attribute:
            if addresses.has(value: Int(payload), ofAttribute: Int(note.index)) { isFound = true }
          default: break
          }
        }
      }
      if isFound { leads.append(Array(self.key(key))) }
    }
    return leads
  }
}

/// The addresses in a sheet that are of some domains.
private struct DomainAddresses {
  private let domains: Set<[UInt8]>
  private let isOfKeys: Bool
  /// By attribute, the sheet's numbers of its values.
  private var values: [Int: Set<Int>] = [:]

  init(of definition: Definition, domains accounts: Set<[UInt8]>, in sheet: Sheet) {
    let rule = definition.domainRule
    domains = rule == nil ? [] : accounts
    isOfKeys = rule?.sources.contains(.lead) == true
    for case .attribute(let name) in rule?.sources ?? [] {
      guard let index = definition.attributes.firstIndex(of: name) else { continue }
      let numbered = sheet.values(ofAttribute: index).enumerated()
      values[index] = Set(numbered.filter { has(address: $1) }.map(\.offset))
    }
  }

  var isEmpty: Bool { !isOfKeys && values.values.allSatisfy(\.isEmpty) }

  func has(key: UnsafeBufferPointer<UInt8>) -> Bool {
    isOfKeys && key.first != Sheet.accountMark
      && mailDomain(of: key).map(domains.contains) == true
  }

  func has(value: Int, ofAttribute index: Int) -> Bool { values[index]?.contains(value) == true }

  private func has(address: Scalar) -> Bool {
    guard case .text(let text) = address else { return false }
    return Array(text.utf8).withUnsafeBufferPointer {
      mailDomain(of: $0).map(domains.contains) == true
    }
  }
}
