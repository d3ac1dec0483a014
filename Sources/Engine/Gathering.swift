import Definition
import Judging
import Reading

extension SheetSet {
  /// Adds the rows of one key to a history: those that are neither erased nor beyond the as-of.
  @inline(__always)
  func gather(
    _ place: KeyPlace, erasure: Erasure?, asOf: Milliseconds, into history: History,
    _ fates: inout Fates
  ) {
    let sheet = views + Int(place.sheet)
    let key = sheet.pointee.keys + Int(place.key)
    var row = sheet.pointee.rows
    var notes = sheet.pointee.notes
    if place.key > 0 {
      row += Int(key[-1].rowEnd)
      notes += Int(key[-1].noteEnd)
    }
    let end = sheet.pointee.rows + Int(key.pointee.rowEnd)
    while row < end {
      let event = row.pointee
      let rowNotes = notes
      notes += Int(event.noteCount)
      row += 1
      if let erasure, erasure.covers(time: event.time, id: event.id) {
        fates.erased += 1
        continue
      }
      if event.time > asOf {
        fates.future += 1
        continue
      }
      let factStart = UInt32(truncatingIfNeeded: history.factCount)
      for index in 0..<Int(event.noteCount) { history.append(fact(rowNotes[index], sheet)) }
      history.append(
        HistoryEvent(
          time: event.time, id: event.id,
          eventClass: sheet.pointee.classMap[Int(event.eventClass)],
          duration: event.duration, segment: place.sheet, line: event.line,
          factStart: factStart, factEnd: UInt32(truncatingIfNeeded: history.factCount)))
    }
  }

  @inline(__always)
  private func fact(_ note: Note, _ sheet: UnsafePointer<SheetView>) -> Fact {
    let payload =
      switch note.kind {
      case .account: UInt64(sheet.pointee.accountMap[Int(note.payload)])
      case .attribute: UInt64(sheet.pointee.valueMaps[Int(note.index)][Int(note.payload)])
      case .removal, .answer, .once, .outcome: note.payload
      }
    return Fact(kind: note.kind, index: note.index, payload: payload)
  }
}
