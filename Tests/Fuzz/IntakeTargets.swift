import Intake
import Reading

private let fuzzedColumns = MemberChoices(members: [
  ("type", .text("profile")), ("id", .column("id")), ("time", .column("time")),
  ("lead", .column("lead")), ("fields.title", .column("title")),
])

/// Rows with a header: the same records, however the bytes are cut.
func fuzzCSV(_ bytes: UnsafeRawBufferPointer) {
  fuzzReader(bytes) { csvReader(fuzzedColumns) }
}

/// Calls of Segment's specification, in lines, arrays and batches.
func fuzzCalls(_ bytes: UnsafeRawBufferPointer) {
  fuzzReader(bytes) { segmentReader() }
}

/// What a reader makes of a file whole and in pieces is the same, and what it gives out as events are such.
private func fuzzReader(_ bytes: UnsafeRawBufferPointer, _ make: () -> any RecordReader) {
  let whole = outcome(bytes, pieces: [bytes.count], make())
  // Cut by the bytes themselves, so that a case that was found stays the case it is.
  let pieces = bytes.prefix(8).map { Int($0 % 16) + 1 } + [bytes.count]
  let cut = outcome(bytes, pieces: pieces, make())
  precondition(whole == cut, "cut at \(pieces) it reads otherwise:\n\(whole)\n\(cut)")
}

/// What came of each record, as text.
private func outcome(
  _ bytes: UnsafeRawBufferPointer, pieces: [Int], _ made: any RecordReader
) -> [String] {
  var reader = made
  var said: [String] = []
  func found(_ record: Record) {
    switch record.outcome {
    case .skipped(let reason): said.append("\(record.line) skipped \(reason)")
    case .refused(let reason): said.append("\(record.line) refused \(reason)")
    case .events(let events):
      said.append("\(record.line) " + events.map { String(decoding: $0, as: UTF8.self) }.joined())
    }
  }
  do {
    var rest = bytes[...]
    for count in pieces where !rest.isEmpty {
      let piece = rest.prefix(count)
      rest = rest.dropFirst(count)
      // A copy of its own: nobody may look behind a piece.
      try Array(piece).withUnsafeBytes { try reader.take($0, found) }
    }
    try reader.finish(isCut: false, found)
  } catch {
    said.append("\(error)")
  }
  return said
}
