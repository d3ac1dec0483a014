import EventLog
import Reading

/// A line of a segment, valid only while it is handled.
package struct SegmentLine {
  /// Its bytes without the line feed; of one that is longer than a line may be, the head.
  package let bytes: UnsafeRawBufferPointer
  package let isOverlong: Bool
  /// Whose event it is; nil where it is none.
  package let event: EventIdentity?
}

/// Reads a segment line by line, empty ones too.
package func readSegmentLines(of segment: Segment, _ body: (SegmentLine) throws -> Void) throws {
  let validator = EventValidator()
  try readLines(of: segment) { batch in
    if batch.isOverlong {
      return try body(SegmentLine(bytes: batch.bytes, isOverlong: true, event: nil))
    }
    // What stands behind the last line feed is no line.
    var rest = batch.bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = UnsafeRawBufferPointer(rebasing: rest[..<end])
      try body(
        SegmentLine(bytes: line, isOverlong: false, event: validator.identity(of: line)))
      rest = rest[min(end + 1, rest.endIndex)...]
    }
  }
}
