import EventLog
import Foundation
import Intake
import Reading

/// Reads a segment whose lines were appended at different times: each part into sheets of its own.
///
/// Only a run whose known-at lies between two parts needs this, so the cache does without.
///
/// `lineCounts`: how many lines each part has, in order; all that follows is the last one's.
///
/// - Throws: `FileError`; `Interrupted`.
func readParts(
  of segment: Segment, lineCounts: [Int], plan: ReadingPlan
) throws -> [SegmentReading] {
  var dealer = PartDealer(lineCounts: lineCounts, plan: plan)
  let summary = try readLines(of: segment) { dealer.take($0) }
  return dealer.finish().map {
    SegmentReading(segment: segment, summary: summary, sheets: $0)
  }
}

/// Deals a segment's lines out to its parts.
private struct PartDealer {
  private let decoder: SegmentDecoder
  /// The number of the first line behind each part; of the last there is none.
  private let ends: [Int]
  private var part = 0
  private var sheets: [[Sheet]]

  init(lineCounts: [Int], plan: ReadingPlan) {
    precondition(!lineCounts.isEmpty, "a segment has at least one part")
    decoder = SegmentDecoder(plan: plan)
    sheets = lineCounts.map { _ in [] }
    var end = 1
    ends =
      lineCounts.dropLast().map { count in
        end += count
        return end
      } + [.max]
  }

  mutating func take(_ batch: LineBatch) {
    var line = batch.firstLine
    var rest = batch.bytes[...]
    while !rest.isEmpty {
      while line >= ends[part] {
        seal()
        part += 1
      }
      if batch.isOverlong {
        return decoder.refuseOverlong(batch.bytes, byteCount: batch.byteCount, line: line)
      }
      let (lineCount, byteCount) = lines(in: rest, atMost: ends[part] - line)
      // A copy, because a decoder wants zeros behind the last line.
      let text =
        Array(rest.prefix(byteCount)) + [UInt8](repeating: 0, count: LineBatch.paddingByteCount)
      text.withUnsafeBytes {
        decoder.decode(UnsafeRawBufferPointer(rebasing: $0[..<byteCount]), firstLine: line)
      }
      if decoder.isFull { seal() }
      rest = rest.dropFirst(byteCount)
      line += lineCount
    }
  }

  consuming func finish() -> [[Sheet]] {
    seal()
    return sheets
  }

  private mutating func seal() { sheets[part].append(decoder.seal()) }

  /// Counts lines from the start of some bytes; returns how many there are and their bytes.
  private func lines(
    in bytes: Slice<UnsafeRawBufferPointer>, atMost most: Int
  ) -> (lineCount: Int, byteCount: Int) {
    var count = 0
    var at = bytes.startIndex
    while count < most, at < bytes.endIndex {
      at = bytes[at...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
      count += 1
    }
    return (count, at - bytes.startIndex)
  }
}
