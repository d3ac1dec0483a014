import CZlib
import Foundation

/// Compresses lines as BGZF: gzip members of at most 64 KiB that state their own size.
///
/// Each member ends at a line's end, so a reader can begin at any of them. A line longer than a member
/// spans several, the last of which ends at its line feed. The standard empty member closes the file.
///
/// A member is never less than a 128th of its lines, so that no reader takes the file for a bomb: where deflate
/// comes out smaller, empty blocks stand before its own.
package final class BlockGzipWriter {
  /// How many bytes of lines a member holds at most: so few that even incompressible ones fit in 64 KiB.
  package static let blockByteCountMax = 0xFF00

  /// Below the limit of readers, and above all that real events come to.
  private static let ratioMax = 128

  private let sink: (UnsafeRawBufferPointer) throws -> Void
  private let stream: UnsafeMutablePointer<z_stream>
  private let block: UnsafeMutableRawBufferPointer
  private var pending: [UInt8] = []
  private var isInsideLongLine = false

  /// - Parameters:
  ///   - level: zlib's level of compression, 0 to 9.
  ///   - sink: takes each member as it is made.
  package init(level: Int = 6, sink: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    self.sink = sink
    pending.reserveCapacity(Self.blockByteCountMax)
    block = .allocate(byteCount: 1 << 16, alignment: 64)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // Negative bits of window mean bare deflate: header and trailer are written here.
    let code = deflateInit2_(
      stream, Int32(level), Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib cannot start: out of memory, or a level other than 0 to 9")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    block.deallocate()
  }

  /// Takes the next bytes; they may be cut anywhere.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let taken = min(rest.count, Self.blockByteCountMax - pending.count)
      pending.append(contentsOf: rest[..<taken])
      rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
      if pending.count == Self.blockByteCountMax { try emitBlock() }
    }
  }

  /// Takes the next bytes; they may be cut anywhere.
  package func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  /// Writes what is pending, so that the next line begins a member.
  package func flush() throws {
    while !pending.isEmpty { try emitBlock() }
  }

  /// Writes what is pending and the end marker.
  package func finish() throws {
    try flush()
    try Self.endMarker.withUnsafeBytes { try sink($0) }
  }

  /// The empty member that says: this file is whole.
  package static let endMarker: [UInt8] = [
    0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0, 0,
    0, 0,
  ]
}

extension BlockGzipWriter {
  /// Writes a member of the pending bytes up to the line's end that suits it, and keeps the others.
  private func emitBlock() throws {
    let feed = UInt8(ascii: "\n")
    // The rest of a long line goes alone, so that the line after it begins a member.
    let end = isInsideLongLine ? pending.firstIndex(of: feed) : pending.lastIndex(of: feed)
    isInsideLongLine = end == nil
    let count = end.map { $0 + 1 } ?? pending.count
    try pending.withUnsafeBytes { try compress(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    pending.removeFirst(count)
  }

  private func compress(_ lines: UnsafeRawBufferPointer) throws {
    deflateReset(stream)
    let input = UnsafeMutablePointer(
      mutating: lines.baseAddress?.assumingMemoryBound(to: UInt8.self))
    let output = block.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let frame = headerByteCount + trailerByteCount
    stream.pointee.next_in = input
    stream.pointee.avail_in = UInt32(lines.count)
    stream.pointee.next_out = output.map { $0 + headerByteCount }
    stream.pointee.avail_out = UInt32(block.count - frame)
    let code = deflate(stream, Z_FINISH)
    precondition(code == Z_STREAM_END, "65,280 bytes fit in a member, stored if need be")
    let deflated = widen(
      block.count - frame - Int(stream.pointee.avail_out), to: lines.count / Self.ratioMax)
    let size = deflated + frame
    block.copyBytes(from: Self.endMarker[..<headerByteCount])
    store(UInt32(size - 1), byteCount: 2, at: headerByteCount - 2)
    let checksum = UInt32(truncatingIfNeeded: crc32(0, input, UInt32(lines.count)))
    store(checksum, byteCount: 4, at: headerByteCount + deflated)
    store(UInt32(lines.count), byteCount: 4, at: headerByteCount + deflated + 4)
    try sink(UnsafeRawBufferPointer(rebasing: block[..<size]))
  }

  /// Puts empty stored blocks before so many deflated bytes, as many as are needed to reach a length; returns how
  /// many bytes there are then.
  private func widen(_ deflatedByteCount: Int, to byteCount: Int) -> Int {
    let emptyBlock: [UInt8] = [0, 0, 0, 0xFF, 0xFF]
    let missing = max(0, byteCount - deflatedByteCount)
    let count = (missing + emptyBlock.count - 1) / emptyBlock.count
    guard count > 0, let start = block.baseAddress.map({ $0 + headerByteCount }) else {
      return deflatedByteCount
    }
    memmove(start + count * emptyBlock.count, start, deflatedByteCount)
    for index in 0..<count {
      block[(headerByteCount + index * emptyBlock.count)...].copyBytes(from: emptyBlock)
    }
    return count * emptyBlock.count + deflatedByteCount
  }

  private func store(_ value: UInt32, byteCount: Int, at offset: Int) {
    for index in 0..<byteCount {
      block[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
    }
  }
}

private let headerByteCount = 18
private let trailerByteCount = 8
