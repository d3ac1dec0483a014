/// Reads a format that has a record on each line.
package struct LineRecords<Reader: LineReader>: RecordReader {
  private var mark = ByteOrderMark()
  private var lines = LineHolder()
  private var reader: Reader

  package init(_ reader: Reader) {
    self.reader = reader
  }

  package mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void
  ) throws {
    let (held, rest) = mark.strip(bytes)
    try held.withUnsafeBytes { try read($0, found) }
    try read(rest, found)
  }

  package mutating func finish(isCut: Bool, _ found: (Record) throws -> Void) throws {
    try mark.finish().withUnsafeBytes { try read($0, found) }
    try lines.finish { line in
      let waits = isCut && !line.isOverlong && !reader.isWhole(line.bytes)
      try found(
        waits
          ? Record(line.bytes, line: line.line, outcome: .skipped("unfinished"))
          : Self.record(line, &reader))
    }
  }

  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void
  ) throws {
    try lines.take(bytes) { line in try found(Self.record(line, &reader)) }
  }

  private static func record(_ line: HeldRecord, _ reader: inout Reader) -> Record {
    let outcome = line.isOverlong ? .refused("too-long") : reader.read(line.bytes)
    return Record(line.bytes, byteCount: line.byteCount, line: line.line, outcome: outcome)
  }
}
