import Definition
import Reading

/// A sheet and the run's numbers for what it numbers for itself, as bare pointers: the fold jumps
/// between sheets for every lead and can afford no reference count.
///
/// Valid as long as the `SheetSet` it came from.
struct SheetView: BitwiseCopyable {
  let keyHashes: UnsafePointer<UInt64>
  let keyEnds: UnsafePointer<UInt32>
  let keyText: UnsafePointer<UInt8>
  let rowEnds: UnsafePointer<UInt32>
  let noteEnds: UnsafePointer<UInt32>
  let times: UnsafePointer<Milliseconds>
  let ids: UnsafePointer<UInt64>
  let lines: UnsafePointer<UInt32>
  let durations: UnsafePointer<UInt32>
  let classes: UnsafePointer<UInt32>
  let notes: UnsafePointer<Note>
  let partitions: UnsafePointer<UInt32>
  let classMap: UnsafePointer<UInt32>
  let accountMap: UnsafePointer<UInt32>
  /// By attribute, then by the sheet's own number of a value.
  let valueMaps: UnsafePointer<UnsafePointer<UInt32>>

  init(_ sheet: Sheet, _ memory: MapMemory, classes: [UInt32], accounts: [UInt32], values: [[UInt32]]) {
    keyHashes = sheet.keyHashes
    keyEnds = sheet.keyEnds
    keyText = sheet.keyText
    rowEnds = sheet.rowEnds
    noteEnds = sheet.noteEnds
    times = sheet.times
    ids = sheet.ids
    lines = sheet.lines
    durations = sheet.durations
    self.classes = sheet.classes
    notes = sheet.notes
    partitions = sheet.partitions
    classMap = memory.keep(classes)
    accountMap = memory.keep(accounts)
    valueMaps = memory.keep(values.map(memory.keep))
  }

  @inline(__always)
  func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : Int(keyEnds[index - 1])
    return UnsafeBufferPointer(start: keyText + start, count: Int(keyEnds[index]) - start)
  }

  @inline(__always)
  func rows(of key: Int) -> Range<Int> {
    Range(uncheckedBounds: (key == 0 ? 0 : Int(rowEnds[key - 1]), Int(rowEnds[key])))
  }

  @inline(__always)
  func notes(of key: Int) -> Range<Int> {
    Range(uncheckedBounds: (key == 0 ? 0 : Int(noteEnds[key - 1]), Int(noteEnds[key])))
  }
}

/// Owns the maps that views point to.
final class MapMemory {
  private var kept: [UnsafeMutableRawPointer] = []

  func keep<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    copy.initialize(from: elements, count: elements.count)
    kept.append(UnsafeMutableRawPointer(copy))
    return UnsafePointer(copy)
  }

  deinit { for memory in kept { memory.deallocate() } }
}
