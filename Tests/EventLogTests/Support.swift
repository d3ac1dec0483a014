import EventLog
import Files

/// What a test saw of a segment, whole or up to a fault.
struct Seen {
  var bytes: [UInt8] = []
  var numbers: [Int] = []
  var overlong: [Int: Int] = [:]
  var summary: SegmentSummary?
  var error: FileError?
  var isPaddingZero = true

  init(_ segment: Segment, batchByteCount: Int = 1 << 20) throws {
    do {
      summary = try readLines(of: segment, batchByteCount: batchByteCount) { batch in
        bytes += Array(batch.bytes)
        numbers.append(batch.firstLine)
        if batch.isOverlong { overlong[batch.firstLine] = batch.byteCount }
        let padding = UnsafeRawBufferPointer(
          start: batch.bytes.baseAddress.map { $0 + batch.bytes.count },
          count: LineBatch.paddingByteCount)
        isPaddingZero = isPaddingZero && padding.allSatisfy { $0 == 0 }
      }
    } catch let fault as FileError {
      error = fault
    }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
