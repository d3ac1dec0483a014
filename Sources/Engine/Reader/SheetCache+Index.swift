import EventLog
import Foundation
import Reading

extension SheetCache {
  /// Returns what finds lines in a segment, from the sheets of any reading half: where a lead's lines
  /// stand is the same in all of them.
  ///
  /// The sheets are mapped, not read: whoever uses them checks what they lead to against the log.
  package func indexes(of segment: Segment) -> [SheetIndex]? {
    for paths in sheetPaths(of: segment) {
      let indexes = paths.compactMap { index(at: $0.path, lineBase: $0.lineBase) }
      if indexes.count == paths.count { return indexes }
    }
    return nil
  }

  private func index(at path: String, lineBase: Int) -> SheetIndex? {
    guard let file = MappedSheet(path) else { return nil }
    return try? SheetIndex(
      region: UnsafeRawBufferPointer(rebasing: file.bytes.dropLast(SheetEnding.byteCount)),
      lineBase: lineBase, owner: file)
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
    guard fstat(descriptor, &status) == 0, status.st_size > SheetEnding.byteCount,
      status.st_size % 8 == 0,
      let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0),
      memory != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
