import Files

/// The lines that a log has, so that an input is not appended twice.
///
/// Each equal line that a source brings takes one of the log's off; only what is left is new. So a file that is
/// appended again adds nothing, of one that has grown the new lines are added, and equal lines within one
/// file are each as good as in the log. What a source itself has added counts from the next source on.
///
/// Of the log, only segments whose events span the time of a line are read, when they are first asked about.
package final class KnownLines {
  private var shelves: [Shelf] = []
  /// Segments that the source at hand has filled, in part or whole; they count from the next source on.
  private var ownShelves: [Shelf] = []
  /// Lines that earlier sources added and that were in no segment yet when the source at hand began.
  private var unsaved = CountedLines()
  /// Lines that the source at hand has added and that are in no segment yet.
  private var own: [LineDigest] = []
  private let lineCountMax: Int
  private var heldLineCount = 0
  private var askCount = 0

  /// - Parameter lineCountMax: how many lines to hold at most, at 16 bytes each; above it, segments that were
  ///   asked about least recently are let go, and read again when they are needed.
  package init(lineCountMax: Int = 1 << 24) {
    self.lineCountMax = lineCountMax
  }

  /// Takes a segment of the log into account.
  ///
  /// `span`: the times of its earliest and latest event in milliseconds; nil where nobody knows.
  package func add(_ segment: Segment, span: ClosedRange<Int64>?) {
    shelves.append(Shelf(segment, span: span))
  }

  /// Begins anew with taking lines off.
  package func beginSource() {
    for shelf in shelves { shelf.putBack() }
    if !ownShelves.isEmpty { unsaved = CountedLines() }
    shelves += ownShelves
    ownShelves = []
    unsaved.putBack()
    for line in own { unsaved.add(line) }
    own = []
  }

  /// Returns whether the log has a line, and takes it off; if not, it is about to be added.
  ///
  /// `time`: the time of its event in milliseconds.
  package func take(_ line: LineDigest, time: Int64) throws -> Bool {
    if unsaved.take(line) { return true }
    askCount += 1
    for shelf in shelves where shelf.spans(time) {
      shelf.lastAsked = askCount
      if !shelf.isRead {
        heldLineCount += try shelf.read()
        letGo(but: shelf)
      }
      if shelf.take(line) { return true }
    }
    own.append(line)
    return false
  }

  /// Notes that all lines added so far are in a segment.
  package func noteSaved(in segment: Segment, span: ClosedRange<Int64>?) {
    ownShelves.append(Shelf(segment, span: span))
    own = []
  }

  private func letGo(but kept: Shelf) {
    while heldLineCount > lineCountMax {
      let held = shelves.filter { $0.isRead && $0 !== kept }
      guard let oldest = held.min(by: { $0.lastAsked < $1.lastAsked }) else { return }
      heldLineCount -= oldest.letGo()
    }
  }
}

/// The lines of one segment, and which of them the source at hand has taken off.
private final class Shelf {
  private let segment: Segment
  private let span: ClosedRange<Int64>?
  /// In order, so that equal ones stand together; nil while they are not held.
  private var lines: [LineDigest]?
  private var taken: [UInt64] = []
  var lastAsked = 0

  init(_ segment: Segment, span: ClosedRange<Int64>?) {
    self.segment = segment
    self.span = span
  }

  var isRead: Bool { lines != nil }

  func spans(_ time: Int64) -> Bool { span?.contains(time) ?? true }

  func putBack() { taken = [UInt64](repeating: 0, count: taken.count) }

  /// Reads the segment's lines; returns how many there are.
  package func read() throws -> Int {
    var found: [LineDigest] = []
    do {
      try readLines(of: segment) { batch in
        if batch.isOverlong { return }
        for line in batch.bytes.split(separator: UInt8(ascii: "\n")) {
          found.append(LineDigest(UnsafeRawBufferPointer(rebasing: line)))
        }
      }
    } catch let error as FileError where error.kind == .damaged {
      // What cannot be read cannot be known; a line appended again is a duplicate, which changes no result,
      // and one that is turned away because of somebody else's damage would be lost.
    }
    found.sort()
    lines = found
    if taken.isEmpty { taken = [UInt64](repeating: 0, count: found.count / 64 + 1) }
    return found.count
  }

  /// Returns how many lines are no longer held; what was taken off stays so.
  func letGo() -> Int {
    let count = lines?.count ?? 0
    lines = nil
    return count
  }

  func take(_ line: LineDigest) -> Bool {
    guard let lines else { return false }
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] < line { low = middle + 1 } else { high = middle }
    }
    while low < lines.count, lines[low] == line {
      let bit = UInt64(1) << UInt64(low & 63)
      if taken[low >> 6] & bit == 0 {
        taken[low >> 6] |= bit
        return true
      }
      low += 1
    }
    return false
  }
}

/// Lines with how many there are of each, and how many are left.
private struct CountedLines {
  private var counts: [LineDigest: Int] = [:]
  private var left: [LineDigest: Int] = [:]

  package mutating func add(_ line: LineDigest) {
    counts[line, default: 0] += 1
    left[line, default: 0] += 1
  }

  mutating func putBack() { left = counts }

  mutating func take(_ line: LineDigest) -> Bool {
    guard let count = left[line], count > 0 else { return false }
    left[line] = count - 1
    return true
  }
}
