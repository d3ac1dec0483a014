import Reading

/// A sheet and the run's numbers for what it numbers for itself, as bare pointers: the fold jumps
/// between sheets for every lead and can afford no reference count.
///
/// Valid as long as the `SheetSet` it came from.
package struct SheetView: BitwiseCopyable {
  let keys: UnsafePointer<SheetKey>
  let keyText: UnsafePointer<UInt8>
  let rows: UnsafePointer<SheetRow>
  let notes: UnsafePointer<Note>
  let partitions: UnsafePointer<UInt32>
  /// How many lines of the segment stand before those of the sheet.
  let lineBase: UInt32
  let classMap: UnsafePointer<UInt32>
  var accountMap: UnsafePointer<UInt32>
  let outcomeMap: UnsafePointer<UInt32>
  /// By attribute, or what a touch reads, then by the sheet's own number of a value.
  let valueMaps: UnsafePointer<UnsafePointer<UInt32>>

  init(
    _ sheet: Sheet, _ memory: MapMemory, classes: [UInt32], accounts: UnsafePointer<UInt32>,
    outcomes: [UInt32], values: [[UInt32]]
  ) {
    keys = sheet.keys
    keyText = sheet.keyText
    rows = sheet.rows
    notes = sheet.notes
    partitions = sheet.partitions
    lineBase = UInt32(clamping: sheet.lineBase)
    classMap = memory.keep(classes)
    accountMap = accounts
    outcomeMap = memory.keep(outcomes)
    valueMaps = memory.keep(values.map(memory.keep))
  }

  @inline(__always)
  package func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : Int(keys[index - 1].textEnd)
    return UnsafeBufferPointer(start: keyText + start, count: Int(keys[index].textEnd) - start)
  }

  @inline(__always)
  func rows(of key: UInt32) -> UnsafeBufferPointer<SheetRow> {
    let start = key == 0 ? 0 : Int(keys[Int(key) - 1].rowEnd)
    return UnsafeBufferPointer(start: rows + start, count: Int(keys[Int(key)].rowEnd) - start)
  }

  /// The notes of a key's rows; to be read only where a row has any.
  @inline(__always)
  func notes(of key: UInt32) -> NoteReader {
    NoteReader(notes + (key == 0 ? 0 : Int(keys[Int(key) - 1].noteEnd)))
  }

  /// How many times eight bytes of notes a key's rows have.
  @inline(__always)
  func noteCount(of key: UInt32) -> Int {
    Int(keys[Int(key)].noteEnd) - (key == 0 ? 0 : Int(keys[Int(key) - 1].noteEnd))
  }

  /// The run's number for what a note that is not wide is about.
  @inline(__always)
  func number(of note: Note) -> UInt32 {
    switch note.kind {
    case .account: accountMap[Int(note.number)]
    case .attribute, .touch: valueMaps[Int(note.index)][Int(note.number)]
    case .outcome: outcomeMap[Int(note.number)]
    case .removal, .answer, .compared, .value: note.number
    }
  }

  /// The first key of a range with a hash beyond a bound; where there is none, the range's end.
  package func key(behind bound: UInt64, _ range: Range<UInt32>) -> UInt32 {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if keys[Int(middle)].hash <= bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Owns the maps that views point to.
final class MapMemory {
  private var kept: [UnsafeMutableRawPointer] = []

  func keep<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
    let copy: UnsafeMutablePointer<Element> = room(for: elements.count)
    copy.initialize(from: elements, count: elements.count)
    return UnsafePointer(copy)
  }

  /// Makes room that somebody fills.
  func room<Element: BitwiseCopyable>(for count: Int) -> UnsafeMutablePointer<Element> {
    let room = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    kept.append(UnsafeMutableRawPointer(room))
    return room
  }

  deinit { for memory in kept { memory.deallocate() } }
}
