import Definition
import Engine
import Judging
import Notation
import Workers

/// What the log tells over all leads that no snapshot holds.
struct HistoryFacts: Sendable {
  var points: PointSums
  /// By stage, of leads that came to it from the one before: by whole days, how many took so long.
  var days: [[Int: Int]]
  var answers: AnswersOverTime

  init(_ judge: Judge) {
    points = PointSums(judge.definition)
    days = judge.definition.journey.map { _ in [:] }
    answers = AnswersOverTime(asOf: judge.asOf)
  }

  static func += (sum: inout HistoryFacts, part: HistoryFacts) {
    sum.points += part.points
    for stage in sum.days.indices { sum.days[stage].merge(part.days[stage], uniquingKeysWith: +) }
    sum.answers += part.answers
  }

  /// In how many days half of those that came to a stage from the one before had come; nil where nobody did.
  func medianDays(to stage: Int) -> Int? {
    let counts = days[stage].sorted { $0.key < $1.key }
    let all = counts.reduce(0) { $0 + $1.value }
    var sum = 0
    for (days, count) in counts {
      sum += count
      if sum * 2 >= all { return days }
    }
    return nil
  }
}

/// Net promoter answers as they stood at the end of each of the last weeks.
struct AnswersOverTime: Sendable {
  static let weekCount = 52
  private static let week: Milliseconds = 7 * 86_400_000
  private let asOf: Milliseconds
  /// By group and week, how many more than the week before.
  private var changes: [[Int]]

  init(asOf: Milliseconds) {
    self.asOf = asOf
    changes = NetPromoterGroup.allCases.map { _ in
      [Int](repeating: 0, count: AnswersOverTime.weekCount + 2)
    }
  }

  /// The first of the weeks' ends that is not before a time.
  private func place(_ time: Milliseconds) -> Int {
    let (back, overflow) = asOf.subtractingReportingOverflow(time)
    if overflow || back < 0 { return AnswersOverTime.weekCount + 1 }
    return AnswersOverTime.weekCount - Int(min(back / AnswersOverTime.week, 52))
  }

  /// Counts an answer that is a lead's from a time on, up to another.
  mutating func count(_ group: NetPromoterGroup, from: Milliseconds, end: Milliseconds) {
    let (first, behind) = (place(from), place(end))
    guard first < behind, let row = NetPromoterGroup.allCases.firstIndex(of: group) else { return }
    changes[row][first] += 1
    changes[row][behind] -= 1
  }

  static func += (sum: inout AnswersOverTime, part: AnswersOverTime) {
    for row in sum.changes.indices {
      for week in sum.changes[row].indices { sum.changes[row][week] += part.changes[row][week] }
    }
  }

  /// By week, the latest last: its end, and how answers stood then.
  var weeks: [(time: Milliseconds, answers: NetPromoterScore)] {
    var sums = changes.map { _ in 0 }
    return (0...AnswersOverTime.weekCount).map { week in
      for row in sums.indices { sums[row] += changes[row][week] }
      var answers = NetPromoterScore()
      for (group, sum) in zip(NetPromoterGroup.allCases, sums) {
        switch group {
        case .promoter: answers.promoters = Int64(sum)
        case .passive: answers.passives = Int64(sum)
        case .detractor: answers.detractors = Int64(sum)
        }
      }
      return (asOf - Milliseconds(AnswersOverTime.weekCount - week) * AnswersOverTime.week, answers)
    }
  }
}

extension LogReplay {
  /// Judges every lead and adds up what it comes to.
  func history(jobs: Int) throws -> HistoryFacts {
    let (log, judge) = (log, log.judge)
    let workers = try log.withAccounts { accounts in
      try parallel(
        LeadStream.taskCount(log.identities), jobs: jobs,
        makeWorker: { _ in HistoryWorker(log, judge, accounts) }
      ) { $0.fold($1) }
    }
    return workers.reduce(into: HistoryFacts(judge)) { $0 += $1.facts }
  }
}

/// One worker: a desk that every lead uses again.
private final class HistoryWorker: @unchecked Sendable {
  private(set) var facts: HistoryFacts
  private let leads: LeadStream
  private let judge: Judge
  private let accounts: AccountAttributes
  private let desk: Desk

  init(_ log: GatheredLog, _ judge: Judge, _ accounts: AccountAttributes) {
    facts = HistoryFacts(judge)
    leads = LeadStream(log.set, log.identities, asOf: log.asOf)
    self.judge = judge
    self.accounts = accounts
    desk = Desk(judge)
  }

  func fold(_ task: Int) {
    var fates = LeadStream.LeadFates()
    let (history, judge, desk, entered) = (leads.history, judge, desk, judge.layout.entered)
    let stageCount = judge.definition.journey.count
    leads.forEachLead(ofTask: task, &fates) { _ in
      judge.judge(history, desk, accounts: accounts)
      if judge.excludes, desk.cells[judge.layout.excluded] == 1 { return }
      judge.add(desk, to: &facts.points)
      for stage in stride(from: 1, to: stageCount, by: 1) {
        let (from, to) = (desk.cells[entered + stage - 1], desk.cells[entered + stage])
        guard from != LeadLayout.absent, to != LeadLayout.absent, to >= from else { continue }
        facts.days[stage][Int((to - from) / 86_400_000), default: 0] += 1
      }
      judge.forEachAnswer(in: history) { group, from, end in
        facts.answers.count(group, from: from, end: end)
      }
    }
  }
}
