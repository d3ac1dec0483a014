import Definition
import Judging
import Tables

/// The tables of a snapshot: what each column is called, holds and means, in one place.
package struct ResultTables: Sendable {
  package let leads: Table
  package let tallies: Table
  /// One for each persona and list.
  package let lists: [Table]
  package let accounts: Table

  /// Those whose rows are made from the leads' rows.
  package var ofLeads: [Table] { [leads, tallies] + lists }

  private static let leadKey = (name: "lead", meaning: "the lead's key")

  package init(_ judge: Judge, accountNames: KeyList) {
    let columns = ResultColumns(judge, accountNames)
    leads = Table(
      "leads", key: ResultTables.leadKey,
      [columns.account] + columns.activity + columns.tallies + columns.entered + columns.scores
        + columns.grades + columns.answers + columns.personas + columns.touches)
    tallies = columns.talliesTable(key: ResultTables.leadKey)
    lists = columns.listings.map { listing in
      Table(
        "lists/\(listing.name)", key: ResultTables.leadKey,
        [columns.account] + columns.wholeScores,
        rows: .having(cell: listing.cell, value: listing.value))
    }
    accounts = Table(
      "accounts", key: ("account", "the account's key"), columns.ofAccounts)
  }
}

/// The columns of results by what they are about.
private struct ResultColumns {
  let definition: Definition
  let layout: LeadLayout
  let accountLayout: AccountLayout
  let account: TableColumn
  /// By touch, the texts it may be.
  let touched: [[String]]

  init(_ judge: Judge, _ accountNames: KeyList) {
    definition = judge.definition
    layout = judge.layout
    accountLayout = AccountLayout(judge.definition)
    touched = judge.definition.touches.indices.map(judge.texts(ofTouch:))
    account = TableColumn(
      "account", layout.account, .name(accountNames), "the account it belongs to")
  }

  var activity: [TableColumn] {
    [
      TableColumn("first_seen", layout.firstSeen, .time, "time of its first activity"),
      TableColumn("last_seen", layout.lastSeen, .time, "time of its last activity"),
      TableColumn(
        "activities", layout.lifetime.activities,
        "events that are an occurrence of at least one interaction"),
      TableColumn(
        "active_days", layout.lifetime.activeDays,
        "distinct calendar days with an activity, in the definition's time zone"),
      TableColumn(
        "visits", layout.lifetime.visits,
        "runs of activities with no gap of more than 30 minutes"),
      TableColumn(
        "deepest_visit", layout.lifetime.deepestVisit,
        "the most page views in one visit, of those that are activities"),
      TableColumn(
        "time_on_site", layout.lifetime.timeOnSite, .decimal(places: 3),
        "seconds: the sum of `duration` over page views that are activities, each × 1000 in binary64, "
          + "rounded to the millisecond and held within 0 and 1,800; what is no number is 0"),
      TableColumn(
        "stage", layout.stage, .name(KeyList(definition.journey)),
        "the furthest stage of the journey with a tally of at least 1"),
    ]
  }

  var tallies: [TableColumn] {
    definition.journey.enumerated().map {
      TableColumn(
        "tally.\($1)", layout.lifetime.tallies + $0,
        "for each stage: occurrences of its interactions")
    }
  }

  var entered: [TableColumn] {
    definition.journey.enumerated().map {
      TableColumn(
        "entered.\($1)", layout.entered + $0, .time,
        "for each stage: the time of the first activity in it")
    }
  }

  var touches: [TableColumn] {
    definition.touches.enumerated().map {
      TableColumn(
        "touch.\($1.name)", layout.touches + $0, .name(KeyList(touched[$0])),
        "for each touch: the property's text at the occurrence that tells")
    }
  }

  /// The interactions in the byte order of their names.
  func talliesTable(key: (name: String, meaning: String)) -> Table {
    let counts = definition.interactions.enumerated()
      .map { (name: $1.name, cell: layout.lifetime.counts + $0) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return Table(
      "tallies", key: key,
      [
        TableColumn("interaction", 0, .name(KeyList(counts.map(\.name))), "the interaction's name"),
        TableColumn("count", 1, "its occurrences; no limit, cap or decay touches them"),
      ], rows: .counts(counts.map(\.cell)))
  }

  var wholeScores: [TableColumn] {
    definition.scores.enumerated().map {
      TableColumn(
        "score.\($1.name)", layout.scores + $0, "for each score: whole points within its range")
    }
  }

  var scores: [TableColumn] {
    zip(wholeScores, definition.scores.enumerated()).flatMap { whole, score in
      [
        whole,
        TableColumn(
          "raw.\(score.element.name)", layout.raws + score.offset, .decimal(places: 6),
          "its exact sum, before rounding and range"),
      ]
    }
  }

  var grades: [TableColumn] {
    definition.grades.enumerated().flatMap { index, grade in
      [
        TableColumn(
          "grade.\(grade.name)", layout.letters + index, .name(KeyList(grade.letters)),
          "for each grade: its letter"),
        TableColumn(
          "percent.\(grade.name)", layout.percents + index, "its percent; a ladder has none"),
        TableColumn(
          "coverage.\(grade.name)", layout.coverages + index,
          "how much is known for it, in percent of all weight"),
      ]
    }
  }

  var answers: [TableColumn] {
    [
      TableColumn("nps", layout.nps, "the latest valid answer"),
      TableColumn(
        "nps_group", layout.npsGroup, .name(KeyList(NetPromoterGroup.allCases.map(\.rawValue))),
        "`promoter`, `passive` or `detractor`"),
    ]
  }

  var personas: [TableColumn] {
    definition.personas.enumerated().map {
      TableColumn(
        "persona.\($1.name)", layout.personas + $0, .name(KeyList($1.personas.map(\.name))),
        "for each group: the lead's persona")
    }
  }

  var ofAccounts: [TableColumn] {
    let roll = accountLayout
    let counts = [
      TableColumn("leads", roll.leads, "its leads"),
      TableColumn("engaged", roll.engaged, "its leads with an activity"),
    ]
    let totals = definition.scores.enumerated().flatMap { index, score in
      [
        TableColumn(
          "total.\(score.name)", roll.totals + index,
          "for each score: the sum of its leads; without leads 0"),
        TableColumn(
          "max.\(score.name)", roll.maxima + index, "the highest of its leads; without leads empty"),
        TableColumn(
          "mean.\(score.name)", roll.means + index, .decimal(places: 2),
          "the mean of its leads, of the exact sum, to two decimals; without leads empty"),
      ]
    }
    let personas = definition.personas.enumerated().flatMap { group, personas in
      personas.personas.enumerated().map {
        TableColumn(
          "personas.\(personas.name).\($1.name)", roll.firstPersona[group] + $0,
          "for each persona: how many of its leads are one")
      }
    }
    let own = definition.accountScores.enumerated().flatMap { index, score in
      [
        TableColumn(
          "score.\(score.name)", roll.ownScores + index,
          "for each score of accounts: whole points within its range; empty where its raw is"),
        TableColumn(
          "raw.\(score.name)", roll.ownRaws + index, .decimal(places: 6),
          "what its leads, or its parts, come to, before rounding and range; a mean or maximum of no lead is empty"
        ),
      ]
    }
    return counts + totals + personas + own + [
      TableColumn(
        "nps", roll.nps,
        "percent of promoters less percent of detractors among its leads' answers"),
      TableColumn(
        "ready", roll.ready, .truth,
        "`true` or `false`; empty if the definition does not say what ready is"),
    ]
  }

  /// The personas, then the lists, with the cell that tells and what it holds for a member.
  var listings: [(name: String, cell: Int, value: Int64)] {
    definition.personas.enumerated().flatMap { group, personas in
      personas.personas.enumerated().map {
        ("\(personas.name).\($1.name)", layout.personas + group, Int64($0))
      }
    } + definition.lists.enumerated().map { ($1.name, layout.lists + $0, 1) }
  }
}
