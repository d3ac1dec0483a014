import Definition
import Judging
import Reading

/// All that is worked out before the first lead is looked at as it stood at its moment.
struct MomentGround: Sendable {
  let set: SheetSet
  let identities: Identities
  let asOf: Milliseconds
  /// Nil where all leads are taken as of the as-of.
  let rule: OutcomeRule?
  let jobs: Int

  /// The words of outcomes that the log has.
  var words: [String] { self.set.outcomes }

  /// `outcome`: the word that decides; nil where all leads are taken as of the as-of.
  ///
  /// `given`: outcomes from elsewhere, which take the place of the log's own.
  init(
    _ definition: Definition, _ log: LogSheets, outcome: String?, given: [Sheet] = [],
    asOf: Milliseconds, jobs: Int
  ) throws {
    // In front of the log: what happens in the millisecond of a given outcome is not before it.
    let sheets = given + log.all
    let known = KnownSheets(
      count: sheets.count,
      isKnown: log.isKnown.map { [Bool](repeating: true, count: given.count) + $0 })
    let set = try SheetSet(
      known.of(sheets), attributeCount: definition.attributes.count, jobs: jobs)
    self.set = set
    identities = try Identities(sheets, known: known, asOf: asOf, jobs: jobs)
    self.asOf = asOf
    self.jobs = jobs
    rule = outcome.map { OutcomeRule($0, among: set.outcomes, givenCount: given.count) }
  }

  func judge(_ definition: Definition) -> Judge { Judge(definition, set, asOf: asOf) }

  /// Does every task with one of as many workers as there are jobs, and returns these.
  func fold<Worker: AnyObject & SendableMetatype>(
    _ makeWorker: @Sendable (MomentHistories) -> Worker,
    _ body: @Sendable (Worker, Int) -> Void
  ) throws -> [Worker] {
    try parallel(
      LeadHistories.taskCount(identities), jobs: jobs,
      makeWorker: { _ in makeWorker(MomentHistories(self)) }
    ) { worker, task in
      body(worker, task)
    }
  }
}
