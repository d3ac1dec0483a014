import Definition
import Judging
import Notation
import Reading

extension Summary {
  package init(_ results: Results, _ log: LineCounts) {
    let judge = results.judge
    let definition = judge.definition
    let fates = results.fates
    let census = results.leads.census
    var refused: [String: Int] = [:]
    for reason in Refusal.allCases {
      let count = log.refusedByReason[Int(reason.rawValue)]
      // Those of other formats stand there only where such a format was read.
      if count > 0 || Refusal.ofEvents.contains(reason) { refused[reason.name] = count }
    }
    var ready: Int?
    if definition.ready != nil {
      let cell = AccountLayout(definition).ready
      ready = (0..<results.accounts.count).count { results.accounts.cell($0, cell) == 1 }
    }
    self.init(
      asOf: timeText(milliseconds: judge.asOf),
      definition: definition.name,
      events: Events(
        read: log.read, refused: log.refused, refusedByReason: refused, ignored: log.ignored,
        forgets: fates.forgets, erased: fates.erased, future: fates.future,
        withdraws: fates.withdraws,
        withdrawsWithoutEffect: results.log.identities.idleWithdraws.count,
        withdrawn: fates.withdrawn, duplicates: fates.duplicates, conflicts: fates.conflicts,
        used: fates.used, notJoined: results.log.identities.notJoinedCount),
      leads: Leads(
        known: results.leadCount, engaged: census.engaged, excluded: census.excluded),
      accounts: Accounts(
        known: results.accounts.count, ready: ready, lists: Summary.accountLists(results)),
      scores: Summary.scores(results, census),
      grades: Summary.grades(definition, census),
      personas: Dictionary(
        uniqueKeysWithValues: definition.personas.enumerated().map { group, personas in
          (
            personas.name,
            Dictionary(
              uniqueKeysWithValues: personas.personas.enumerated().map {
                ($1.name, census.personas[group][$0])
              })
          )
        }),
      lists: Dictionary(
        uniqueKeysWithValues: definition.lists.enumerated().map {
          ($1.name, ListSummary(members: census.lists[$0], first: $1.first))
        }),
      nps: NPS(
        promoters: Int(census.nps.promoters), passives: Int(census.nps.passives),
        detractors: Int(census.nps.detractors),
        invalidAnswers: results.leads.counts.invalidAnswers, score: census.nps.score.map(Int.init)),
      held: Summary.held(results),
      largestGroups: census.largestGroups.groups.map {
        LeadGroup(lead: String(decoding: $0.lead, as: UTF8.self), keys: $0.keyCount)
      })
  }

  private static func accountLists(_ results: Results) -> [String: ListSummary]? {
    let definition = results.judge.definition
    if definition.accountLists.isEmpty { return nil }
    let first = AccountLayout(definition).lists
    let accounts = results.accounts
    return Dictionary(
      uniqueKeysWithValues: definition.accountLists.enumerated().map { index, list in
        let members = (0..<accounts.count).count { accounts.cell($0, first + index) == 1 }
        return (list.name, ListSummary(members: members, first: list.first))
      })
  }

  private static func held(_ results: Results) -> Held {
    let definition = results.judge.definition
    let scores = definition.scores.map(\.name)
    func byColumn(_ columns: [String], _ counts: [Int]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: zip(columns, counts))
    }
    return Held(
      leads: byColumn(scores.map { "raw.\($0)" }, results.leads.counts.heldRaws),
      accounts: byColumn(
        scores.map { "total.\($0)" } + definition.accountScores.map { "raw.\($0.name)" },
        results.heldOfAccounts))
  }

  private static func scores(_ results: Results, _ census: LeadCensus) -> [String: ScoreSummary] {
    let counts = results.leads.counts
    var firstRule = 0
    var firstCap = 0
    var summaries: [String: ScoreSummary] = [:]
    let definition = results.judge.definition
    for (index, score) in definition.scores.enumerated() {
      var rules: [String: Rule] = [:]
      var held: [Int] = []
      if case .points(let pointRules, let caps) = score.source {
        for (offset, rule) in pointRules.enumerated() {
          let count = counts.rules[firstRule + offset]
          rules[definition.interactions[rule.interaction].name] = Rule(
            occurrences: count.occurrences, counted: count.counted, repeat: count.repeat,
            limit: count.limit, noValue: count.noValue, leadsHeldByCap: count.heldByCap)
        }
        held = Array(counts.heldByGroupCap[firstCap..<firstCap + caps.count])
        firstRule += pointRules.count
        firstCap += caps.count
      }
      summaries[score.name] = ScoreSummary(
        leadsByScore: Dictionary(
          uniqueKeysWithValues: census.scores[index].byValue.map { ("\($0)", $1) }),
        rules: rules, leadsHeldByGroupCap: held)
    }
    return summaries
  }

  private static func grades(
    _ definition: Definition, _ census: LeadCensus
  ) -> [String: [String: Int]] {
    var grades: [String: [String: Int]] = [:]
    for (index, grade) in definition.grades.enumerated() {
      var letters = Dictionary(
        uniqueKeysWithValues: grade.letters.enumerated().map { ($1, census.letters[index][$0]) })
      letters["ungraded"] = census.ungraded[index]
      grades[grade.name] = letters
    }
    return grades
  }
}
