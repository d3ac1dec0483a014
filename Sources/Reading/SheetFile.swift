/// A sheet as a file: its region, then a checksum of it.
extension Sheet {
  /// The bytes behind a region that tell whether it is whole.
  package static func ending(of region: UnsafeRawBufferPointer) -> UInt64 { checksum(of: region) }

  package static let checksumByteCount = 8

  /// Opens a sheet in memory that a file has been mapped to; nil where anything about it is wrong.
  ///
  /// `release`: called with the whole file's memory once the sheet is no longer used, or at once
  /// where there is none.
  package static func open(
    _ file: UnsafeRawBufferPointer,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) -> Sheet? {
    guard file.count >= SheetFormat.headerByteCount + checksumByteCount, file.count % 8 == 0 else {
      release(file)
      return nil
    }
    let region = UnsafeRawBufferPointer(rebasing: file.dropLast(checksumByteCount))
    guard SheetFormat.isSound(region),
      file.load(fromByteOffset: region.count, as: UInt64.self) == checksum(of: region)
    else {
      release(file)
      return nil
    }
    return Sheet(region: region, memory: file, release: release)
  }

  /// Whether a file that begins so is a sheet of another version of the format.
  package static func isOfAnotherVersion(_ header: UnsafeRawBufferPointer) -> Bool {
    header.count >= 16 && header.load(as: UInt64.self) == SheetFormat.magic
      && header.load(fromByteOffset: 8, as: UInt64.self) != SheetFormat.version
  }

  /// A 64-bit checksum in four lanes, which keeps up with memory: a sheet is checked every time it
  /// is used.
  private static func checksum(of region: UnsafeRawBufferPointer) -> UInt64 {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    guard let base = region.baseAddress else { return 0 }
    var at = 0
    while at + 64 <= region.count {
      let p = base + at
      lanes.0 = foldMultiply(
        lanes.0 ^ p.load(as: UInt64.self),
        p.load(fromByteOffset: 8, as: UInt64.self) ^ 0xa076_1d64_78bd_642f)
      lanes.1 = foldMultiply(
        lanes.1 ^ p.load(fromByteOffset: 16, as: UInt64.self),
        p.load(fromByteOffset: 24, as: UInt64.self) ^ 0xe703_7ed1_a0b4_28db)
      lanes.2 = foldMultiply(
        lanes.2 ^ p.load(fromByteOffset: 32, as: UInt64.self),
        p.load(fromByteOffset: 40, as: UInt64.self) ^ 0x8ebc_6af0_9c88_c6e3)
      lanes.3 = foldMultiply(
        lanes.3 ^ p.load(fromByteOffset: 48, as: UInt64.self),
        p.load(fromByteOffset: 56, as: UInt64.self) ^ 0x5899_65cc_7537_4cc3)
      at += 64
    }
    while at + 8 <= region.count {
      lanes.0 = foldMultiply(
        lanes.0 ^ base.load(fromByteOffset: at, as: UInt64.self), 0x1d8e_4e27_c47d_124f)
      at += 8
    }
    let sum = foldMultiply(lanes.0 ^ 0x9e37_79b9_7f4a_7c15, lanes.1 | 1)
    return foldMultiply(sum ^ lanes.2, lanes.3 | 1) ^ UInt64(region.count)
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
