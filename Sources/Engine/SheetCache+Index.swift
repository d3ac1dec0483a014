import EventLog
import Foundation
import Reading

extension SheetCache {
  /// Returns what finds lines in a segment, from the sheets of any reading half: where a lead's lines
  /// stand is the same in all of them.
  ///
  /// The sheets are mapped, not read: whoever uses them checks what they lead to against the log.
  func indexes(of segment: Segment) -> [SheetIndex]? {
    guard let look = FileLook(segment.file),
      let (entry, halves) = entry(of: segment), entry.look == look
    else { return nil }
    for half in halves {
      let indexes = (0..<entry.sheetCount).compactMap {
        index(at: "\(folder(ofHalf: half))/\(entry.sha256).\($0).sheet")
      }
      if indexes.count == entry.sheetCount { return indexes }
    }
    return nil
  }

  private func index(at path: String) -> SheetIndex? {
    guard let file = MappedSheet(path) else { return nil }
    return try? SheetIndex(
      region: UnsafeRawBufferPointer(rebasing: file.bytes.dropLast(Sheet.checksumByteCount)),
      owner: file)
  }
}

/// A sheet's file, mapped.
private final class MappedSheet: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > Sheet.checksumByteCount,
      status.st_size % 8 == 0,
      let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0),
      memory != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
