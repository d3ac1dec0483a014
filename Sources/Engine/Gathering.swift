import Definition
import Judging
import Reading

extension SheetView {
  /// Adds the rows of one key to a history: those that are neither erased nor beyond the as-of.
  ///
  /// A static function over bare pointers: it runs for every key, and nothing may be retained.
  @inline(__always)
  static func gather(
    _ views: UnsafePointer<SheetView>, _ place: KeyPlace, erasure: Erasure?, asOf: Milliseconds,
    into history: History,
    _ fates: inout Fates
  ) {
    let sheet = views + Int(place.sheet)
    let key = sheet.pointee.keys + Int(place.key)
    var row = sheet.pointee.rows
    var notes = NoteReader(sheet.pointee.notes)
    if place.key > 0 {
      row += Int(key[-1].rowEnd)
      notes = NoteReader(sheet.pointee.notes + Int(key[-1].noteEnd))
    }
    let end = sheet.pointee.rows + Int(key.pointee.rowEnd)
    while row < end {
      let event = row.pointee
      row += 1
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
    let payload =
      switch note.kind {
      case .account: UInt64(sheet.pointee.accountMap[Int(payload)])
      case .attribute: UInt64(sheet.pointee.valueMaps[Int(note.index)][Int(payload)])
      case .outcome: UInt64(sheet.pointee.outcomeMap[Int(payload)])
      case .removal, .answer, .once: payload
      }
    return Fact(kind: note.kind, index: note.index, payload: payload)
  }
}
