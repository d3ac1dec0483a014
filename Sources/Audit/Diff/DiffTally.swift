import Definition
import EventLog
import Files
import Judging
import Notation
import Snapshots
import Tables

/// What a comparison has met so far: sums over all leads, and the leads themselves.
struct DiffTally: Sendable {
  private(set) var leads = DiffReport.Leads()
  private var causes: [CauseTable.Key: (leads: Int, points: Int128)] = [:]
  private var changes: [(size: Int128, change: DiffReport.LeadChange)] = []
  private var accounts: [AccountKey: TotalSums] = [:]
  private var unreproduced: [String] = []

  private struct AccountKey: Hashable {
    var account: String
    var score: Int
  }

  private struct TotalSums {
    var from: Int128 = 0
    var to: Int128 = 0
    var movedIn: Int128 = 0
    var movedOut: Int128 = 0
    var causes: [CauseTable.Key: Int128] = [:]
  }

  /// Takes note of one lead.
  mutating func count(
    _ key: [UInt8], from first: LeadLedger, to last: LeadLedger, _ table: CauseTable,
    _ inputs: DiffInputs
  ) {
    for score in first.scores.indices {
      let change = Int128(last.scores[score] ?? 0) - Int128(first.scores[score] ?? 0)
      precondition(
        table.sum(ofScore: score) == change * 1_000_000,
        "the causes of a lead's change add up to it")
    }
    if !inputs.isReproduced(key, first, last) {
      unreproduced.append(String(decoding: key, as: UTF8.self))
    }
    for (cause, points) in table.points {
      let sum = causes[cause] ?? (0, 0)
      causes[cause] = (sum.leads + 1, sum.points + points)
    }
    countAccounts(from: first, to: last, table)
    let moves = inputs.shape.moves(from: first, to: last)
    let change: String
    switch (first.isKnown, last.isKnown) {
    case (false, _): (change, leads.came) = ("came", leads.came + 1)
    case (_, false): (change, leads.gone) = ("gone", leads.gone + 1)
    default:
      if first.scores == last.scores, moves.isEmpty {
        leads.unchanged += 1
        return
      }
      (change, leads.changed) = ("changed", leads.changed + 1)
    }
    changes.append(
      (
        first.scores.indices.reduce(0) {
          $0 + Int128(((last.scores[$1] ?? 0) - (first.scores[$1] ?? 0)).magnitude)
        },
        DiffReport.LeadChange(
          lead: String(decoding: key, as: UTF8.self), change: change,
          scores: scoreChanges(from: first, to: last, table, inputs.names), moves: moves)
      ))
  }

  private func scoreChanges(
    from first: LeadLedger, to last: LeadLedger, _ table: CauseTable, _ names: LedgerNames
  ) -> [DiffReport.ScoreChange] {
    names.scores.indices.compactMap { score in
      let causes = table.points.filter { $0.key.score == score }
      if first.scores[score] == last.scores[score], causes.isEmpty { return nil }
      return DiffReport.ScoreChange(
        score: names.scores[score], from: first.scores[score], to: last.scores[score],
        rawFrom: first.raws[score], rawTo: last.raws[score], causes: sortedCauses(causes))
    }
  }

  private mutating func countAccounts(
    from first: LeadLedger, to last: LeadLedger, _ table: CauseTable
  ) {
    for score in first.scores.indices {
      let (before, after) = (Int128(first.scores[score] ?? 0), Int128(last.scores[score] ?? 0))
      if let account = first.account {
        let key = AccountKey(account: account, score: score)
        accounts[key, default: TotalSums()].from += before
        // A lead that is gone takes its score along by its causes; one that moved leaves it behind.
        if last.isKnown, last.account != account {
          accounts[key, default: TotalSums()].movedOut -= before
        }
        if !last.isKnown { add(table, score, to: key) }
      }
      guard let account = last.account else { continue }
      let key = AccountKey(account: account, score: score)
      accounts[key, default: TotalSums()].to += after
      if first.isKnown, first.account != account {
        accounts[key, default: TotalSums()].movedIn += before
      }
      add(table, score, to: key)
    }
  }

  private mutating func add(_ table: CauseTable, _ score: Int, to key: AccountKey) {
    for (cause, points) in table.points where cause.score == score {
      accounts[key, default: TotalSums()].causes[cause, default: 0] += points
    }
  }

  static func += (sum: inout DiffTally, part: DiffTally) {
    sum.leads.came += part.leads.came
    sum.leads.gone += part.leads.gone
    sum.leads.changed += part.leads.changed
    sum.leads.unchanged += part.leads.unchanged
    sum.causes.merge(part.causes) { ($0.leads + $1.leads, $0.points + $1.points) }
    sum.changes += part.changes
    sum.unreproduced += part.unreproduced
    sum.accounts.merge(part.accounts) { one, other in
      TotalSums(
        from: one.from + other.from, to: one.to + other.to,
        movedIn: one.movedIn + other.movedIn, movedOut: one.movedOut + other.movedOut,
        causes: one.causes.merging(other.causes, uniquingKeysWith: +))
    }
  }
}

extension DiffTally {
  /// The report, everything in an order that depends on nothing but what it says.
  func report(_ plan: DiffPlan, _ names: LedgerNames) -> DiffReport {
    var report = DiffReport(from: .init(plan.from), to: .init(plan.to))
    report.leads = leads
    report.causes =
      causes
      .sorted { a, b in
        let (sizeA, sizeB) = (a.value.points.magnitude, b.value.points.magnitude)
        return sizeA != sizeB ? sizeA > sizeB : a.key.precedes(b.key)
      }
      .map { key, sum in
        DiffReport.CauseSum(
          score: names.scores[key.score], cause: key.cause, part: key.part, rule: key.rule,
          leads: sum.leads, micropoints: sum.points)
      }
    let sorted = changes.sorted { a, b in
      a.size != b.size
        ? a.size > b.size
        : a.change.lead.utf8.lexicographicallyPrecedes(b.change.lead.utf8)
    }
    report.changes = sorted.prefix(plan.shownMax ?? .max).map(\.change)
    let accounts = accountChanges(names)
    report.accountsChanged = accounts.count
    report.accounts = Array(accounts.prefix(plan.shownMax ?? .max))
    report.unreproduced = unreproduced.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return report
  }

  private func accountChanges(_ names: LedgerNames) -> [DiffReport.AccountChange] {
    var byAccount: [String: [DiffReport.TotalChange]] = [:]
    for (key, sums) in accounts.sorted(by: { $0.key.score < $1.key.score }) {
      let (from, to) = (heldTotal(sums.from), heldTotal(sums.to))
      if from == to { continue }
      let causes = sums.causes.filter { $0.value != 0 }
      precondition(
        causes.reduce((sums.movedIn + sums.movedOut) * 1_000_000) { $0 + $1.value }
          == (sums.to - sums.from) * 1_000_000,
        "the causes of an account's change add up to it")
      byAccount[key.account, default: []].append(
        DiffReport.TotalChange(
          score: names.scores[key.score], from: from, to: to, movedIn: sums.movedIn,
          movedOut: sums.movedOut, held: Int128(to - from) - (sums.to - sums.from),
          causes: sortedCauses(causes)))
    }
    func size(_ totals: [DiffReport.TotalChange]) -> Int64 {
      totals.reduce(0) { $0 + abs($1.to - $1.from) }
    }
    return byAccount.sorted { a, b in
      let (sizeA, sizeB) = (size(a.value), size(b.value))
      return sizeA != sizeB
        ? sizeA > sizeB : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }.map { DiffReport.AccountChange(account: $0.key, totals: $0.value) }
  }
}

/// Causes in the order of steps, of each step the largest first.
private func sortedCauses(_ causes: [CauseTable.Key: Int128]) -> [DiffReport.Cause] {
  causes.sorted { a, b in
    if a.key.cause != b.key.cause { return a.key.cause.place < b.key.cause.place }
    let (sizeA, sizeB) = (a.value.magnitude, b.value.magnitude)
    return sizeA != sizeB ? sizeA > sizeB : a.key.precedes(b.key)
  }.map { key, points in
    DiffReport.Cause(cause: key.cause, part: key.part, rule: key.rule, micropoints: points)
  }
}

extension ComparisonShape {
  /// The account, grades and personas that are others now.
  fileprivate func moves(from first: LeadLedger, to last: LeadLedger) -> [DiffReport.Move] {
    var moves: [DiffReport.Move] = []
    if first.account != last.account {
      moves.append(.init(what: "account", from: first.account, to: last.account))
    }
    let rows = [first, last].map { $0.isKnown ? $0.row : nobody }
    forEachChange(rows[0], rows[1]) { change in
      switch change {
      case .grade(let index, let before, let after, _):
        moves.append(.init(what: "grade.\(grades[index].name)", from: before, to: after))
      case .persona(let index, let before, let after):
        moves.append(.init(what: "persona.\(personas[index].name)", from: before, to: after))
      case .new, .gone, .score, .list: break
      }
    }
    return moves.sorted { $0.what < $1.what }
  }
}

extension DiffCause {
  fileprivate var place: Int { DiffCause.allCases.firstIndex(of: self) ?? 0 }
}

extension CauseTable.Key {
  fileprivate func precedes(_ other: CauseTable.Key) -> Bool {
    (score, cause.place, part.rawValue, rule ?? "")
      < (other.score, other.cause.place, other.part.rawValue, other.rule ?? "")
  }
}

extension DiffReport.Side {
  fileprivate init(_ subject: AuditSubject) {
    snapshot = subject.snapshot?.name
    asOf = timeText(milliseconds: subject.asOf)
    knownAt = subject.knownAt.map(timeText)
    definition = subject.definition.name
    definitionSha256 = SHA256Hasher.hex(of: subject.definition.text)
  }
}
