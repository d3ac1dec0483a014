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
    let notes = sheet.pointee.notes
    let noteRange = sheet.pointee.notes(of: Int(place.key))
    var note = noteRange.lowerBound
    for row in sheet.pointee.rows(of: Int(place.key)) {
      let time = sheet.pointee.times[row]
      let firstNote = note
      while note < noteRange.upperBound, Int(notes[note].row) == row { note += 1 }
      if let erasure, erasure.covers(time: time, id: sheet.pointee.ids[row]) {
        fates.erased += 1
        continue
      }
      if time > asOf {
        fates.future += 1
        continue
      }
      let factStart = UInt32(truncatingIfNeeded: history.factCount)
      for place in firstNote..<note { history.append(fact(notes[place], sheet)) }
      history.append(
        HistoryEvent(
          time: time, id: sheet.pointee.ids[row],
          eventClass: sheet.pointee.classMap[Int(sheet.pointee.classes[row])],
          duration: sheet.pointee.durations[row], segment: place.sheet,
          line: sheet.pointee.lines[row], factStart: factStart,
          factEnd: UInt32(truncatingIfNeeded: history.factCount)))
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
