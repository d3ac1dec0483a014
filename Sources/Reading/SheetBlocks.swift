/// A sheet's file in blocks, each of which has a checksum of its own: who uses a part of a sheet checks that part.
package struct SheetBlocks: @unchecked Sendable {
  /// What is checked.
  package let region: UnsafeRawBufferPointer
  private let checksums: UnsafeBufferPointer<UInt64>

  /// As much as is read at once for one row; a checksum for each makes a sheet longer by a two-thousandth.
  static let byteCount = 16 << 10

  /// Nil where a file is no sheet's, or its checksums are not those that were written.
  package init?(_ file: UnsafeRawBufferPointer) {
    // Each block but the last is whole, so the file's length tells how many there are.
    let count = (file.count - 8 + SheetBlocks.byteCount + 7) / (SheetBlocks.byteCount + 8)
    let regionByteCount = file.count - 8 - 8 * count
    guard file.count % 8 == 0, count > 0,
      regionByteCount > (count - 1) * SheetBlocks.byteCount,
      regionByteCount >= SheetFormat.headerByteCount
    else { return nil }
    region = UnsafeRawBufferPointer(rebasing: file[..<regionByteCount])
    let table = UnsafeRawBufferPointer(
      rebasing: file[regionByteCount..<regionByteCount + 8 * count])
    checksums = table.assumingMemoryBound(to: UInt64.self)
    guard file.load(fromByteOffset: file.count - 8, as: UInt64.self) == checksum(table) else {
      return nil
    }
  }

  /// The blocks that have any of some bytes.
  package func blocks(of bytes: Range<Int>) -> Range<Int> {
    let first = bytes.lowerBound / SheetBlocks.byteCount
    return bytes.isEmpty
      ? first..<first : first..<(bytes.upperBound - 1) / SheetBlocks.byteCount + 1
  }

  /// Whether some blocks are what was written.
  package func areWhole(_ blocks: Range<Int>) -> Bool {
    blocks.allSatisfy { block in
      checksum(bytes(of: block..<block + 1)) == checksums[block]
    }
  }

  package var count: Int { checksums.count }

  func bytes(of blocks: Range<Int>) -> UnsafeRawBufferPointer {
    let start = blocks.lowerBound * SheetBlocks.byteCount
    let end = min(blocks.upperBound * SheetBlocks.byteCount, region.count)
    return UnsafeRawBufferPointer(rebasing: region[start..<end])
  }
}

/// What stands behind a sheet's region in a file: a checksum of each of its blocks, and one of all these.
package struct SheetEnding {
  package let words: [UInt64]

  /// What belongs behind a region.
  package init(of region: UnsafeRawBufferPointer) {
    let checksums = stride(from: 0, to: region.count, by: SheetBlocks.byteCount).map { start in
      checksum(
        UnsafeRawBufferPointer(rebasing: region[start...].prefix(SheetBlocks.byteCount)))
    }
    words = checksums + [checksums.withUnsafeBytes { checksum($0) }]
  }

  /// How many bytes stand behind a region of so many.
  package static func byteCount(behind regionByteCount: Int) -> Int {
    ((regionByteCount + SheetBlocks.byteCount - 1) / SheetBlocks.byteCount + 1) * 8
  }
}
