import Files
import Foundation

/// A line that is wanted, and a place before it from which it is soon found.
package struct WantedLine: Sendable {
  package var line: Int
  /// The number of a line at or before it.
  package var markLine: Int
  /// How many bytes of text stand before that line.
  package var markOffset: Int

  package init(line: Int, markLine: Int, markOffset: Int) {
    self.line = line
    self.markLine = markLine
    self.markOffset = markOffset
  }
}

/// Reads single lines of a segment from its middle, where it is plain or blocked gzip; of any other
/// gzip all that stands before them is inflated too.
///
/// - Parameters:
///   - segment: the file; every gzip member that is touched is checked by its checksum.
///   - wanted: in the order of lines.
///   - body: called for each line with its bytes, without the line feed.
/// - Throws: `FileError` where the file is damaged or ends before a line.
package func readLines(
  of segment: Segment, _ wanted: [WantedLine],
  _ body: (WantedLine, UnsafeRawBufferPointer) throws -> Void
) throws {
  if wanted.isEmpty { return }
  let file = try MappedFile(segment.file, path: segment.path, listed: segment.listed)
  if let text = try RandomText(file, segment) {
    var text = text
    for line in wanted { try text.find(line, body) }
  } else {
    try readInOrder(segment, wanted, body)
  }
}

/// The text of a segment that can be read from the middle.
private struct RandomText: ~Copyable {
  private struct Block {
    /// Where the member begins in the file, and its text among all text.
    var start: Int
    var byteCount: Int
    var textStart: Int
    var textByteCount: Int
  }

  private let file: MappedFile
  private let segment: Segment
  /// Of a plain file, one that is all of it.
  private let blocks: [Block]
  private var inflater = FastestInflater()
  /// Text at hand: that of some consecutive blocks.
  private var window: [UInt8] = []
  private var windowStart = 0
  private var windowBlocks = 0..<0
  /// The line behind the one that was found last, and how much text stands before it.
  private var next = (line: 0, offset: 0)

  /// nil where the file is gzip without blocks.
  init?(_ file: MappedFile, _ segment: Segment) throws {
    self.file = file
    self.segment = segment
    guard segment.isCompressed else {
      blocks = [
        Block(start: 0, byteCount: file.bytes.count, textStart: 0, textByteCount: file.bytes.count)
      ]
      return
    }
    var blocks: [Block] = []
    var start = 0
    var textStart = 0
    while start < file.bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: file.bytes[start...])
      guard let count = blockByteCount(rest), count >= 26, count <= rest.count else { return nil }
      let text = Int(rest.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self).littleEndian)
      guard text <= 1 << 16 else { return nil }
      blocks.append(
        Block(start: start, byteCount: count, textStart: textStart, textByteCount: text))
      start += count
      textStart += text
    }
    self.blocks = blocks
  }

  /// Hands on a line; those before it were handed on before.
  mutating func find(
    _ wanted: WantedLine, _ body: (WantedLine, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    // Behind the last line that was found, if that is nearer than the mark.
    var from = (line: wanted.markLine, offset: wanted.markOffset)
    if next.line > from.line, next.line <= wanted.line { from = next }
    if !segment.isCompressed {
      guard let end = try take(wanted, in: file.bytes, from: from, isAll: true, body) else {
        throw missing(wanted)
      }
      next = (wanted.line + 1, end)
      return
    }
    if from.offset < windowStart || from.offset >= windowStart + window.count {
      guard let block = block(at: from.offset) else { throw missing(wanted) }
      window.removeAll(keepingCapacity: true)
      windowStart = blocks[block].textStart
      windowBlocks = block..<block
      try extend(wanted)
    }
    // A line that does not end in the window is in the blocks behind.
    while true {
      let start = (line: from.line, offset: from.offset - windowStart)
      let end = try window.withUnsafeBytes { try take(wanted, in: $0, from: start, body) }
      if let end {
        next = (wanted.line + 1, windowStart + end)
        return
      }
      window.removeFirst(start.offset)
      windowStart = from.offset
      try extend(wanted)
    }
  }

  /// Hands on a line if it ends in a text; returns where the next one begins, nil if it does not.
  ///
  /// `from`: a line at or before it, and where in the text it begins.
  private func take(
    _ wanted: WantedLine, in text: UnsafeRawBufferPointer, from: (line: Int, offset: Int),
    isAll: Bool = false, _ body: (WantedLine, UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int? {
    var start = from.offset
    for _ in from.line..<wanted.line {
      guard let feed = lineFeed(text, from: start) else { return nil }
      start = feed + 1
    }
    guard start < text.count else { return nil }
    let isLast = isAll || windowBlocks.upperBound == blocks.count
    guard let end = lineFeed(text, from: start) ?? (isLast ? text.count : nil) else { return nil }
    try body(wanted, UnsafeRawBufferPointer(rebasing: text[start..<end]))
    return end + 1
  }

  private func lineFeed(_ text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < text.count, let base = text.baseAddress,
      let feed = memchr(base + start, 0x0A, text.count - start)
    else { return nil }
    return UnsafeRawPointer(feed) - base
  }

  /// The block that has a byte of the text.
  private func block(at offset: Int) -> Int? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].textStart + blocks[middle].textByteCount <= offset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < blocks.count ? low : nil
  }

  /// Inflates the next block behind the window.
  private mutating func extend(_ wanted: WantedLine) throws {
    guard windowBlocks.upperBound < blocks.count else { throw missing(wanted) }
    let block = blocks[windowBlocks.upperBound]
    let start = window.count
    window.append(contentsOf: repeatElement(0, count: block.textByteCount))
    var input = UnsafeRawBufferPointer(
      rebasing: file.bytes[block.start..<block.start + block.byteCount])
    inflater.beginMember()
    var trailer: (UInt8, UInt8) = (0, 0)
    var outcome = InflateOutcome.outputFull
    window.withUnsafeMutableBytes { text in
      var output = UnsafeMutableRawBufferPointer(rebasing: text[start...])
      if !output.isEmpty { outcome = inflater.inflate(&input, into: &output) }
    }
    if outcome == .outputFull {
      // The end of a member is told only to who has room for more.
      withUnsafeMutableBytes(of: &trailer) { more in
        var output = more
        outcome = inflater.inflate(&input, into: &output)
        if output.count < more.count { outcome = .needsInput }
      }
    }
    guard outcome == .memberEnd, input.isEmpty else {
      throw FileError(
        .damaged, path: segment.path,
        message: "byte \(block.start): damaged gzip member",
        hint: "see what is left of it with: scorebook verify")
    }
    windowBlocks = windowBlocks.lowerBound..<windowBlocks.upperBound + 1
  }

  private func missing(_ wanted: WantedLine) -> FileError { noSuchLine(segment, wanted) }
}

private func noSuchLine(_ segment: Segment, _ wanted: WantedLine) -> FileError {
  FileError(
    .damaged, path: segment.path, message: "line \(wanted.line): the segment ends before it",
    hint: "see what is left of it with: scorebook verify")
}

/// Reads a segment from its start until all lines are found.
private func readInOrder(
  _ segment: Segment, _ wanted: [WantedLine],
  _ body: (WantedLine, UnsafeRawBufferPointer) throws -> Void
) throws {
  struct Done: Error {}
  var next = 0
  do {
    try readLines(of: segment) { batch in
      var line = batch.firstLine
      var start = 0
      while start < batch.bytes.count {
        let feed = batch.bytes[start...].firstIndex(of: 0x0A) ?? batch.bytes.count
        if wanted[next].line == line {
          try body(wanted[next], UnsafeRawBufferPointer(rebasing: batch.bytes[start..<feed]))
          next += 1
          if next == wanted.count { throw Done() }
        }
        start = feed + 1
        line += 1
      }
    }
  } catch is Done {
    return
  }
  throw noSuchLine(segment, wanted[next])
}
