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
    let index = Int(place.sheet)
    let sheet = sheets[index]
    let classMap = classMaps[index]
    let notes = sheet.notes
    let noteRange = sheet.notes(of: Int(place.key))
    var note = noteRange.lowerBound
    for row in sheet.rows(of: Int(place.key)) {
      let time = sheet.times[row]
      let firstNote = note
      while note < noteRange.upperBound, Int(notes[note].row) == row { note += 1 }
      if let erasure, erasure.covers(time: time, id: sheet.ids[row]) {
        fates.erased += 1
        continue
      }
      if time > asOf {
        fates.future += 1
        continue
      }
      let factStart = UInt32(history.factCount)
      for place in firstNote..<note { history.append(fact(notes[place], index)) }
      history.append(
        HistoryEvent(
          time: time, id: sheet.ids[row], eventClass: classMap[Int(sheet.classes[row])],
          duration: sheet.durations[row], segment: place.sheet, line: sheet.lines[row],
          factStart: factStart, factEnd: UInt32(history.factCount)))
    }
  }

  private func fact(_ note: Note, _ sheet: Int) -> Fact {
    let payload =
      switch note.kind {
      case .account: UInt64(accountMaps[sheet][Int(note.payload)])
      case .attribute: UInt64(valueMaps[sheet][Int(note.index)][Int(note.payload)])
      case .removal, .answer, .once, .outcome: note.payload
      }
    return Fact(kind: note.kind, index: note.index, payload: payload)
  }
}
