/// Lays sections one behind the other, each on a multiple of eight bytes, behind a header.
///
/// The memory is used again for the next region.
struct RegionWriter: ~Copyable {
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 12, alignment: 8)
  private var byteCount = 0

  deinit { memory.deallocate() }

  /// The region so far, valid until anything is added or another is begun.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<byteCount]) }

  /// Begins a region of about `capacity` bytes.
  mutating func begin(capacity: Int) {
    byteCount = 0
    makeRoom(upTo: max(capacity, SheetFormat.headerByteCount))
    byteCount = SheetFormat.headerByteCount
    memory.storeBytes(of: SheetFormat.magic, as: UInt64.self)
    memory.storeBytes(of: SheetFormat.version, toByteOffset: 8, as: UInt64.self)
  }

  package mutating func add<Element: BitwiseCopyable>(
    _ section: Sheet.Section, _ elements: [Element]
  ) {
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
    let end = (start + sectionByteCount + 7) & ~7
    makeRoom(upTo: end)
    byteCount = end
    for padding in (start + sectionByteCount)..<end { memory[padding] = 0 }
    let entry = SheetFormat.headerEntry(section)
    memory.storeBytes(of: UInt64(start), toByteOffset: entry, as: UInt64.self)
    memory.storeBytes(of: UInt64(sectionByteCount), toByteOffset: entry + 8, as: UInt64.self)
    return UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + sectionByteCount])
  }

  private mutating func makeRoom(upTo end: Int) {
    // A few bytes more, so that an empty last section has an address.
    guard end + 8 > memory.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(end + 8, byteCount > 0 ? memory.count * 2 : 0), alignment: 8)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<byteCount]))
    memory.deallocate()
    memory = larger
  }
}

extension Sheet {
  /// A sheet of its own memory.
  convenience init(copying region: UnsafeRawBufferPointer) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: region.count + 8, alignment: 8)
    copy.copyMemory(from: region)
    guard let sections = SheetSections(UnsafeRawBufferPointer(rebasing: copy[..<region.count])),
      let classes = SheetFormat.classes(from: sections[.classTable])
    else { preconditionFailure("a sheet that has been made is sound") }
    self.init(sections, classes, memory: UnsafeRawBufferPointer(copy), hasEvents: true) {
      $0.deallocate()
    }
  }
}
