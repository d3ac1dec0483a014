import Definition
import Judging
import Notation

/// What it takes to put the contributions to a lead's scores in words; nothing of it changes any more.
final class ContributionWords: @unchecked Sendable {
  let explained: ExplainedLead
  /// The lead's history, for as long as the above is there.
  let events: UnsafePointer<HistoryEvent>
  /// In the order of the definition's.
  let rules: [Rule]

  /// The same for whoever writes millions of cells, and where the events' texts stand.
  let texts: ContributionTexts

  final class Rule {
    let score: Int
    let rule: PointRule
    let interaction: String
    let ages: Bool

    fileprivate init(_ score: Int, _ rule: PointRule, _ definition: Definition) {
      self.score = score
      self.rule = rule
      interaction = definition.interactions[rule.interaction].name
      ages = rule.aging != Aging()
    }
  }

  init(_ explained: ExplainedLead) {
    self.explained = explained
    events = UnsafePointer(explained.replay.history.events)
    rules = explained.definition.pointRules.map { Rule($0, $1, explained.definition) }
    texts = ContributionTexts(rules, explained.replay.excerpt)
  }

  func score(of contribution: Contribution) -> Int { rules[Int(contribution.rule)].score }

  func making(_ contribution: Contribution) -> ScoreExplanation.Making? {
    guard case .ofValue(let made) = rules[Int(contribution.rule)].rule.points else { return nil }
    return ScoreExplanation.Making(made, contribution, explained)
  }

  /// Why a gate held it, or why there is no value.
  func reason(_ contribution: Contribution) -> String? {
    let rule = rules[Int(contribution.rule)].rule
    let index = Int(contribution.event)
    func spelled(_ property: EventSubject) -> String {
      name(of: property, in: explained.definition)
    }
    switch contribution.passage {
    case .counted: return nil
    case .repeat:
      return rule.oncePer.map { property in
        let value = explained.quoted(property, index) ?? "without one"
        return "once per \(spelled(property)): \(value) counted before"
      }
    case .limit:
      return rule.limit.map { limit in
        let value = limit.each.map { property in
          " for \(spelled(property)) " + (explained.quoted(property, index) ?? "that is absent")
        }
        return "at most \(limit.count)\(written(limit.window))\(value ?? "")"
      }
    case .noValue:
      guard case .ofValue(let made) = rule.points else { return nil }
      return explained.quoted(made.property, index).map {
        "\(spelled(made.property)) is \($0), which is no number"
      } ?? "\(spelled(made.property)) is absent"
    }
  }
}

extension ScoreExplanation.Making {
  fileprivate init(
    _ points: ValuePoints, _ contribution: Contribution, _ explained: ExplainedLead
  ) {
    of = name(of: points.property, in: explained.definition)
    times = points.times
    guard contribution.passage != .noValue,
      let value = explained.property(points.property, Int(contribution.event))
    else { return }
    self.value = value
    let product = points.product(with: value)
    self.product = product
    if product != contribution.offered { held = contribution.offered }
  }
}

extension ExplainedLead {
  /// The value of a property that the definition reads of an event, by its text; nil where it is absent.
  fileprivate func property(_ property: EventSubject, _ index: Int) -> String? {
    properties.firstIndex(of: property).flatMap { found(index).property($0) }
  }

  fileprivate func quoted(_ property: EventSubject, _ index: Int) -> String? {
    self.property(property, index).map { "'\($0)'" }
  }
}

private func written(_ window: LimitWindow) -> String {
  switch window {
  case .calendar(.lifetime): ""
  case .calendar(let window): " a \(window.rawValue)"
  case .sliding(let length): " in \(writtenDuration(length))"
  }
}
