import Definition
import Judging
import Tables

/// The tables of a snapshot: what each column is called, holds and means, in one place.
///
/// Each is made where it is asked for.
package struct ResultTables: Sendable {
  private let columns: ResultColumns

  /// `accountNames`: nil where nobody asks for the log's own texts, of which there may be millions.
  package init(_ judge: Judge, accountNames: KeyList?) {
    columns = ResultColumns(judge, accountNames)
  }

  private static let leadKey = (name: "lead", meaning: LeadSubject.lead.meaning)
  private static let accountKey = (name: "account", meaning: AccountSubject.account.meaning)

  package var leads: Table { Table("leads", key: ResultTables.leadKey, columns.ofLeads) }

  package var tallies: Table { columns.talliesTable(key: ResultTables.leadKey) }

  /// Who is on which list.
  package var memberships: Table { columns.membershipsTable(key: ResultTables.leadKey) }

  /// One for each persona and list.
  package var lists: [Table] {
    columns.listings.map { columns.table(of: $0, key: ResultTables.leadKey) }
  }

  package var accounts: Table {
    Table("accounts", key: ResultTables.accountKey, columns.ofAccounts)
  }

  /// One for each list of accounts.
  package var accountLists: [Table] { columns.accountLists(key: ResultTables.accountKey) }

  /// Those whose rows are made from the accounts' rows.
  package var ofAccounts: [Table] { [accounts] + accountLists }

  /// Those whose rows are made from the leads' rows.
  package var ofLeads: [Table] { [leads, tallies, memberships] + lists }
}

/// The columns of results by what they are about.
struct ResultColumns {
  let judge: Judge
  let definition: Definition
  let hasTexts: Bool
  let account: TableColumn
  let roll: AccountRoll

  init(_ judge: Judge, _ accountNames: KeyList?) {
    self.judge = judge
    definition = judge.definition
    hasTexts = accountNames != nil
    roll = AccountRoll(judge)
    account = TableColumn(
      "account", judge.layout.account, .name(accountNames ?? KeyList()),
      LeadSubject.account.meaning)
  }

  var ofLeads: [TableColumn] {
    let activity: [LeadSubject] = [
      .firstSeen, .lastSeen, .activities(window: nil), .activeDays(window: nil),
      .visits(window: nil), .deepestVisit(window: nil), .timeOnSite(window: nil), .stage,
    ]
    let stages = definition.journey.indices
    let results =
      activity + stages.map { .tally(stage: $0, window: nil) } + stages.map { .entered(stage: $0) }
      + definition.scores.indices.flatMap { [LeadSubject.score($0), .raw($0)] }
    let answers =
      [.nps, .npsGroup] + definition.personas.indices.map { LeadSubject.persona(group: $0) }
      + definition.touches.indices.map { .touch($0) }
    return [account] + results.map { column($0) } + grades + answers.map { column($0) }
      + extra(definition.columns)
  }

  /// The interactions in the byte order of their names.
  func talliesTable(key: (name: String, meaning: String)) -> Table {
    let counts = definition.interactions.enumerated()
      .map { (name: $1.name, cell: judge.layout.lifetime.counts + $0) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return Table(
      "tallies", key: key,
      [
        TableColumn("interaction", 0, .name(KeyList(counts.map(\.name))), "the interaction's name"),
        TableColumn("count", 1, "its occurrences; no limit, cap or decay touches them"),
      ], rows: .counts(counts.map(\.cell)))
  }

  private var grades: [TableColumn] {
    definition.grades.enumerated().flatMap { index, grade in
      let coverage = TableColumn(
        "coverage.\(grade.name)", judge.layout.coverages + index,
        "how much is known for it, in percent of all weight")
      let subjects: [LeadSubject] =
        grade.isLadder ? [.grade(index)] : [.grade(index), .percent(index)]
      return subjects.map { column($0) } + [coverage]
    }
  }

  var ofAccounts: [TableColumn] {
    let totals = definition.scores.indices.flatMap { score in
      [AccountSubject.total(score: score), .max(score: score), .mean(score: score)]
    }
    let personas = definition.personas.enumerated().flatMap { group, personas in
      personas.personas.indices.map { AccountSubject.persona(group: group, persona: $0) }
    }
    let own = definition.accountScores.indices.flatMap { [AccountSubject.score($0), .raw($0)] }
    let ready = TableColumn(
      "ready", roll.layout.ready, .truth,
      "`true` or `false`; empty if the definition does not say what ready is")
    let subjects = [.leads, .engaged] + totals + personas + own + [AccountSubject.nps]
    return subjects.map { column($0) } + [ready] + extra(definition.accountColumns)
  }

  /// `title`: what the definition calls it, where it adds the column.
  func column(_ subject: LeadSubject, named title: String? = nil) -> TableColumn {
    let (cell, reading) = judge.shownReading(of: subject)
    return TableColumn(
      title ?? name(of: subject, in: definition), cell,
      kind(reading, hasTexts: hasTexts || !subject.hasTextsOfLog), subject.meaning)
  }

  func column(_ subject: AccountSubject, named title: String? = nil) -> TableColumn {
    let (cell, reading) = roll.reading(of: subject)
    return TableColumn(
      title ?? name(of: subject, in: definition), cell, kind(reading, hasTexts: hasTexts),
      subject.meaning)
  }

  /// How files write what conditions read.
  private func kind(_ reading: CellReading, hasTexts: Bool) -> TableColumn.Kind {
    switch reading {
    case .number(let divisor):
      let places = String(Int64(divisor)).count - 1
      return places == 0 ? .integer : .decimal(places: places)
    case .time: return .time
    case .oneOf(let values): return .name(KeyList(hasTexts ? values.map(\.asText) : []))
    }
  }
}
