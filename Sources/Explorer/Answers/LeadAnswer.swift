import Audit
import Definition
import Engine
import Notation
import Snapshots
import Workers

extension LoadedBook {
  /// A lead as `explain` has it, and what else its page tells: `{"explanation": …, "lead": …}`.
  func lead(_ key: String) throws -> [UInt8] {
    var plan = ExplainPlan(
      book: self.plan.book, log: self.plan.log, subject: subject, lead: key, jobs: self.plan.jobs)
    plan.wantsLines = true
    let explanation = try self.plan.book.besideWriters(log: self.plan.log) { try explain(plan) }
    let json = try ExplanationJSON(
      explanation, mark: "\(UInt64.random(in: 0 ... .max))-\(UInt64.random(in: 0 ... .max))")
    var text = Array("{\"name\": \(name(ofLead: explanation.lead).map(jsonString) ?? "null")".utf8)
    text += Array(", \"nearest\": ".utf8) + (try stableJSON(nearest(explanation.lead)))
    text += Array(", \"explanation\": ".utf8)
    for (piece, contributions) in json.pieces {
      text += piece
      contributions.appendJSON(contributions.startIndex..<contributions.endIndex, to: &text)
    }
    return text + json.end + Array("}".utf8)
  }

  /// An account as `explain --account` has it.
  func account(_ key: String) throws -> AccountExplanation {
    try plan.book.besideWriters(log: plan.log) {
      try explain(account: key, in: plan.log, of: plan.book, subject, jobs: plan.jobs)
    }
  }

  /// What `history` says of a lead or an account.
  func history(_ request: ExplorerRequest) throws -> HistoryReport {
    let who: HistoryPlan.Who =
      request.value("account").map { .account($0) } ?? .lead(request.value("key") ?? "")
    let step = request.value("by").flatMap { HistoryStep(rawValue: $0) }
    return try plan.book.besideWriters(log: plan.log) {
      try Audit.history(
        HistoryPlan(
          book: plan.book, log: plan.log, subject: subject, who: who, step: step ?? .event,
          jobs: plan.jobs))
    }
  }
}
