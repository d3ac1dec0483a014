import Dispatch
import EventLog
import Intake
import Reading
import Synchronization

/// Reads a long segment: one worker inflates it into slices of text, others decode these meanwhile,
/// each into a sheet of its own.
///
/// At most as many slices as there are workers wait or are decoded, so memory does not grow with
/// the file. A slice has about `sliceByteCount` of text: as much as some 300,000 events, a month of
/// a busy site.
func readLongSegment(
  _ segment: Segment, _ decoders: DecoderPool, _ drafts: SheetDrafts? = nil, jobs: Int,
  sliceByteCount: Int = 64 << 20, limit: InflationLimit = InflationLimit()
) throws -> SegmentReading {
  let sheets = Mutex<[Int: Sheet]>([:])
  let decoding = DispatchGroup()
  let room = DispatchSemaphore(value: jobs)
  var sliceCount = 0

  func hand(on slice: TextSlice) {
    let index = sliceCount
    sliceCount += 1
    room.wait()
    DispatchQueue.global().async(group: decoding) {
      let sheet = decoders.lend { slice.decode($0, drafts) }
      sheets.withLock { $0[index] = sheet }
      room.signal()
    }
  }

  var slice = TextSlice(byteCount: sliceByteCount)
  defer { decoding.wait() }
  let summary = try readLines(of: segment, limit: limit) { batch in
    slice.append(batch)
    if slice.isFull {
      hand(on: slice)
      slice = TextSlice(byteCount: sliceByteCount)
    }
  }
  hand(on: slice)
  decoding.wait()
  let inOrder = sheets.withLock { sheets in sheets.sorted { $0.key < $1.key }.map(\.value) }
  return SegmentReading(segment: segment, summary: summary, sheets: inOrder)
}

/// Whole lines of a segment, copied out of the reader's buffer.
private final class TextSlice: @unchecked Sendable {
  private struct Piece {
    var range: Range<Int>
    var firstLine: Int
    var isOverlong: Bool
    var byteCount: Int
  }

  private let fullByteCount: Int
  private let text: UnsafeMutableRawBufferPointer
  private var count = 0
  private var pieces: [Piece] = []

  init(byteCount: Int) {
    fullByteCount = byteCount
    // A batch has at most twice 1 MiB: a line carried over and new text.
    text = .allocate(byteCount: byteCount + 4 << 20, alignment: 64)
  }

  deinit { text.deallocate() }

  var isFull: Bool { count >= fullByteCount }

  func append(_ batch: LineBatch) {
    let end = count + batch.bytes.count
    UnsafeMutableRawBufferPointer(rebasing: text[count..<end]).copyMemory(from: batch.bytes)
    pieces.append(
      Piece(
        range: count..<end, firstLine: batch.firstLine, isOverlong: batch.isOverlong,
        byteCount: batch.byteCount))
    count = end
  }

  func decode(_ decoder: SegmentDecoder, _ drafts: SheetDrafts?) -> Sheet {
    // The decoder reads a little beyond a last line, which ends at a zero byte.
    for index in 0..<LineBatch.paddingByteCount { text[count + index] = 0 }
    for piece in pieces {
      let bytes = UnsafeRawBufferPointer(rebasing: text[piece.range])
      if piece.isOverlong {
        decoder.refuseOverlong(bytes, byteCount: piece.byteCount, line: piece.firstLine)
      } else {
        decoder.decode(bytes, firstLine: piece.firstLine)
      }
    }
    return decoder.seal(placing: drafts.placing)
  }
}
