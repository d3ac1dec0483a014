import Engine
import Judging

/// Hands over what each lead did up to its moment, one lead after the other.
final class MomentHistories {
  /// The history of the lead at hand, without what came after its moment.
  let history: History
  /// How many events from elsewhere are of leads that the log does not know.
  private(set) var strangers = 0
  private(set) var fates = LeadStream.LeadFates()
  private let leads: LeadStream
  private let ground: MomentGround
  /// How many sheets at the front are no part of the log.
  private let givenCount: Int

  init(_ ground: MomentGround) {
    self.ground = ground
    givenCount = ground.rule?.givenCount ?? 0
    leads = LeadStream(
      ground.set, ground.log.identities, asOf: ground.asOf, givenCount: givenCount)
    history = leads.history
  }

  /// Calls back with the key and the moment of every lead of a task that the log knows.
  @inline(__always)
  func forEachLead(
    ofTask task: Int, _ body: (UnsafeBufferPointer<UInt8>, Moment) -> Void
  ) {
    leads.forEachLead(ofTask: task, &fates) { key in
      if isStranger {
        strangers += history.count
        return
      }
      guard let decided = ground.rule?.decide(history) else {
        body(key, Moment(asOf: ground.asOf))
        return
      }
      let moment = Moment(before: decided.event, of: history, word: decided.word)
      history.cut(to: decided.event)
      body(key, moment)
    }
  }

  private var isStranger: Bool {
    givenCount > 0
      && (0..<history.count).allSatisfy { history.events[$0].segment < givenCount }
  }
}
