import EventLog
import Reading

/// Decodes a segment's lines, one batch after another, into one sheet, or into several where there is more
/// than one can hold.
final class SheetSeries {
  private let decoder: SegmentDecoder
  private var sheets: [Sheet] = []

  /// `decoder`: fresh, or sealed since it was last used.
  init(_ decoder: SegmentDecoder) {
    self.decoder = decoder
  }

  func decode(_ batch: LineBatch) {
    if batch.isOverlong {
      decoder.refuseOverlong(batch.bytes, byteCount: batch.byteCount, line: batch.firstLine)
    } else {
      decoder.decode(batch.bytes, firstLine: batch.firstLine)
    }
    if decoder.isFull { sheets.append(decoder.seal()) }
  }

  /// Returns the sheets, in the order of the lines.
  func seal() -> [Sheet] {
    sheets.append(decoder.seal())
    return sheets
  }
}
