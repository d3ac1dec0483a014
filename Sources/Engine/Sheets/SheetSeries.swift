import EventLog
import Reading

/// Decodes a segment's lines, one batch after another, into one sheet, or into several where there is more
/// than one can hold.
final class SheetSeries {
  private let decoder: SegmentDecoder
  private let drafts: SheetDrafts?
  private var sheets: [Sheet] = []

  /// - Parameters:
  ///   - decoder: fresh, or sealed since it was last used.
  ///   - drafts: where the sheets are written; nil where they stay in memory.
  init(_ decoder: SegmentDecoder, _ drafts: SheetDrafts? = nil) {
    self.decoder = decoder
    self.drafts = drafts
  }

  func decode(_ batch: LineBatch) {
    if batch.isOverlong {
      decoder.refuseOverlong(batch.bytes, byteCount: batch.byteCount, line: batch.firstLine)
    } else {
      decoder.decode(batch.bytes, firstLine: batch.firstLine)
    }
    if decoder.isFull { sheets.append(decoder.seal(placing: drafts.placing)) }
  }

  /// Returns the sheets, in the order of the lines.
  func seal() -> [Sheet] {
    sheets.append(decoder.seal(placing: drafts.placing))
    return sheets
  }
}
