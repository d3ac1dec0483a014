import Definition
import Identity
import Judging
import Notation
import Reading

/// Hands over what each lead did, one lead after the other.
///
/// The leads are dealt into tasks that workers do side by side: partitions, in which each lead has one
/// key, and behind them the leads whose rows stand under several keys or are partly erased. Each worker
/// has one of these, with a history that every lead uses again.
package final class LeadStream {
  /// The history of the lead at hand, settled.
  package let history = LeadHistory()
  /// How many keys the lead at hand has.
  package private(set) var keyCount = 1
  private let set: SheetSet
  private let identities: Identities
  private let classes: ClassTable
  private let asOf: Milliseconds
  /// How many sheets at the front are no part of the log.
  private let givenCount: Int
  private var join = LeadJoin()

  /// What became of the events of some leads.
  package struct LeadFates {
    package var log = Fates()
    /// Of those from sheets that are no part of the log.
    package var given = Fates()

    package init() {}
  }

  package init(
    _ set: SheetSet, _ identities: Identities, asOf: Milliseconds, givenCount: Int = 0
  ) {
    self.set = set
    self.identities = identities
    classes = set.classes
    self.asOf = asOf
    self.givenCount = givenCount
  }

  private static let groupsPerTask = 256

  package static func taskCount(_ identities: Identities) -> Int {
    Sheet.partitionCount + (identities.groups.count + groupsPerTask - 1) / groupsPerTask
  }

  /// Calls back with the key of every lead of a task that is known.
  @inline(__always)
  package func forEachLead(
    ofTask task: Int, _ fates: inout LeadFates, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    if task < Sheet.partitionCount {
      let views = set.views
      join.forEachLead(set, task, excluding: identities.grouped) { places in
        history.clear()
        for place in places { gather(place, nil, &fates) }
        if settle(places, &fates) {
          let key = views[Int(places[0].sheet)].key(Int(places[0].key))
          history.key = key
          body(key)
        }
      }
      return
    }
    let first = (task - Sheet.partitionCount) * LeadStream.groupsPerTask
    let end = min(first + LeadStream.groupsPerTask, identities.groups.count)
    for group in identities.groups[first..<end] {
      history.clear()
      keyCount = group.members.count
      for member in group.members {
        for place in member.places { gather(place, member.losses, &fates) }
      }
      if settle(&fates) {
        group.name.withUnsafeBufferPointer { key in
          history.key = key
          body(key)
        }
      }
    }
    keyCount = 1
  }

  @inline(__always)
  private func gather(_ place: KeyPlace, _ losses: KeyLosses?, _ fates: inout LeadFates) {
    if place.sheet < givenCount { return gatherGiven(place, losses, &fates.given) }
    gatherEvents(
      place, in: set.views, losses: losses, classes, asOf: asOf, into: history, &fates.log)
  }

  /// Apart, so that the other is inlined where every key comes by.
  @inline(never)
  private func gatherGiven(_ place: KeyPlace, _ losses: KeyLosses?, _ fates: inout Fates) {
    gatherEvents(
      place, in: set.views, losses: losses, classes, asOf: asOf, into: history, &fates)
  }

  /// Returns whether the lead is known: one with no used event is not.
  @inline(__always)
  private func settle(_ fates: inout LeadFates) -> Bool {
    history.settle(classes, &fates.log)
    return history.count > 0
  }

  /// The same for a lead of these places alone: the rows of one place stand in order.
  @inline(__always)
  private func settle(_ places: UnsafeBufferPointer<KeyPlace>, _ fates: inout LeadFates) -> Bool {
    let first = places[0]
    guard places.count == 1, set.views[Int(first.sheet)].keys[Int(first.key)].hasDistinctIDs else {
      return settle(&fates)
    }
    history.countUsed(classes, &fates.log)
    return history.count > 0
  }
}
