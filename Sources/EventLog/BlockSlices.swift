import Files
import Foundation
import Workers

/// A run of whole BGZF members of one file that can be inflated on its own.
///
/// It has the lines that begin in it; the last of them may end behind it, and what it begins with may
/// be the rest of a line of the slice before.
package struct BlockSlice: Sendable, Equatable {
  /// Where its first member begins in the file.
  package let start: Int
  /// How many bytes its members inflate to, as they state.
  package fileprivate(set) var inflatedByteCount = 0
  /// How many bytes of the file it takes.
  package fileprivate(set) var byteCount = 0
  /// The last member before it with bytes in it; nil where there is none.
  let before: Member?

  struct Member: Equatable {
    var start: Int
    var inflatedByteCount: Int
  }
}

/// Cuts a BGZF file into slices of about `inflatedByteCount` bytes of lines, by going from header to
/// header without inflating any.
///
/// - Returns: nil where the file is not BGZF from its first byte to its end marker; then it has to be
///   read from its start, which tells what is wrong with it, if anything is.
/// - Throws: `FileError` where the file cannot be read.
package func blockSlices(of segment: Segment, inflatedByteCount: Int) throws -> [BlockSlice]? {
  let (descriptor, _) = try openRegularFile(
    segment.file, path: segment.path, listed: segment.listed)
  defer { close(descriptor) }
  var slices: [BlockSlice] = []
  var last: BlockSlice.Member?
  var at = 0
  // A member's trailer and the header behind it are read at once.
  var window = [UInt8](repeating: 0, count: lengthByteCount + blockHeaderByteCount)
  var headerCount = retryingOnInterrupt { pread(descriptor, &window, blockHeaderByteCount, 0) }
  while headerCount == blockHeaderByteCount {
    guard let size = window.withUnsafeBytes({ blockByteCount($0) }), size > blockHeaderByteCount
    else { return nil }
    let end = at + size
    let count = retryingOnInterrupt {
      pread(descriptor, &window, window.count, off_t(end - lengthByteCount))
    }
    guard count >= lengthByteCount else { return nil }
    let inflated = (0..<lengthByteCount).reduce(0) { $0 | Int(window[$1]) << (8 * $1) }
    guard inflated <= 1 << 16 else { return nil }
    if slices.isEmpty || slices[slices.count - 1].inflatedByteCount >= inflatedByteCount {
      slices.append(BlockSlice(start: at, before: last))
    }
    slices[slices.count - 1].inflatedByteCount += inflated
    slices[slices.count - 1].byteCount += size
    if inflated > 0 { last = BlockSlice.Member(start: at, inflatedByteCount: inflated) }
    if count == lengthByteCount {
      return size == BlockGzipWriter.endMarker.count && inflated == 0 ? slices : nil
    }
    window.removeFirst(lengthByteCount)
    window += [UInt8](repeating: 0, count: lengthByteCount)
    headerCount = count - lengthByteCount
    at = end
  }
  return nil
}

private let lengthByteCount = 4

/// Reads the lines of one slice, in batches of whole lines, numbered from 1.
///
/// The batch's bytes stand in a buffer that is used again: nothing of it may outlive `body`.
///
/// - Returns: How many lines the slice has, blank ones included.
/// - Throws: `FileError` of the first member that is damaged, and what `body` throws.
package func readLines(
  of segment: Segment, slice: BlockSlice, _ body: (LineBatch) throws -> Void
) throws -> Int {
  var source = try GzipSource<FastestInflater>(segment, from: slice.start)
  var splitter = LineSplitter(batchByteCount: LineBatch.lineByteCountMax)
  var left = slice.inflatedByteCount
  var isInLine = try slice.before.map { try !endsLine(segment, $0) } ?? false
  var lastByte = lineFeed
  while left > 0 {
    try Interruption.check()
    let free = splitter.free
    let room = UnsafeMutableRawBufferPointer(rebasing: free[..<min(free.count, left)])
    var count = try source.fillWhole(room)
    left -= count
    lastByte = room[count - 1]
    if isInLine {
      // The rest of a line that the slice before has.
      guard let feed = room[..<count].firstIndex(of: lineFeed) else { continue }
      isInLine = false
      count -= feed + 1
      guard count > 0, let start = room.baseAddress else { continue }
      memmove(start, start + feed + 1, count)
    }
    try splitter.take(count, body)
  }
  while !isInLine, lastByte != lineFeed {
    let free = splitter.free
    let room = UnsafeMutableRawBufferPointer(rebasing: free[..<min(free.count, 1 << 16)])
    let filling = try source.fill(room)
    if let damage = filling.damage { throw damage }
    let end = room[..<filling.count].firstIndex(of: lineFeed).map { $0 + 1 } ?? filling.count
    if end > 0 {
      lastByte = room[end - 1]
      try splitter.take(end, body)
    }
    if filling.isEnd { break }
  }
  try splitter.finish(body)
  return splitter.lineCount
}

private let lineFeed = UInt8(ascii: "\n")

/// Whether the bytes of a member end with a line.
private func endsLine(_ segment: Segment, _ member: BlockSlice.Member) throws -> Bool {
  var source = try GzipSource<FastestInflater>(segment, from: member.start)
  var bytes = [UInt8](repeating: 0, count: member.inflatedByteCount)
  _ = try bytes.withUnsafeMutableBytes { try source.fillWhole($0) }
  return bytes.last == lineFeed
}

extension GzipSource where Inflater: ~Copyable {
  /// A source that begins at a member in the middle of the file.
  fileprivate init(_ segment: Segment, from offset: Int) throws {
    self.init(
      try FileInput(segment, from: offset), path: segment.path)
  }

  /// Fills all of `room`, which the members at hand say they can; returns how many bytes that are.
  fileprivate mutating func fillWhole(_ room: UnsafeMutableRawBufferPointer) throws -> Int {
    let filling = try fill(room)
    if let damage = filling.damage { throw damage }
    guard filling.count == room.count else { throw endedEarly() }
    return filling.count
  }
}
