import Files
import Foundation
import Notation

extension LogAppender {
  /// The segment that a killed append left without its entry in the chain: it has the next number.
  ///
  /// Its events are read like all others, so it is entered before anything else is written; until then nothing
  /// vouches for its bytes.
  package func stray() throws -> Segment? {
    let path = SegmentName.appended((chain.entries.last?.number ?? 0) + 1)
    guard let segment = try segmentFiles(in: root).first(where: { $0.path == path }),
      try endsAsOurs(segment)
    else { return nil }
    return segment
  }

  /// Enters such a segment in the chain, by what reading it to its end found; returns the entry.
  package func enter(
    stray: Segment, _ summary: SegmentSummary, span: EventSpan
  ) throws -> ChainEntry {
    try Disk.current.syncFolder(root)
    return try enter(
      ChainEntry(
        number: SegmentName.number(in: stray.path), path: stray.path,
        written: WrittenFile(byteCount: summary.byteCount, sha256: summary.sha256),
        span: span, appended: appendedTime(of: stray)))
  }

  /// When a stray was written, by its file; never before what is in the chain, and not in the future.
  private func appendedTime(of stray: Segment) -> Int64 {
    var status = stat()
    let now = currentMilliseconds()
    guard stat(stray.file, &status) == 0 else { return now }
    let written = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
    return timeText(milliseconds: written) < chain.entries.last?.appended ?? "" || written > now
      ? now : written
  }

  /// Whether a file ends with the marker that Scorebook writes, as what other programs write seldom does.
  private func endsAsOurs(_ segment: Segment) throws -> Bool {
    let marker = BlockGzipWriter.endMarker
    guard segment.byteCount > marker.count else { return false }
    let descriptor = retryingOnInterrupt { open(segment.file, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError.cannotOpen(segment.file, shown: segment.path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: marker.count)
    let place = off_t(segment.byteCount - marker.count)
    return pread(descriptor, &bytes, bytes.count, place) == bytes.count && bytes == marker
  }
}
