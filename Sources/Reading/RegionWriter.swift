/// Lays sections one behind the other, each on a multiple of eight bytes, behind a header.
struct RegionWriter {
  private var region: UnsafeMutableRawBufferPointer
  private var byteCount = SheetFormat.headerByteCount

  init(capacity: Int) {
    region = .allocate(byteCount: capacity, alignment: 8)
    region.storeBytes(of: SheetFormat.magic, as: UInt64.self)
    region.storeBytes(of: SheetFormat.version, toByteOffset: 8, as: UInt64.self)
  }

  mutating func add<Element: BitwiseCopyable>(_ section: Sheet.Section, _ elements: [Element]) {
    elements.withUnsafeBytes { bytes in
      let place = open(section, bytes.count)
      place.copyMemory(from: bytes)
    }
  }

  /// Opens a section to be filled before anything is added that may outgrow the capacity.
  mutating func open<Element: BitwiseCopyable>(
    _ section: Sheet.Section, _ count: Int, of: Element.Type
  ) -> UnsafeMutablePointer<Element> {
    // The header stands before any section, so there is an address even for an empty one.
    open(section, count * MemoryLayout<Element>.stride).baseAddress.unsafelyUnwrapped
      .assumingMemoryBound(to: Element.self)
  }

  private mutating func open(
    _ section: Sheet.Section, _ sectionByteCount: Int
  ) -> UnsafeMutableRawBufferPointer {
    let start = byteCount
    byteCount = (start + sectionByteCount + 7) & ~7
    if byteCount + 8 > region.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(byteCount + 8, region.count * 2), alignment: 8)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: region[..<start]))
      region.deallocate()
      region = larger
    }
    for padding in (start + sectionByteCount)..<byteCount { region[padding] = 0 }
    let entry = SheetFormat.headerEntry(section)
    region.storeBytes(of: UInt64(start), toByteOffset: entry, as: UInt64.self)
    region.storeBytes(of: UInt64(sectionByteCount), toByteOffset: entry + 8, as: UInt64.self)
    return UnsafeMutableRawBufferPointer(rebasing: region[start..<start + sectionByteCount])
  }

  consuming func finish() -> Sheet {
    Sheet(
      region: UnsafeRawBufferPointer(rebasing: region[..<byteCount]),
      memory: UnsafeRawBufferPointer(region)
    ) { $0.deallocate() }
  }
}
