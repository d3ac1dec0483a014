import Definition
import Engine
import EventLog
import Files
import Foundation
import Identity
import Notation
import Reading
import Snapshots

/// What a run did, for a person or, as JSON, for a program.
package struct RunReport: Codable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = RunReport.schemaVersion
  package var engine = engineVersion
  package var snapshot: String
  /// Whether readers of `latest` have seen another snapshot until now.
  package var isNews: Bool
  /// What `latest` stays with, because that is of a definition of another name; absent where it leads to
  /// this snapshot.
  package var latestStays: StandingLatest?
  package var knownAt: String?
  /// The file of refused lines; absent without any.
  package var quarantine: String?
  /// What was lost of damaged segments; absent where nothing was.
  package var salvaged: [SalvageRecord]?
  /// What `ignore` took, by the first of its tests that did; absent where the definition ignores nothing.
  package var ignored: [Ignored]?
  /// Used events of no special type that were neither an occurrence nor an answer.
  package var unmatched = 0
  /// Rules without an occurrence.
  package var idleRules: [IdleRule] = []
  /// The first withdraws that met nothing; absent without any.
  package var withdrawsWithoutEffect: [IdleWithdraw]?
  package var segments = 0
  package var logBytes = 0
  var snapshotBytes: Int
  package var stages: [Stage] = []
  package var summary: Summary
  /// What is new since the snapshot before; absent where there is none to compare with.
  package var changes: Changes?
  /// Absent unless it was asked for.
  package var selfCheck: SelfCheckReport?
  /// What came of pruning; absent unless there are rules.
  package var pruned: PruneReport?
  /// What went wrong after the snapshot was published.
  package var faults: [Fault] = []

  package struct Ignored: Codable, Sendable {
    /// As the definition has it.
    package var test: String
    package var events: Int
  }

  package struct IdleRule: Codable, Sendable, Equatable {
    package var score: String
    package var interaction: String
  }

  package struct IdleWithdraw: Codable, Sendable {
    package var time: String
    /// Whom it is about: the one of them that it names.
    package var lead: String?
    package var account: String?
    /// The id that it names.
    package var event: String
  }

  package struct Fault: Codable, Sendable {
    package var error: String
    package var hint: String?
  }

  init(
    _ plan: RunPlan, _ publication: Publication, knownAt: Milliseconds?, quarantine: String?,
    summary: Summary
  ) {
    snapshot = "\(plan.book.snapshots)/\(publication.draft.name)"
    isNews = publication.draft.isNews
    latestStays = publication.draft.latestStays
    changes = publication.changes
    snapshotBytes = publication.byteCount
    self.knownAt = knownAt.map(timeText)
    self.quarantine = quarantine
    self.summary = summary
  }

  /// Tells what the tests of `ignore` took.
  mutating func take(ignored counts: LineCounts, by definition: Definition) {
    let tests = definition.reading.ignore
    if tests.isEmpty { return }
    ignored = tests.enumerated().map { index, test in
      let isThere = index < counts.ignoredByTest.count
      return Ignored(test: test.written, events: isThere ? counts.ignoredByTest[index] : 0)
    }
  }

  /// Tells what came to nothing: rules that nothing met, and events that met nothing.
  mutating func take(_ results: Results) {
    let definition = results.judge.definition
    unmatched = results.fates.unmatched
    idleRules = zip(definition.pointRules, results.leads.counts.rules)
      .filter { $0.1.occurrences == 0 }.map { rule, _ in
        IdleRule(
          score: definition.scores[rule.score].name,
          interaction: definition.interactions[rule.rule.interaction].name)
      }
  }

  /// Tells which withdraws met nothing.
  mutating func take(_ idle: IdleWithdraws) {
    if idle.count == 0 { return }
    withdrawsWithoutEffect = idle.first.map { withdraw in
      let isOfAccount = withdraw.key.first == Sheet.accountMark
      let key = String(decoding: withdraw.key.dropFirst(isOfAccount ? 1 : 0), as: UTF8.self)
      return IdleWithdraw(
        time: timeText(milliseconds: withdraw.time), lead: isOfAccount ? nil : key,
        account: isOfAccount ? key : nil, event: withdraw.event)
    }
  }

  /// Prunes old snapshots; that it failed does not undo what was published.
  mutating func prune(_ plan: RunPlan) {
    if plan.keep.isEmpty { return }
    do {
      pruned = try PublishedSnapshots.prune(
        in: plan.book.snapshots, plan.keep, definition: plan.definition.name)
    } catch {
      faults.append(Fault(error: "\(error)", hint: (error as? FileError)?.hint))
    }
  }

  /// Tells the command that is to know of a new snapshot, if there is one.
  ///
  /// - Throws: `RunError` if that fails, or if something has failed since the snapshot was published;
  ///   `Interrupted`.
  package func followUp(onChange command: String?) throws {
    if let command, isNews { try tell(command, of: self) }
    if let fault = faults.first {
      throw RunError(
        .failed, "\(fault.error); the snapshot is published, older ones are not all pruned",
        hint: fault.hint)
    }
  }

  package var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }
}
