import Definition
import Engine
import Judging
import Notation
import Workers

/// A gathered log whose leads are looked at as they stood at their cutoffs.
struct CutoffLog: Sendable {
  let log: GatheredLog
  /// Nil where all leads are taken as of the as-of.
  let rule: OutcomeRule?

  var set: SheetSet { log.set }
  var asOf: Milliseconds { log.asOf }
  var jobs: Int { log.jobs }
  /// The words of outcomes that the log has.
  var words: [String] { log.set.outcomes }

  /// `outcome`: the word that decides; nil where all leads are taken as of the as-of.
  init(_ log: GatheredLog, outcome: String?) {
    self.log = log
    rule = outcome.map { OutcomeRule($0, among: log.set.outcomes, givenCount: log.givenCount) }
  }

  func judge(_ definition: Definition) -> Judge { log.judge(definition) }

  /// Does every task with one of as many workers as there are jobs, and returns these.
  func fold<Worker: AnyObject & SendableMetatype>(
    _ makeWorker: @Sendable (CutoffStream) -> Worker,
    _ body: @Sendable (Worker, Int) -> Void
  ) throws -> [Worker] {
    try parallel(
      LeadStream.taskCount(log.identities), jobs: jobs,
      makeWorker: { _ in makeWorker(CutoffStream(self)) }
    ) { worker, task in
      body(worker, task)
    }
  }
}
