import Audit
import Definition
import Foundation
import Notation
import Reference
import TestBooks
import Testing

/// Explanations of random books: every lead's ends in its row of the snapshot, and what gates and caps
/// held is what the reference counts.
@Suite struct ExplainTests {
  @Test("every lead's explanation adds up to its row of the snapshot", arguments: UInt64(1)..<41)
  func addsUp(seed: UInt64) throws {
    let book = RandomBook(seed: seed)
    guard (try? Definition.load(text: book.definition, file: "")) != nil else { return }
    let expected = try recompute(
      ReferenceInput(definition: book.definition, segments: book.segments, asOf: book.asOf))
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    let files = try scratch.run(definition: book.definition, asOf: book.asOf).files
    let subject = try AuditSubject(snapshot: "latest", of: scratch.book)
    var held: [String: [String: Held]] = [:]
    var leadCount = 0
    for row in NamedRows(files["leads.csv"] ?? []).rows {
      let lead = try #require(row["lead"])
      let explanation = try explain(
        ExplainPlan(book: scratch.book, subject: subject, lead: lead))
      #expect(explanation.lead == lead)
      #expect(explanation.snapshot?.isEqual == true, "seed \(seed), '\(lead)'")
      for score in explanation.scores {
        let sum =
          score.contributions.reduce(Int128(0)) { $0 + Int128($1.value) }
          + score.adjustments.reduce(Int128(0)) { $0 + $1.value }
        #expect(sum == Int128(score.raw), "seed \(seed), '\(lead)': \(score.name)")
        #expect(row["raw.\(score.name)"] == pointsText(score.raw))
        #expect(row["score.\(score.name)"] == "\(score.score)")
        held[score.name, default: [:]].count(score)
      }
      leadCount += 1
    }
    #expect(leadCount == expected.counts.leads)
    for (score, rules) in expected.counts.rules {
      for (rule, counts) in rules {
        let found = held[score]?[rule] ?? Held()
        #expect(found.occurrences == counts.occurrences, "seed \(seed): \(score).\(rule)")
        #expect(found.repeats == counts.stoppedByRepeat, "seed \(seed): \(score).\(rule)")
        #expect(found.limits == counts.stoppedByLimit, "seed \(seed): \(score).\(rule)")
        #expect(found.caps == counts.leadsHeldByCap, "seed \(seed): \(score).\(rule)")
      }
    }
  }
}

private struct Held {
  var occurrences = 0
  var repeats = 0
  var limits = 0
  var caps = 0
}

extension [String: Held] {
  fileprivate mutating func count(_ score: ScoreExplanation) {
    for item in score.contributions {
      self[item.interaction, default: Held()].occurrences += 1
      if item.held == "repeat" { self[item.interaction, default: Held()].repeats += 1 }
      if item.held == "limit" { self[item.interaction, default: Held()].limits += 1 }
    }
    for change in score.adjustments where change.kind == "cap" {
      let rule = String(change.what.prefix { $0 != " " })
      self[rule, default: Held()].caps += 1
    }
  }
}
