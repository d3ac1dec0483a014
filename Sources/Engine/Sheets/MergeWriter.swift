import Identity
import Intake
import Notation
import Reading

/// Where the keys of a partition begin in a merged sheet, and what is theirs.
struct MergedPlace: BitwiseCopyable, Sendable {
  var key = 0
  var text = 0
  var row = 0
  var note = 0
  var account = 0

  /// Where the next partition begins.
  func after(_ joined: JoinedKeys) -> MergedPlace {
    var next = self
    next.key += joined.keys.count
    next.text += joined.textByteCount
    next.account += joined.accountCount
    next.row += joined.rowCount
    next.note += joined.noteCount
    return next
  }
}

/// The sections of a merged sheet that are filled partition by partition.
struct MergeTarget {
  let keys: UnsafeMutablePointer<SheetKey>
  let text: UnsafeMutablePointer<UInt8>
  let rows: UnsafeMutablePointer<SheetRow>
  let notes: UnsafeMutablePointer<Note>
  let accounts: UnsafeMutablePointer<UInt32>

  init(_ frame: SheetFrame, _ region: UnsafeMutableRawBufferPointer) {
    keys = frame.elements(.keys, of: region, as: SheetKey.self)
    text = frame.elements(.keyText, of: region, as: UInt8.self)
    rows = frame.elements(.rows, of: region, as: SheetRow.self)
    notes = frame.elements(.notes, of: region, as: Note.self)
    accounts = frame.elements(.accountKeys, of: region, as: UInt32.self)
  }
}

/// The numbers that keys of sheets with merges, forgets or withdraws get in the merged sheet.
final class MergedNumbers: @unchecked Sendable {
  private let numbers: [UnsafeMutablePointer<UInt32>?]

  init(_ sheets: [Sheet]) {
    numbers = sheets.map { sheet in
      !sheet.hasIdentities
        ? nil : .allocate(capacity: max(1, sheet.keyCount))
    }
  }

  deinit { for numbers in numbers { numbers?.deallocate() } }

  /// Only one worker has a key.
  @inline(__always)
  func set(_ place: KeyPlace, _ number: Int) {
    guard let numbers = numbers[Int(place.sheet)] else { return }
    (numbers + Int(place.key)).initialize(to: UInt32(truncatingIfNeeded: number))
  }

  subscript(_ sheet: Int, _ key: UInt32) -> UInt32 {
    numbers[sheet].unsafelyUnwrapped[Int(key)]
  }
}

/// A row that stands somewhere else than its sheet's order would have it.
struct LateRow: BitwiseCopyable {
  var row: SheetRow
  var sheet: UInt32
  var notes: NoteReader
}

/// Writes one partition of a merged sheet.
///
/// A class of bare pointers: its loops run for every row, and nothing may be retained.
final class MergeWriter {
  private let views: UnsafePointer<SheetView>
  /// By sheet; valid as long as whoever made the writer says.
  private let lineBases: UnsafePointer<UInt32>
  private let target: MergeTarget
  private let numbers: MergedNumbers
  private var at: MergedPlace

  init(
    _ set: SheetSet, _ lineBases: UnsafePointer<UInt32>, _ target: MergeTarget,
    _ numbers: MergedNumbers,
    _ start: MergedPlace
  ) {
    views = set.views
    self.lineBases = lineBases
    self.target = target
    self.numbers = numbers
    at = start
  }

  /// `late`: memory for the rows of a lead that are out of order.
  func write(_ joined: JoinedKeys, _ late: inout [LateRow]) {
    joined.places.withUnsafeBufferPointer { places in
      for key in joined.keys {
        let places = UnsafeBufferPointer(rebasing: places[Int(key.start)..<Int(key.end)])
        let text = views[Int(places[0].sheet)].key(Int(places[0].key))
        if let start = text.baseAddress {
          (target.text + at.text).update(from: start, count: text.count)
        }
        at.text += text.count
        if text.first == Sheet.accountMark {
          target.accounts[at.account] = UInt32(truncatingIfNeeded: at.key)
          at.account += 1
        }
        for place in places { numbers.set(place, at.key) }
        let firstRow = at.row
        if isInOrder(places) {
          for place in places { forEachRow(of: place) { write($0, $1, &$2) } }
        } else {
          late.removeAll(keepingCapacity: true)
          for place in places {
            forEachRow(of: place) { row, sheet, notes in
              late.append(LateRow(row: row, sheet: sheet, notes: notes))
              if row.hasNotes { notes.forEach { _, _ in } }
            }
          }
          late.sort { ($0.row.time, $0.row.line) < ($1.row.time, $1.row.line) }
          for var late in late { write(late.row, late.sheet, &late.notes) }
        }
        target.keys[at.key] = SheetKey(
          hash: key.hash, textEnd: UInt32(truncatingIfNeeded: at.text),
          rowEnd: UInt32(truncatingIfNeeded: at.row), noteEnd: UInt32(truncatingIfNeeded: at.note),
          hasDistinctIDs: hasDistinctIDs(firstRow..<at.row))
        at.key += 1
      }
    }
  }

  /// Looks for two rows with the same id, but among more rows than compare fast each with each: those of
  /// few keys.
  private func hasDistinctIDs(_ rows: Range<Int>) -> Bool {
    if rows.count > 64 { return false }
    for row in rows {
      let id = target.rows[row].id
      for earlier in rows.lowerBound..<row where target.rows[earlier].id == id { return false }
    }
    return true
  }

  /// Whether each place's first row is no earlier than the last of the place before.
  private func isInOrder(_ places: UnsafeBufferPointer<KeyPlace>) -> Bool {
    var latest = Milliseconds.min
    for place in places {
      let rows = views[Int(place.sheet)].rows(of: place.key)
      guard let first = rows.first else { continue }
      if first.time < latest { return false }
      latest = rows[rows.count - 1].time
    }
    return true
  }

  /// Calls back with each row of a key, numbered as in the merged sheet, its sheet, and its notes, which
  /// the body reads if there are any.
  @inline(__always)
  private func forEachRow(
    of place: KeyPlace, _ body: (SheetRow, UInt32, inout NoteReader) -> Void
  ) {
    let view = views + Int(place.sheet)
    let lineBase = lineBases[Int(place.sheet)]
    var notes = view.pointee.notes(of: place.key)
    for row in view.pointee.rows(of: place.key) {
      let eventClass = view.pointee.classMap[row.eventClass]
      body(
        row.renumbered(eventClass: eventClass, line: lineBase &+ row.line), place.sheet, &notes)
    }
  }

  @inline(__always)
  private func write(_ row: SheetRow, _ sheet: UInt32, _ notes: inout NoteReader) {
    target.rows[at.row] = row
    at.row += 1
    guard row.hasNotes else { return }
    let view = views + Int(sheet)
    notes.forEach { note, payload in
      var note = note
      if note.isWide {
        target.notes[at.note] = note
        UnsafeMutableRawPointer(target.notes + at.note + 1).storeBytes(
          of: payload, as: UInt64.self)
        at.note += 2
      } else {
        note.number = view.pointee.number(of: note)
        target.notes[at.note] = note
        at.note += 1
      }
    }
  }
}
