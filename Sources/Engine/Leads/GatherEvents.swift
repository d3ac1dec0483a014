import Definition
import Identity
import Judging
import Notation
import Reading

/// Adds the rows of one key to a history: those that are neither lost nor beyond the as-of.
///
/// A function over bare pointers: it runs for every key, and nothing may be retained.
@inline(__always)
func gatherEvents(
  _ place: KeyPlace, in views: UnsafePointer<SheetView>, losses: KeyLosses?, _ classes: ClassTable,
  asOf: Milliseconds, into history: LeadHistory, _ fates: inout Fates
) {
  let sheet = views + Int(place.sheet)
  var notes = sheet.pointee.notes(of: place.key)
  for event in sheet.pointee.rows(of: place.key) {
    let time = event.time
    var isKept = time <= asOf
    if let losses {
      let kind = classes.kinds[Int(sheet.pointee.classMap[event.eventClass])]
      let at = EventPlace(sheet: place.sheet, line: sheet.pointee.lineBase &+ event.line)
      let fate = losses.fate(of: event, at: at, kind, asOf: asOf)
      fates.count(fate)
      isKept = fate == .kept
    } else if !isKept {
      fates.future += 1
    }
    if !isKept {
      if event.hasNotes { notes.forEach { _, _ in } }
      continue
    }
    let factStart = UInt32(truncatingIfNeeded: history.factCount)
    if event.hasNotes { notes.forEach { history.append(fact($0, $1, sheet)) } }
    history.append(
      HistoryEvent(
        time: time, id: event.id,
        eventClass: sheet.pointee.classMap[event.eventClass],
        duration: event.duration, segment: place.sheet,
        line: sheet.pointee.lineBase &+ event.line,
        factStart: factStart, factEnd: UInt32(truncatingIfNeeded: history.factCount)))
  }
}

/// Gathers and settles what the profiles of an account, and of those that are one with it, said up to a time.
///
/// `isKnown`: of each sheet; all are unless told otherwise.
package func gatherProfile(
  of account: Int, in set: SheetSet, isKnown: [Bool]? = nil, until horizon: Milliseconds,
  into history: LeadHistory, _ fates: inout Fates
) {
  history.clear()
  set.forEachProfile(of: account) { place, losses in
    guard isKnown?[Int(place.sheet)] ?? true else { return }
    gatherEvents(
      place, in: set.views, losses: losses, set.classes, asOf: horizon, into: history, &fates)
  }
  history.settle(set.classes, &fates)
}

extension LeadHistory {
  /// Whether any of its events is the profile of an account; others may be merges of accounts.
  func hasProfile(_ classes: ClassTable) -> Bool {
    (0..<count).contains { classes.kinds[Int(events[$0].eventClass)] == .accountProfile }
  }
}

extension Fates {
  @inline(__always)
  fileprivate mutating func count(_ fate: RowFate) {
    switch fate {
    case .kept: break
    case .erased: erased += 1
    case .future: future += 1
    case .withdraw: withdraws += 1
    case .withdrawn: withdrawn += 1
    }
  }
}

@inline(__always)
private func fact(_ note: Note, _ payload: UInt64, _ sheet: UnsafePointer<SheetView>)
  -> Fact
{
  let payload = note.isWide ? payload : UInt64(sheet.pointee.number(of: note))
  return Fact(kind: note.kind, index: note.index, payload: payload)
}
