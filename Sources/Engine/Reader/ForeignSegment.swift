import Definition
import EventLog
import Intake
import Reading

/// Reads a file of another format as if its events had been appended: the same events in the same order.
///
/// An event's line is its number among the file's events, as it would be in a segment; a refused record's is where
/// the record stands in the file.
package func readForeignSegment(
  _ segment: Segment, _ decoder: SegmentDecoder, form: IntakeForm, _ drafts: SheetDrafts?
) throws -> SegmentReading {
  var sheets: [Sheet] = []
  var text: [UInt8] = []
  var (decodedCount, eventCount) = (0, 0)
  func decode() {
    guard eventCount > decodedCount else { return }
    let byteCount = text.count
    // The decoder reads a little beyond a last line, which ends at a zero byte.
    text.append(contentsOf: repeatElement(0, count: LineBatch.paddingByteCount))
    text.withUnsafeBytes { bytes in
      decoder.decode(
        UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]), firstLine: decodedCount + 1)
    }
    text.removeAll(keepingCapacity: true)
    decodedCount = eventCount
    if decoder.isFull { sheets.append(decoder.seal(placing: drafts.placing)) }
  }
  let summary = try readRecords(of: segment, form: form) { record, taking in
    switch taking {
    case .skipped: return
    case .refused(let reason):
      guard let refusal = Refusal(name: reason) else {
        preconditionFailure("a reader refuses for a reason that has no name here: \(reason)")
      }
      decoder.refuse(
        record.bytes, byteCount: record.byteCount, line: record.line, refusal)
    case .events(let events, _):
      for event in events {
        text.append(contentsOf: event)
        text.append(UInt8(ascii: "\n"))
      }
      eventCount += events.count
      // As much as is decoded at a time of the log's own text.
      if text.count >= LineBatch.lineByteCountMax { decode() }
    }
  }
  decode()
  sheets.append(decoder.seal(placing: drafts.placing))
  return SegmentReading(segment: segment, summary: summary, sheets: sheets)
}
