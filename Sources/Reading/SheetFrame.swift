/// The layout of a sheet all of whose sections' sizes are known before any is filled, so that several
/// workers can fill them in place, in any order.
package struct SheetFrame: Sendable {
  /// How many bytes the region has.
  package private(set) var byteCount = SheetFormat.headerByteCount
  private var starts: [Int] = []
  private var byteCounts: [Int] = []

  /// `byteCount`: of a section.
  package init(byteCount sectionByteCount: (Sheet.Section) -> Int) {
    for section in Sheet.Section.allCases {
      starts.append(byteCount)
      byteCounts.append(sectionByteCount(section))
      byteCount = (byteCount + byteCounts[section.rawValue] + 7) & ~7
    }
  }

  /// Writes the header of a region whose bytes are all 0.
  package func writeHeader(to region: UnsafeMutableRawBufferPointer) {
    region.storeBytes(of: SheetFormat.magic, as: UInt64.self)
    region.storeBytes(of: SheetFormat.version, toByteOffset: 8, as: UInt64.self)
    for section in Sheet.Section.allCases {
      let entry = SheetFormat.headerEntry(section)
      let (start, count) = (starts[section.rawValue], byteCounts[section.rawValue])
      region.storeBytes(of: UInt64(start), toByteOffset: entry, as: UInt64.self)
      region.storeBytes(of: UInt64(count), toByteOffset: entry + 8, as: UInt64.self)
    }
  }

  /// Where a section's elements stand in a region.
  package func elements<Element: BitwiseCopyable>(
    _ section: Sheet.Section, of region: UnsafeMutableRawBufferPointer, as: Element.Type
  ) -> UnsafeMutablePointer<Element> {
    // The header stands before any section, so there is an address even for an empty one.
    (region.baseAddress.unsafelyUnwrapped + starts[section.rawValue])
      .assumingMemoryBound(to: Element.self)
  }

  /// Fills a whole section.
  package func fill<Element: BitwiseCopyable>(
    _ section: Sheet.Section, of region: UnsafeMutableRawBufferPointer, _ elements: [Element]
  ) {
    precondition(
      elements.count * MemoryLayout<Element>.stride == byteCounts[section.rawValue],
      "a section has the size it was announced with")
    self.elements(section, of: region, as: Element.self)
      .update(from: elements, count: elements.count)
  }
}
