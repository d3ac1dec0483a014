import EventLog
import Foundation
import Reading
import Synchronization

extension SheetCache {
  /// Returns what finds lines in a segment, from the sheets of any reading half: where a lead's lines
  /// stand is the same in all of them.
  ///
  /// The sheets are mapped, not read: of each, those parts are checked that are used.
  package func indexes(of segment: Segment) -> [SheetIndex]? {
    for paths in sheetPaths(of: segment) {
      let indexes = paths.compactMap { index(at: $0.path, lineBase: $0.lineBase) }
      if indexes.count == paths.count { return indexes }
    }
    return nil
  }

  private func index(at path: String, lineBase: Int) -> SheetIndex? {
    guard let file = SheetParts(path) else { return nil }
    return try? SheetIndex(
      region: file.blocks.region, lineBase: lineBase, owner: file, isWhole: file.isWhole)
  }
}

/// A sheet's file, mapped, of which each block is checked when it is first used.
private final class SheetParts: Sendable {
  private nonisolated(unsafe) let file: UnsafeRawBufferPointer
  let blocks: SheetBlocks
  /// Of each block that has been looked at whether it is whole.
  private let known: Mutex<[Bool?]>

  init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let file = mapSheetFile(descriptor) else { return nil }
    guard let blocks = SheetBlocks(file) else {
      unmapSheetFile(file)
      return nil
    }
    self.file = file
    self.blocks = blocks
    known = Mutex([Bool?](repeating: nil, count: blocks.count))
  }

  deinit { unmapSheetFile(file) }

  @Sendable func isWhole(_ bytes: Range<Int>) -> Bool {
    known.withLock { known in
      blocks.blocks(of: bytes).allSatisfy { block in
        if let isWhole = known[block] { return isWhole }
        let isWhole = blocks.areWhole(block..<block + 1)
        known[block] = isWhole
        return isWhole
      }
    }
  }
}
