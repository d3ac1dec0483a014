import Foundation

/// Cuts a stream of bytes into batches of whole lines, in one buffer that never grows.
///
/// What follows the last line feed of a batch moves to the front of the buffer, so a line costs one copy
/// in a batch of a thousand. An overlong line is dropped piece by piece but for its head: a line of 10 GB
/// needs no more memory than a line of 1 MiB.
struct LineSplitter: ~Copyable {
  private let buffer: UnsafeMutableRawBufferPointer
  private let stepByteCount: Int
  /// How many bytes at the front await their line feed.
  private var used = 0
  private var overlong: Overlong?
  private(set) var lineCount = 0

  private struct Overlong {
    var byteCount: Int
    var isBlank: Bool
  }

  init(batchByteCount: Int) {
    // A step no longer than a line may be means that only the first line of a step can be overlong.
    stepByteCount = min(max(batchByteCount, 1), LineBatch.lineByteCountMax)
    let lines = LineBatch.lineByteCountMax + stepByteCount
    buffer = .allocate(byteCount: lines + 2 * LineBatch.paddingByteCount, alignment: 64)
  }

  deinit {
    buffer.deallocate()
  }

  /// Where the next bytes belong; `take` is told how many came.
  var free: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + stepByteCount])
  }

  /// Takes `count` bytes that were written to `free` and hands on the lines they complete.
  mutating func take(_ count: Int, _ body: (LineBatch) throws -> Void) throws {
    var end = used + count
    if overlong != nil {
      guard let feed = lineFeed(from: used, to: end) else {
        noteOverlong(used, end)
        return
      }
      noteOverlong(used, feed)
      try deliverOverlong(body)
      end = keep(from: feed + 1, to: end)
      used = 0
    }
    guard var feed = lineFeed(from: used, to: end) else { return hold(end) }
    if feed > LineBatch.lineByteCountMax {
      noteOverlong(0, feed)
      try deliverOverlong(body)
      end = keep(from: feed + 1, to: end)
      guard let next = lineFeed(from: 0, to: end) else { return hold(end) }
      feed = next
    }
    var last = end - 1
    while buffer[last] != lineFeedByte { last -= 1 }
    let firstLine = lineCount + 1
    lineCount += countLineFeeds(from: feed, to: last + 1)
    try deliver(last + 1, LineBatchKind(firstLine: firstLine, overlongByteCount: nil), body)
    used = keep(from: last + 1, to: end)
  }

  /// Hands on the last line if it lacks its line feed.
  mutating func finish(_ body: (LineBatch) throws -> Void) throws {
    if overlong != nil {
      try deliverOverlong(body)
    } else if used > 0 {
      lineCount += 1
      try deliver(used, LineBatchKind(firstLine: lineCount, overlongByteCount: nil), body)
    }
    used = 0
  }
}

private let lineFeedByte = UInt8(ascii: "\n")

/// What a batch is besides its bytes.
private struct LineBatchKind {
  let firstLine: Int
  let overlongByteCount: Int?
}

extension LineSplitter {
  /// Waits for more of a line that has no end yet.
  private mutating func hold(_ end: Int) {
    used = end
    if end > LineBatch.lineByteCountMax { noteOverlong(0, end) }
  }

  /// Drops a piece of an overlong line, keeping its length, its head, and whether it is blank.
  private mutating func noteOverlong(_ start: Int, _ end: Int) {
    let isBlank = buffer[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    let soFar = overlong ?? Overlong(byteCount: 0, isBlank: true)
    overlong = Overlong(
      byteCount: soFar.byteCount + end - start, isBlank: soFar.isBlank && isBlank)
    used = LineBatch.overlongHeadByteCount
  }

  private mutating func deliverOverlong(_ body: (LineBatch) throws -> Void) throws {
    guard let line = overlong else { return }
    overlong = nil
    lineCount += 1
    // Lines of only spaces, tabs and carriage returns are no lines, however long.
    guard !line.isBlank else { return }
    try deliver(
      LineBatch.overlongHeadByteCount,
      LineBatchKind(firstLine: lineCount, overlongByteCount: line.byteCount), body)
  }

  /// Hands on the first `count` bytes with zeros behind them, where the next line may already stand.
  private func deliver(
    _ count: Int, _ kind: LineBatchKind, _ body: (LineBatch) throws -> Void
  ) throws {
    let padding = LineBatch.paddingByteCount
    let behind = UnsafeMutableRawBufferPointer(rebasing: buffer[count..<count + padding])
    let saved = UnsafeMutableRawBufferPointer(rebasing: buffer[(buffer.count - padding)...])
    saved.copyMemory(from: UnsafeRawBufferPointer(behind))
    behind.initializeMemory(as: UInt8.self, repeating: 0)
    try body(
      LineBatch(
        bytes: UnsafeRawBufferPointer(rebasing: buffer[..<count]), firstLine: kind.firstLine,
        isOverlong: kind.overlongByteCount != nil, byteCount: kind.overlongByteCount ?? count))
    behind.copyMemory(from: UnsafeRawBufferPointer(saved))
  }

  /// Moves what is not delivered yet to the front; returns its length.
  private func keep(from start: Int, to end: Int) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    memmove(base, base + start, end - start)
    return end - start
  }

  private func lineFeed(from start: Int, to end: Int) -> Int? {
    guard let base = buffer.baseAddress, end > start else { return nil }
    return memchr(base + start, Int32(lineFeedByte), end - start).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(base)
    }
  }

  // A call of `memchr` for each line is as fast here as counting by vectors, and needs no such code.
  private func countLineFeeds(from start: Int, to end: Int) -> Int {
    var count = 0
    var index = start
    while let feed = lineFeed(from: index, to: end) {
      count += 1
      index = feed + 1
    }
    return count
  }
}
