import Audit
import Definition
import Engine
import Files
import Foundation
import Notation
import Pages
import Snapshots

/// All that a report tells, as values: what a snapshot's files say, and what the log adds.
struct ReportFacts {
  let plan: ReportPlan
  let definition: Definition
  let asOf: Milliseconds
  let snapshot: PublishedSnapshot
  let summary: Summary
  /// The snapshot that it is beside; nil where there is none.
  let before: EarlierFacts?
  let choices: ReportChoices
  let lists: [ListHead]
  let changes: ListChanges?
  let accounts: [AccountFacts]
  let leads: LeadFacts
  /// Who is named, by key.
  let people: [[UInt8]: Person]
  let history: HistoryFacts?
  /// The causes of all that changed; with two snapshots and the log alone.
  let diff: DiffReport?
  let withoutLog: String?
  /// Leads of the snapshot that a forget reaches now.
  let forgottenCount: Int
  let asOfs: [Milliseconds]
  let warnings: [String]

  var title: String { "\(definition.name), \(clock.longDay(asOf))" }
  var clock: ReaderClock { ReaderClock(timezone: definition.timezone, asOf: asOf) }

  /// A snapshot that another one is beside.
  struct EarlierFacts {
    let snapshot: PublishedSnapshot
    let asOf: Milliseconds
    let summary: Summary
  }

  init(_ plan: ReportPlan) throws {
    self.plan = plan
    let subject = try AuditSubject(snapshot: plan.snapshot, of: plan.book)
    guard let snapshot = subject.snapshot, let manifest = subject.manifest else {
      throw RunError(.noInput, "no such snapshot: '\(plan.snapshot)'")
    }
    self.snapshot = snapshot
    definition = subject.definition
    asOf = subject.asOf
    summary = try readSummary(snapshot, manifest)
    let published = try PublishedSnapshots(in: folderPath(of: snapshot.path))
    let earlier = try plan.earlier(than: manifest, published)
    before = try earlier.flatMap { earlier in
      guard let found = earlier.snapshot, let manifest = earlier.manifest else { return nil }
      return EarlierFacts(
        snapshot: found, asOf: earlier.asOf, summary: try readSummary(found, manifest))
    }
    asOfs = published.asOfs(of: definition.name, upTo: asOf)

    var withoutLog: String?
    let replay = try LogReplay.open(plan, subject, &withoutLog)
    self.withoutLog = withoutLog
    let forgotten = replay?.forgotten ?? []
    forgottenCount = forgotten.count

    let (definition, choices) = (definition, ReportChoices(definition, summary))
    self.choices = choices
    lists = try definition.lists.indices.map {
      try ListHead(definition, $0, in: snapshot, manifest, choices, without: forgotten)
    }
    accounts = try readAccounts(snapshot, manifest, definition, choices, plan)
    changes = try earlier.map {
      try ListChanges(from: $0, to: subject, definition, replay, without: forgotten)
    }
    diff =
      try plan.from == nil || replay == nil
      ? nil
      : earlier.map { earlier in
        var diffPlan = DiffPlan(
          book: plan.book, log: plan.log, from: earlier, to: subject, jobs: plan.jobs,
          shownMax: ReportPage.moversMax + forgotten.count)
        diffPlan.lead = nil
        return try Audit.diff(diffPlan)
      }
    let named =
      plan.isAnonymous
      ? []
      : Set(
        lists.flatMap(\.first) + (changes?.named ?? [])
          + (diff?.changes.map { Array($0.lead.utf8) } ?? [])
      ).subtracting(forgotten)
    leads = try LeadFacts(
      snapshot, manifest, definition, choices, named: named,
      accounts: plan.isAnonymous ? [] : accounts.map(\.key), without: forgotten, jobs: plan.jobs)
    history = try replay?.history(jobs: plan.jobs)
    let all = named.union(leads.strongest.values.joined().map(\.key))
    let rows = leads.rows
    people = Dictionary(
      uniqueKeysWithValues: all.map { key in
        (key, Person(key, rows[key], replay?.person(key, choices), plan))
      })
    warnings = plan.isAnonymous ? [] : plan.unmet(among: people)
  }
}

extension ReportPlan {
  /// The snapshot that one is beside: the one that was named, else the one before of the same definition's name.
  fileprivate func earlier(
    than manifest: Manifest, _ published: PublishedSnapshots
  ) throws -> AuditSubject? {
    if let from { return try AuditSubject(snapshot: from, of: book) }
    return try published.latest(of: manifest.definition.name, before: manifest.asOf).map {
      try AuditSubject(snapshot: $0.path, of: book)
    }
  }

  /// Says which attributes nobody has of those that are named.
  fileprivate func unmet(among people: [[UInt8]: Person]) -> [String] {
    if people.isEmpty { return [] }
    let asked = (nameAttribute.map { [("--name", $0)] } ?? []) + columns.map { ("--columns", $0) }
    return asked.compactMap { option, name in
      let isMet = people.values.contains {
        option == "--name" ? $0.name != nil : $0.values[name] != nil
      }
      return isMet ? nil : "\(option): none of the leads in the report has '\(name)'"
    }
  }
}

extension PublishedSnapshots {
  /// The as-ofs of the last snapshots of a definition's name, the latest first.
  fileprivate func asOfs(of definition: String, upTo asOf: Milliseconds) -> [Milliseconds] {
    var found: [Milliseconds] = []
    for snapshot in all.reversed() where snapshot.asOf <= asOf {
      if found.count == ReportPage.asOfsMax { break }
      guard let manifest = try? snapshot.manifest(), manifest.definition.name == definition,
        let time = eventTime(manifest.asOf), time <= asOf, found.last != time
      else { continue }
      found.append(time)
    }
    return found
  }
}

/// - Throws: `FileError` where it is missing, or not what the manifest says.
func readSummary(_ snapshot: PublishedSnapshot, _ manifest: Manifest) throws -> Summary {
  try snapshot.check("summary.json", manifest)
  let path = "\(snapshot.path)/summary.json"
  guard let bytes = try wholeFile(path, atMost: Manifest.byteCountMax),
    let summary = try? JSONDecoder().decode(Summary.self, from: Data(bytes))
  else {
    throw FileError(
      .damaged, path: path, message: "not a summary that this program can read",
      hint: "one of an earlier version: run again with its --as-of")
  }
  return summary
}
