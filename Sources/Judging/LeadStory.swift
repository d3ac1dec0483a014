import Definition
import Notation

/// A lead's events, and what follows from them whatever the time: which of its occurrences counted, and which
/// days and visits its activities are of.
///
/// Of a part of them, from the first one on, the same parts of all this are true: no event changes what became
/// of those before it.
package final class LeadStory: @unchecked Sendable {
  /// The lead's final key.
  let name: [UInt8]
  /// Settled; nobody changes it any more.
  package let history: LeadHistory
  /// By rule, gains and losses.
  let points: [FadingPoints]
  /// By the same, how much of it says as much as all of it, because a cap holds it.
  private let enough: [Int128?]
  let notes: ActivityNotes
  /// Nil where nobody asks for them.
  let busiestHours: BusiestHours?

  package init(_ name: [UInt8], _ history: LeadHistory, _ judge: Judge) {
    self.name = name
    self.history = history
    busiestHours =
      judge.busiestHours.count == 0 ? nil : BusiestHours(history, judge.activities)
    let desk = Desk(judge)
    desk.clear()
    judge.measureLifetime(history, desk)
    notes = ActivityNotes(history, judge.activities, desk)
    var counted = CountedPoints(judge, history)
    judge.offer(history, desk, telling: &counted)
    points = counted.fadingPoints(judge)
    enough = points.map { [points] in judge.enough(of: $0, among: points) }
  }

  /// The accounts that an event names, by their numbers in the end, and those that the lead may come to by a domain, by
  /// their numbers before merges of accounts.
  package func accounts(_ judge: Judge) -> Set<Int> {
    let own = name.withUnsafeBufferPointer { judge.domainAccount(ofKey: $0) }
    return (0..<history.factCount).reduce(into: Set([own].compactMap { $0 })) { accounts, place in
      let fact = history.facts[place]
      switch fact.kind {
      case .account: accounts.insert(Int(fact.payload))
      case .attribute:
        judge.domainAccount(ofAttribute: Int(fact.index), value: Int(fact.payload))
          .map { _ = accounts.insert($0) }
      default: break
      }
    }
  }

  /// What is left at a time of the points that were given up to another, by rule: gains and losses, neither with
  /// a sign.
  func totals(at time: Milliseconds, givenUpTo latest: Milliseconds) -> [Int128] {
    points.indices.map { index in
      points[index].total(at: time, givenUpTo: latest, enough: enough[index])
    }
  }

  /// No more than what is left at a time of the points that were given before it.
  ///
  /// `totals`: what is left then of all up to it.
  func totals(_ totals: [Int128], withoutThoseGivenAt time: Milliseconds) -> [Int128] {
    zip(points, totals).map { max(0, $1 - $0.given(at: time)) }
  }
}

/// Takes down what counted of a lead.
private struct CountedPoints: JudgingTrace {
  private let judge: Judge
  private let history: LeadHistory
  /// By rule.
  private var gains: [Given]
  private var losses: [Given]

  private struct Given {
    var times: [Milliseconds] = []
    var points: [Micropoints] = []

    mutating func append(_ offered: Micropoints, at time: Milliseconds) {
      times.append(time)
      points.append(offered)
    }
  }

  init(_ judge: Judge, _ history: LeadHistory) {
    self.judge = judge
    self.history = history
    gains = [Given](repeating: Given(), count: judge.rules.count)
    losses = gains
  }

  func fadingPoints(_ judge: Judge) -> [FadingPoints] {
    (0..<judge.rules.count).flatMap { rule in
      [(gains[rule], false), (losses[rule], true)].compactMap { given, isLoss in
        given.times.isEmpty
          ? nil
          : FadingPoints(
            rule: rule, isLoss: isLoss, judge.agings[judge.rules[rule].aging], judge.weight,
            times: given.times, points: given.points)
      }
    }
  }

  mutating func occurred(
    _ rule: Int, _ event: Int, _ passage: Passage, offered: Micropoints, _ points: Micropoints,
    factor: Double
  ) {
    guard passage == .counted, offered != 0 else { return }
    if offered > 0 {
      gains[rule].append(offered, at: history.events[event].time)
    } else {
      losses[rule].append(-offered, at: history.events[event].time)
    }
  }

  mutating func took(_ fact: Fact, from event: Int) {}
  mutating func answered(isValid: Bool, at event: Int) {}
  mutating func adjusted(_ score: Int, _ kind: Adjustment.Kind, by points: Int128) {}
}

extension Judge {
  /// Beyond how much a cap holds a rule's points anyway; nil where every one of them may tell.
  fileprivate func enough(of given: FadingPoints, among all: [FadingPoints]) -> Int128? {
    /// Whether nothing that some rules gave takes off what this is.
    func isAlike(_ rules: [Int]) -> Bool {
      all.allSatisfy { $0.isLoss == given.isLoss || !rules.contains($0.rule) }
    }
    guard isAlike([given.rule]) else { return nil }
    var bounds = [rules[given.rule].cap]
    let score = rules[given.rule].score
    for place in 0..<scores[score].groupCapCount {
      let cap = scores[score].groupCaps[place]
      let members = (0..<cap.rules.count).map { cap.rules[$0] }
      if members.contains(given.rule), isAlike(members) { bounds.append(cap.points) }
    }
    return bounds.compactMap { $0 }.min().map { Int128($0) }
  }
}
