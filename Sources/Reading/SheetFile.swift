/// A sheet as a file: its region, then two checksums.
///
/// One is of its events, which are nearly all of it, one of the rest. Who wants to know only what was read
/// and refused need not look at the events.
extension Sheet {
  package enum EventCheck {
    /// They are checked at once.
    case now
    /// They are not to be used before `confirm` says so.
    case later
  }

  /// Opens a sheet in memory that a file has been mapped to; nil where anything about it is wrong.
  ///
  /// `release`: called with the whole file's memory once the sheet is no longer used, or at once
  /// where there is none.
  package static func open(
    _ file: UnsafeRawBufferPointer, events: EventCheck = .now,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) -> Sheet? {
    guard
      file.count >= SheetFormat.headerByteCount + SheetEnding.byteCount, file.count % 8 == 0
    else {
      release(file)
      return nil
    }
    let region = UnsafeRawBufferPointer(rebasing: file.dropLast(SheetEnding.byteCount))
    let ending = file.loadUnaligned(fromByteOffset: region.count, as: SheetEnding.self)
    guard SheetFormat.isSound(region), let blocks = SheetBlocks(of: region),
      blocks.checksumOfRest == ending.rest
    else {
      release(file)
      return nil
    }
    let sheet = Sheet(region: region, memory: file, hasEvents: false, release: release)
    if events == .now, !sheet.confirm((0..<blocks.count).map(blocks.checksum)) { return nil }
    return sheet
  }

  /// The sheet's events in blocks, to be checked side by side.
  package var blocks: SheetBlocks {
    guard let blocks = SheetBlocks(of: region) else {
      preconditionFailure("a sheet that has been opened is sound")
    }
    return blocks
  }

  /// Returns whether its events are what was written, by the checksums of its blocks; then they may be used.
  ///
  /// To be called before anyone else has the sheet.
  package func confirm(_ checksums: [UInt64]) -> Bool {
    let ending = memory.loadUnaligned(fromByteOffset: region.count, as: SheetEnding.self)
    hasEvents = SheetBlocks.checksum(of: checksums) == ending.events
    return hasEvents
  }

  /// Whether a file that begins so is a sheet of another version of the format.
  package static func isOfAnotherVersion(_ header: UnsafeRawBufferPointer) -> Bool {
    header.count >= 16 && header.load(as: UInt64.self) == SheetFormat.magic
      && header.load(fromByteOffset: 8, as: UInt64.self) != SheetFormat.version
  }
}

/// What stands behind a sheet's region in a file.
package struct SheetEnding: BitwiseCopyable, Sendable {
  /// A checksum of all that is no event.
  var rest: UInt64
  var events: UInt64

  package static let byteCount = 16

  /// What belongs behind a region.
  package init(of region: UnsafeRawBufferPointer) {
    guard let blocks = SheetBlocks(of: region) else {
      preconditionFailure("a sheet that has been made is sound")
    }
    self = blocks.ending((0..<blocks.count).map(blocks.checksum))
  }

  init(rest: UInt64, events: UInt64) {
    self.rest = rest
    self.events = events
  }
}

/// The events of a sheet's region in blocks: keys, rows and notes, which stand together.
package struct SheetBlocks: @unchecked Sendable {
  private let before: UnsafeRawBufferPointer
  private let events: UnsafeRawBufferPointer
  private let behind: UnsafeRawBufferPointer
  private static let byteCount = 4 << 20

  /// Nil where the region says what no sheet says.
  init?(of region: UnsafeRawBufferPointer) {
    func start(of section: Sheet.Section) -> Int {
      Int(region.load(fromByteOffset: SheetFormat.headerEntry(section), as: UInt64.self))
    }
    let (start, end) = (start(of: .keys), start(of: .classTable))
    guard start <= end else { return nil }
    before = UnsafeRawBufferPointer(rebasing: region[..<start])
    events = UnsafeRawBufferPointer(rebasing: region[start..<end])
    behind = UnsafeRawBufferPointer(rebasing: region[end...])
  }

  package var count: Int { (events.count + SheetBlocks.byteCount - 1) / SheetBlocks.byteCount }

  package func bytes(of block: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: events[(block * SheetBlocks.byteCount)...].prefix(SheetBlocks.byteCount))
  }

  package func checksum(of block: Int) -> UInt64 { Reading.checksum(bytes(of: block)) }

  var checksumOfRest: UInt64 {
    SheetBlocks.checksum(of: [Reading.checksum(before), Reading.checksum(behind)])
  }

  /// `checksums`: of all blocks.
  func ending(_ checksums: [UInt64]) -> SheetEnding {
    SheetEnding(rest: checksumOfRest, events: SheetBlocks.checksum(of: checksums))
  }

  static func checksum(of checksums: [UInt64]) -> UInt64 {
    checksums.withUnsafeBytes { Reading.checksum($0) }
  }
}

extension SheetFormat {
  /// Whether a region begins as this version does and has its sections inside it.
  static func isSound(_ region: UnsafeRawBufferPointer) -> Bool {
    guard region.load(as: UInt64.self) == magic,
      region.load(fromByteOffset: 8, as: UInt64.self) == version
    else { return false }
    return Sheet.Section.allCases.allSatisfy { section in
      let entry = headerEntry(section)
      let start = region.load(fromByteOffset: entry, as: UInt64.self)
      let count = region.load(fromByteOffset: entry + 8, as: UInt64.self)
      return start % 8 == 0 && start <= region.count && count <= UInt64(region.count) - start
    }
  }
}
