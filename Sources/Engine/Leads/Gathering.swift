import Definition
import Judging
import Notation
import Reading

extension SheetView {
  /// Adds the rows of one key to a history: those that are neither erased nor beyond the as-of.
  ///
  /// A static function over bare pointers: it runs for every key, and nothing may be retained.
  @inline(__always)
  package static func gather(
    _ views: UnsafePointer<SheetView>, _ place: KeyPlace, erasure: Erasure?, asOf: Milliseconds,
    into history: History,
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

  @inline(__always)
  private static func fact(_ note: Note, _ payload: UInt64, _ sheet: UnsafePointer<SheetView>)
    -> Fact
  {
    let payload = note.isWide ? payload : UInt64(sheet.pointee.number(of: note))
    return Fact(kind: note.kind, index: note.index, payload: payload)
  }
}
