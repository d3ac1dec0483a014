import Definition
import Judging
import Snapshots

/// The columns of a snapshot's files, in order; the key stands before them.
struct Columns {
  let leadColumns: [CSVColumn]
  let leads: CSVRow
  let listed: CSVRow
  let accounts: CSVRow

  init(_ judge: Judge, accountNames: KeyList) {
    let definition = judge.definition
    let layout = judge.layout
    let account = CSVColumn("account", layout.account, .name(accountNames))
    listed = CSVRow(
      [account]
        + definition.scores.enumerated().map { CSVColumn("score.\($1.name)", layout.scores + $0) })
    leadColumns =
      [
        account,
        CSVColumn("first_seen", layout.firstSeen, .time),
        CSVColumn("last_seen", layout.lastSeen, .time),
        CSVColumn("activities", layout.lifetime.activities),
        CSVColumn("active_days", layout.lifetime.activeDays),
        CSVColumn("visits", layout.lifetime.visits),
        CSVColumn("deepest_visit", layout.lifetime.deepestVisit),
        CSVColumn("time_on_site", layout.lifetime.timeOnSite, .decimal(places: 3)),
        CSVColumn("stage", layout.stage, .name(KeyList(definition.journey))),
      ]
      + definition.journey.enumerated().map {
        CSVColumn("tally.\($1)", layout.lifetime.tallies + $0)
      }
      + definition.scores.enumerated().flatMap { index, score in
        [
          CSVColumn("score.\(score.name)", layout.scores + index),
          CSVColumn("raw.\(score.name)", layout.raws + index, .decimal(places: 6)),
        ]
      }
      + definition.grades.enumerated().flatMap { index, grade in
        [
          CSVColumn("grade.\(grade.name)", layout.letters + index, .name(KeyList(grade.letters))),
          CSVColumn("percent.\(grade.name)", layout.percents + index),
          CSVColumn("coverage.\(grade.name)", layout.coverages + index),
        ]
      }
      + [
        CSVColumn("nps", layout.nps),
        CSVColumn(
          "nps_group", layout.npsGroup,
          .name(KeyList(NetPromoterGroup.allCases.map(\.rawValue)))),
      ]
      + definition.personas.enumerated().map {
        CSVColumn(
          "persona.\($1.name)", layout.personas + $0, .name(KeyList($1.personas.map(\.name))))
      }

    leads = CSVRow(leadColumns)

    let roll = AccountLayout(definition)
    let accounts =
      [CSVColumn("leads", roll.leads), CSVColumn("engaged", roll.engaged)]
      + definition.scores.enumerated().flatMap { index, score in
        [
          CSVColumn("total.\(score.name)", roll.totals + index),
          CSVColumn("max.\(score.name)", roll.maxima + index),
          CSVColumn("mean.\(score.name)", roll.means + index, .decimal(places: 2)),
        ]
      }
      + definition.personas.enumerated().flatMap { group, personas in
        personas.personas.enumerated().map {
          CSVColumn("personas.\(personas.name).\($1.name)", roll.firstPersona[group] + $0)
        }
      }
      + [CSVColumn("nps", roll.nps), CSVColumn("ready", roll.ready, .truth)]
    self.accounts = CSVRow(accounts)
  }
}

/// A list of leads: a persona's, or one of the definition's lists.
struct LeadListing {
  /// `group.persona`, or the list's name.
  let name: String
  /// The cell that tells, and what it holds for a member.
  let cell: Int
  let value: Int64

  static func all(_ judge: Judge) -> [LeadListing] {
    let personas = judge.definition.personas.enumerated().flatMap { group, personas in
      personas.personas.enumerated().map {
        LeadListing(
          name: "\(personas.name).\($1.name)", cell: judge.layout.personas + group,
          value: Int64($0))
      }
    }
    let lists = judge.definition.lists.enumerated().map {
      LeadListing(name: $1.name, cell: judge.layout.lists + $0, value: 1)
    }
    return personas + lists
  }
}
