import Files
import Foundation

extension LogAppender {
  /// Makes one segment of neighbours; returns its entry.
  ///
  /// Members are copied as they are, and each file is checked against its entry on the way. So the chain
  /// alone proves that the events are the same: the bytes of a part, with an end marker behind them, have the
  /// SHA-256 that the entry of the segment states that was once appended.
  ///
  /// `items`: at least two segments of the chain, in the order of the log and nothing between them.
  package func compact(_ items: [LogInventory.Item], appended: Int64) throws -> ChainEntry {
    let draft = try beginReplacement(of: items.map(\.segment.path))
    do {
      for item in items { try draft.copy(item) }
    } catch {
      draft.abandon()
      throw error
    }
    // Times written so sort as text.
    return try commit(
      draft, because: .compact, first: items.compactMap { $0.entry?.first }.min(),
      last: items.compactMap { $0.entry?.last }.max(), appended: appended)
  }
}

extension ReplacementDraft {
  /// Copies a segment, part by part.
  fileprivate func copy(_ item: LogInventory.Item) throws {
    guard let entry = item.entry else {
      preconditionFailure("only segments of the chain are merged")
    }
    var file = try FileInput(file: item.segment.file, path: entry.path)
    for part in item.parts {
      guard try file.pass(on: part.bytes, { try copy(members: $0) }) else {
        throw Self.damage(entry)
      }
      try endPart(lines: part.lines, events: part.events, appended: part.appended)
    }
    var end: [UInt8] = []
    while try file.pass(on: 1, { end += $0 }), end.count <= BlockGzipWriter.endMarker.count {}
    guard end == BlockGzipWriter.endMarker, file.finish() == entry.sha256 else {
      throw Self.damage(entry)
    }
  }

  private static func damage(_ entry: ChainEntry) -> FileError {
    FileError(
      .damaged, path: entry.path, message: "the file is not what the chain says",
      hint: "restore the file from a backup; nothing was changed")
  }
}

extension FileInput {
  /// Hands on so many bytes, in pieces; returns false where the file ends before.
  fileprivate mutating func pass(
    on byteCount: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Bool {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var left = byteCount
    while left > 0 {
      let count = try readCount(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(left, buffer.count)]))
      if count == 0 { return false }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      left -= count
    }
    return true
  }
}
