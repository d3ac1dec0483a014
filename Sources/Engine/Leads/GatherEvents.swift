import Definition
import Judging
import Notation
import Reading

/// Adds the rows of one key to a history: those that are neither erased nor beyond the as-of.
///
/// A function over bare pointers: it runs for every key, and nothing may be retained.
@inline(__always)
func gatherEvents(
  _ place: KeyPlace, in views: UnsafePointer<SheetView>, erasure: Erasure?, asOf: Milliseconds,
  into history: LeadHistory,
  _ fates: inout Fates
) {
  let sheet = views + Int(place.sheet)
  var notes = sheet.pointee.notes(of: place.key)
  for event in sheet.pointee.rows(of: place.key) {
    let time = event.time
    let isErased = erasure?.covers(time: time, id: event.id) ?? false
    if isErased || time > asOf {
      if isErased { fates.erased += 1 } else { fates.future += 1 }
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

/// Gathers and settles what the profiles of an account said up to a time.
///
/// `isKnown`: of each sheet; all are unless told otherwise.
package func gatherProfile(
  of account: Int, in set: SheetSet, isKnown: [Bool]? = nil, until horizon: Milliseconds,
  _ classes: ClassTable, into history: LeadHistory, _ fates: inout Fates
) {
  history.clear()
  for place in set.profiles.of(account: account) where isKnown?[Int(place.sheet)] ?? true {
    gatherEvents(place, in: set.views, erasure: nil, asOf: horizon, into: history, &fates)
  }
  history.settle(classes, &fates)
}

@inline(__always)
private func fact(_ note: Note, _ payload: UInt64, _ sheet: UnsafePointer<SheetView>)
  -> Fact
{
  let payload = note.isWide ? payload : UInt64(sheet.pointee.number(of: note))
  return Fact(kind: note.kind, index: note.index, payload: payload)
}
