import Definition
import Engine
import Identity
import Judging
import Notation
import Reading

/// Why an account's numbers are what they are: lead by lead, and what its own profiles say.
package struct AccountExplanation: Encodable, Sendable {
  package var schema = Explanation.schemaVersion
  package var engine = engineVersion
  package var account: String
  package var asOf: String
  package var knownAt: String?
  package var definition: String
  package var attributes: [Explanation.Attribute]
  /// The account's leads, in the order of their keys.
  package var leads: [Lead]
  package var engaged: Int64
  package var totals: [Total]
  /// The account's own scores, in the order of the definition.
  package var scores: [OwnScore]
  package var netPromoter: NetPromoter
  /// Whether the account is ready, and the tests that decided; absent where the definition does not say.
  package var ready: Ready?
  /// The lists of accounts, in the order of the definition.
  package var lists: [Membership]
  package var snapshot: Explanation.Agreement?

  package struct Lead: Encodable, Sendable {
    package var lead: String
    package var isEngaged: Bool
    /// In the order of the definition's scores.
    package var scores: [Int64]
    /// In the order of its groups.
    package var personas: [String?]
    package var netPromoterGroup: String?
  }

  package struct Total: Encodable, Sendable {
    package var score: String
    package var total: Int64
    /// What takes the sum of the leads' scores back to where numbers end; absent where it is no more.
    package var held: Int128?
    package var max: Int64?
    /// Hundredths.
    package var mean: Int64?
  }

  package struct NetPromoter: Encodable, Sendable {
    package var promoters: Int64
    package var passives: Int64
    package var detractors: Int64
    package var score: Int64?
  }

  /// Whether the account is on a list, and the tests that decided.
  package struct Membership: Encodable, Sendable {
    package var list: String
    package var isMember: Bool
    package var tests: [Verdict]
  }

  package struct Ready: Encodable, Sendable {
    package var isReady: Bool
    package var tests: [Verdict]
  }
}

/// Explains an account's results: folds all leads, and shows those that are its own.
///
/// - Throws: `RunError` where nothing is known of the account; `FileError` where the log is damaged.
package func explain(
  account: String, in root: String? = nil, of book: Book, _ subject: AuditSubject,
  jobs: Int = processorCount
) throws -> AccountExplanation {
  let reader = try LogReader(subject.log(in: root ?? book.log, of: book, jobs: jobs))
  let plan = ReadingPlan(subject.definition)
  let results = try Results(
    subject.definition, reader.sheets(for: plan, .apart), asOf: subject.asOf, jobs: jobs)
  let asked = subject.definition.accountKey(account)
  // Whoever asks by an earlier key wants the account that it has become.
  let key = results.log.accountNumber(asked).map { Array(results.accountNames[$0]) } ?? asked
  guard
    let row = (0..<results.accounts.count).first(where: {
      results.accounts.keys[$0].elementsEqual(key)
    })
  else {
    throw RunError(
      .noInput,
      "nothing is known of an account '\(account)' \(subject.terms)",
      hint: keyHint(subject.definition.reading.accountKeys))
  }
  let profiles = try withIndex(reader, plan: plan, .parts) { index in
    try LogExcerpt(
      of: index.joined(to: [LogKey(account: key).bytes]), in: index, subject.definition, jobs: jobs)
  }
  return try AccountExplanation(key, row, results, profiles, subject)
}

extension AccountExplanation {
  fileprivate init(
    _ account: [UInt8], _ row: Int, _ results: Results, _ profiles: LogExcerpt,
    _ subject: AuditSubject
  ) throws {
    let judge = results.judge
    let definition = judge.definition
    let roll = AccountRoll(judge)
    let layout = roll.layout
    let cells = results.accounts.row(row)
    func known(_ cell: Int) -> Int64? {
      cells[cell] == LeadLayout.absent ? nil : cells[cell]
    }
    func value(_ subject: AccountSubject) -> Scalar? {
      let (cell, reading) = roll.reading(of: subject)
      return reading.scalar(cells[cell])
    }
    self.account = String(decoding: account, as: UTF8.self)
    asOf = timeText(milliseconds: subject.asOf)
    knownAt = subject.knownAt.map(timeText)
    self.definition = definition.name
    let events = try profiles.attributeEvents(of: account, definition, asOf: subject.asOf)
    attributes = judge.attributes.enumerated().compactMap { index, name in
      guard let value = value(.attribute(name)) else { return nil }
      return Explanation.Attribute(
        name: name, value: value.asText, event: events[index], isAccounts: true)
    }
    let found = results.leads(ofAccount: account)
    leads = found.map(\.lead)
    scores = AccountScoreExplainer(found.map(\.key), results, cells).scores
    engaged = cells[layout.engaged]
    totals = definition.scores.enumerated().map { [leads] index, score in
      let sum = leads.reduce(Int128(0)) { $0 + Int128($1.scores[index]) }
      let total = cells[layout.totals + index]
      return Total(
        score: score.name, total: total, held: sum == Int128(total) ? nil : Int128(total) - sum,
        max: known(layout.maxima + index), mean: known(layout.means + index))
    }
    netPromoter = NetPromoter(
      promoters: cells[layout.promoters], passives: cells[layout.passives],
      detractors: cells[layout.detractors], score: known(layout.nps))
    ready = definition.ready.map { condition in
      Ready(
        isReady: cells[layout.ready] == 1,
        tests: Verdict.list(
          condition, asOf: subject.asOf, name: { name(of: $0, in: definition) }, value: value))
    }
    lists = definition.accountLists.enumerated().map { index, list in
      Membership(
        list: list.name, isMember: cells[layout.lists + index] == 1,
        tests: Verdict.list(
          list.condition, asOf: subject.asOf, name: { name(of: $0, in: definition) }, value: value))
    }
    snapshot = try Explanation.Agreement(
      account, results.tables.accounts, cells, subject)
  }
}

extension Results {
  /// The leads that belong to an account.
  fileprivate func leads(
    ofAccount account: [UInt8]
  ) -> [(key: [UInt8], lead: AccountExplanation.Lead)] {
    guard
      let number = (0..<accountNames.count).first(where: {
        accountNames[$0].elementsEqual(account)
      })
    else { return [] }
    let layout = judge.layout
    var found: [(key: [UInt8], lead: AccountExplanation.Lead)] = []
    for part in leads.parts {
      for row in 0..<part.count where part.cell(row, layout.account) == Int64(number) {
        func name(_ cell: Int, _ names: [String]) -> String? {
          let value = part.cell(row, cell)
          return value == LeadLayout.absent ? nil : names[Int(value)]
        }
        let lead = AccountExplanation.Lead(
          lead: part.keys.string(row),
          isEngaged: part.cell(row, layout.firstSeen) != LeadLayout.absent,
          scores: judge.definition.scores.indices.map { part.cell(row, layout.scores + $0) },
          personas: judge.definition.personas.enumerated().map { index, group in
            name(layout.personas + index, group.personas.map(\.name))
          },
          netPromoterGroup: name(layout.npsGroup, NetPromoterGroup.allCases.map(\.rawValue)))
        found.append((Array(part.keys[row]), lead))
      }
    }
    return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }
}

extension LogExcerpt {
  /// The events of an account's profiles that gave each attribute its last word, by attribute.
  fileprivate func attributeEvents(
    of account: [UInt8], _ definition: Definition, asOf: Milliseconds
  ) throws -> [Int: Explanation.Event] {
    let log = try GatheredLog(
      definition, sheets: sheets, isKnown: isKnown, asOf: asOf, jobs: 1)
    let replayer = LeadReplayer(log, log.judge)
    guard let number = log.accountNumber(account) else { return [:] }
    _ = replayer.gather(log.set.profileMembers(of: number), named: [])
    let history = replayer.history
    var events: [Int: Explanation.Event] = [:]
    for index in 0..<history.count {
      let event = history.events[index]
      for place in Int(event.factStart)..<Int(event.factEnd) {
        events[Int(history.facts[place].index)] = Explanation.Event(
          self.event(at: EventPlace(event)), at: event.time)
      }
    }
    return events
  }
}
