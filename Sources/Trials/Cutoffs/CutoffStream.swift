import Engine
import Judging

/// Hands over what each lead did up to its cutoff, one lead after the other.
final class CutoffStream {
  /// The history of the lead at hand, without what came after its cutoff.
  let history: LeadHistory
  /// How many events from elsewhere are of leads that the log does not know.
  private(set) var strangers = 0
  private(set) var fates = LeadStream.LeadFates()
  private let leads: LeadStream
  private let cutoffLog: CutoffLog
  /// How many sheets at the front are no part of the log.
  private let givenCount: Int

  init(_ cutoffLog: CutoffLog) {
    self.cutoffLog = cutoffLog
    givenCount = cutoffLog.rule?.givenCount ?? 0
    leads = LeadStream(
      cutoffLog.set, cutoffLog.log.identities, asOf: cutoffLog.asOf, givenCount: givenCount)
    history = leads.history
  }

  /// Calls back with the key and the cutoff of every lead of a task that the log knows.
  @inline(__always)
  func forEachLead(
    ofTask task: Int, _ body: (UnsafeBufferPointer<UInt8>, Cutoff) -> Void
  ) {
    leads.forEachLead(ofTask: task, &fates) { key in
      if isStranger {
        strangers += history.count
        return
      }
      guard let decided = cutoffLog.rule?.decide(history) else {
        body(key, Cutoff(asOf: cutoffLog.asOf))
        return
      }
      let cutoff = Cutoff(before: decided.event, of: history, word: decided.word)
      history.cut(to: decided.event)
      body(key, cutoff)
    }
  }

  private var isStranger: Bool {
    givenCount > 0
      && (0..<history.count).allSatisfy { history.events[$0].segment < givenCount }
  }
}
