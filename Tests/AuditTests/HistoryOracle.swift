import Definition
import Engine
import Judging
import Notation
import Reading
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
    private let leads: [String: (part: Int, row: Int)]
    private let accounts: [String: Int]

    fileprivate init(_ results: Results) {
      self.results = results
      var leads: [String: (part: Int, row: Int)] = [:]
      for (number, part) in results.leads.parts.enumerated() {
        for row in 0..<part.count { leads[part.keys.string(row)] = (number, row) }
      }
      self.leads = leads
      accounts = Dictionary(
        (0..<results.accounts.count).map { (results.accounts.keys.string($0), $0) }
      ) { first, _ in first }
    }
  }

  func moment(at time: Milliseconds) throws -> Moment {
    Moment(
      try Results(
        definition, sheets: sheets.all, isKnown: sheets.isKnown, asOf: time, jobs: 1,
        calendar: calendar))
  }
}

extension HistoryOracle.Moment {
  /// A lead's numbers as histories have them; nil where nothing is known of it.
  func values(ofLead name: String) -> [String]? {
    guard let (number, row) = leads[name] else { return nil }
    let (part, layout) = (results.leads.parts[number], results.judge.layout)
    return results.judge.definition.scores.indices.flatMap { score in
      ["\(part.cell(row, layout.scores + score))", pointsText(part.cell(row, layout.raws + score))]
    }
  }

  /// What a lead is, by bound; only what it is in.
  func places(ofLead name: String) -> [String: String] {
    guard let (number, row) = leads[name] else { return [:] }
    let (part, judge) = (results.leads.parts[number], results.judge)
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
    return places
  }

  func values(ofAccount name: String) -> [String]? {
    guard let row = accounts[name] else { return nil }
    let layout = AccountLayout(results.judge.definition)
    return ([layout.leads, layout.engaged] + Array(layout.totals..<layout.maxima)).map {
      "\(results.accounts.cell(row, $0))"
    }
  }

  func places(ofAccount name: String) -> [String: String] {
    let layout = AccountLayout(results.judge.definition)
    guard let row = accounts[name], results.accounts.cell(row, layout.ready) == 1 else { return [:] }
    return ["ready": "true"]
  }

  var leadNames: [String] { leads.keys.sorted() }
  var accountNames: [String] { accounts.keys.sorted() }
}
