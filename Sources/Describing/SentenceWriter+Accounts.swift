import Definition
import Notation

extension SentenceWriter {
  var accounts: [String] {
    let rule = definition.domainRule.map { [words($0)] } ?? []
    let ready =
      definition.ready.map { ["An account is ready where \(conditions.words($0))."] } ?? []
    let columns = definition.accountColumns.subjects().map { "the \(conditions.noun($0))" }
    return rule + definition.accountScores.map(words) + ready + accountLists
      + (columns.isEmpty ? [] : ["The file of all accounts also has \(listed(columns))."])
  }

  private func words(_ rule: DomainRule) -> String {
    let sources = rule.sources.map { source in
      switch source {
      case .attribute(let name): conditions.noun(LeadSubject.attribute(name))
      case .lead: conditions.noun(LeadSubject.lead)
      }
    }
    let except =
      rule.except.map { "'\($0.pattern)'" } + (rule.exceptsFreeMail ? ["free mail"] : [])
    return "A lead to which no event gives an account belongs to the domain of its "
      + listed(sources, "or")
      + (except.isEmpty ? "." : ", unless that is \(listed(except, "or")).")
  }

  private func words(_ score: AccountScore) -> String {
    let range = score.range.map { ", held from \($0.lowerBound) to \($0.upperBound)" } ?? ""
    let source =
      switch score.source {
      case .aggregate(let aggregate): words(aggregate)
      case .blend(let terms): listed(terms.map(words))
      }
    return "The \(spoken(score.name)) of an account is \(source)\(range)."
  }

  private func words(_ aggregate: LeadAggregate) -> String {
    let method =
      switch aggregate.method {
      case .sum: "sum"
      case .mean: "mean"
      case .max: "greatest"
      }
    var words = "the \(method) of what its leads have as \(conditions.noun(aggregate.subject))"
    if let condition = aggregate.condition { words += ", where \(conditions.words(condition))" }
    if let best = aggregate.best { words += ", of the \(best) greatest" }
    let weights = aggregate.weights.map {
      "times \(pointsText($0.weight)) where \(conditions.words($0.condition))"
    }
    if aggregate.otherwise != 1_000_000 || !weights.isEmpty {
      let rest = "times \(pointsText(aggregate.otherwise))"
      words += ", " + (weights + [weights.isEmpty ? rest : "else \(rest)"]).joined(separator: ", ")
    }
    return words
  }

  private func words(_ term: AccountBlendTerm) -> String {
    let subject: AccountSubject =
      switch term.source {
      case .own(let score): .score(score)
      case .total(let score): .total(score: score)
      case .max(let score): .max(score: score)
      case .mean(let score): .mean(score: score)
      }
    return "\(pointsText(term.weight)) times the \(conditions.noun(subject))"
  }
}
