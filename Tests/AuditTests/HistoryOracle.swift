import Definition
import Engine
import Judging
import Notation
import Reading
import Tables
import TestBooks

/// What a run as of any time would have of a lead or an account: all that there is, judged all over.
struct HistoryOracle {
  private let definition: Definition
  private let sheets: LogSheets
  private let calendar: LocalCalendar

  init(_ scratch: ScratchBook, _ definition: Definition) throws {
    self.definition = definition
    sheets = try LogReader(Log(of: scratch.book, jobs: 1)).sheets(for: ReadingPlan(definition))
    calendar = LocalCalendar(timezone: definition.timezone)
  }

  /// Everything as of one time.
  struct Moment {
    fileprivate let results: Results
    /// By the bytes of keys: text that looks alike is equal, keys are not.
    private let leads: [[UInt8]: (part: CellTable, row: Int)]
    private let accounts: [[UInt8]: Int]

    fileprivate init(_ results: Results) {
      self.results = results
      var leads: [[UInt8]: (part: CellTable, row: Int)] = [:]
      // A history shows those that are left out, too.
      for part in results.leads.parts + results.leads.excludedParts {
        for row in 0..<part.count { leads[Array(part.keys[row])] = (part, row) }
      }
      self.leads = leads
      accounts = Dictionary(
        (0..<results.accounts.count).map { (Array(results.accounts.keys[$0]), $0) }
      ) { first, _ in first }
    }
  }

  func moment(at time: Milliseconds) throws -> Moment {
    Moment(
      try Results(
        definition, sheets: sheets.all, isKnown: sheets.isKnown, asOf: time, jobs: 1,
        keepsEveryCell: true, calendar: calendar))
  }
}

extension HistoryOracle.Moment {
  /// A lead's numbers as histories have them; nil where nothing is known of it.
  func values(ofLead name: String) -> [String]? {
    guard let (part, row) = leads[Array(name.utf8)] else { return nil }
    let layout = results.judge.layout
    return results.judge.definition.scores.indices.flatMap { score in
      ["\(part.cell(row, layout.scores + score))", pointsText(part.cell(row, layout.raws + score))]
    }
  }

  /// What a lead is, by bound; only what it is in.
  func places(ofLead name: String) -> [String: String] {
    guard let (part, row) = leads[Array(name.utf8)] else { return [:] }
    let judge = results.judge
    var places: [String: String] = [:]
    for (index, group) in judge.definition.personas.enumerated() {
      let persona = part.cell(row, judge.layout.personas + index)
      if persona != LeadLayout.absent {
        places["persona.\(group.name)"] = group.personas[Int(persona)].name
      }
    }
    for (index, list) in judge.definition.lists.enumerated()
    where part.cell(row, judge.layout.lists + index) == 1 {
      places["list.\(list.name)"] = "in"
    }
    if judge.excludes, part.cell(row, judge.layout.excluded) == 1 { places["excluded"] = "true" }
    return places
  }

  func values(ofAccount name: String) -> [String]? {
    guard let row = accounts[Array(name.utf8)] else { return nil }
    let layout = AccountLayout(results.judge.definition)
    let cells =
      [layout.leads, layout.engaged] + (layout.totals..<layout.maxima)
      + (layout.ownScores..<layout.cellCount)
    return cells.map {
      let value = results.accounts.cell(row, $0)
      return value == LeadLayout.absent ? "" : "\(value)"
    }
  }

  func places(ofAccount name: String) -> [String: String] {
    let definition = results.judge.definition
    let layout = AccountLayout(definition)
    guard let row = accounts[Array(name.utf8)] else { return [:] }
    var places: [String: String] = [:]
    if results.accounts.cell(row, layout.ready) == 1 { places["ready"] = "true" }
    for (index, list) in definition.accountLists.enumerated()
    where results.accounts.cell(row, layout.lists + index) == 1 {
      places["list.\(list.name)"] = "in"
    }
    return places
  }

  var leadNames: [String] { HistoryOracle.Moment.names(leads.keys) }
  var accountNames: [String] { HistoryOracle.Moment.names(accounts.keys) }

  private static func names(_ keys: some Sequence<[UInt8]>) -> [String] {
    keys.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
  }
}
