/// The sections of a region, each where the header says: one behind the other, from the header to the end.
struct SheetSections {
  let region: UnsafeRawBufferPointer

  /// Nil where a region does not begin as this version does, or where sections are not as long as their
  /// elements, or stand elsewhere.
  init?(_ region: UnsafeRawBufferPointer) {
    guard region.count >= SheetFormat.headerByteCount,
      region.load(as: UInt64.self) == SheetFormat.magic,
      region.load(fromByteOffset: 8, as: UInt64.self) == SheetFormat.version
    else { return nil }
    var end = SheetFormat.headerByteCount
    for section in Sheet.Section.allCases {
      let entry = SheetFormat.headerEntry(section)
      let start = region.load(fromByteOffset: entry, as: UInt64.self)
      let count = region.load(fromByteOffset: entry + 8, as: UInt64.self)
      guard start == end, count <= UInt64(region.count - end),
        Int(count) % section.elementByteCount == 0,
        section.mayHave(elements: Int(count) / section.elementByteCount)
      else { return nil }
      end = (end + Int(count) + 7) & ~7
      guard end <= region.count else { return nil }
    }
    guard end == region.count else { return nil }
    self.region = region
  }

  /// Where a section stands in the region.
  func place(_ section: Sheet.Section) -> Range<Int> {
    let entry = SheetFormat.headerEntry(section)
    let start = Int(region.load(fromByteOffset: entry, as: UInt64.self))
    return start..<start + Int(region.load(fromByteOffset: entry + 8, as: UInt64.self))
  }

  subscript(_ section: Sheet.Section) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: region[place(section)])
  }

  /// Keys, rows and notes, which stand together.
  var events: Range<Int> {
    place(.keys).lowerBound..<place(.classTable).lowerBound
  }
}

extension Sheet.Section {
  /// How many bytes an element has.
  fileprivate var elementByteCount: Int {
    switch self {
    case .counts: MemoryLayout<UInt64>.stride
    case .keyText, .text, .withdrawnText, .refusedText: 1
    case .keys: MemoryLayout<SheetKey>.stride
    case .rows: MemoryLayout<SheetRow>.stride
    case .notes: MemoryLayout<Note>.stride
    case .classTable: MemoryLayout<UInt16>.stride
    case .merges: MemoryLayout<MergeEntry>.stride
    case .forgets: MemoryLayout<ForgetEntry>.stride
    case .withdraws: MemoryLayout<WithdrawEntry>.stride
    case .refusals: MemoryLayout<RefusalEntry>.stride
    case .marks: MemoryLayout<LineMark>.stride
    case .partitions, .dictionaryEnds, .textEnds, .accountKeys, .classCounts, .typeCounts:
      MemoryLayout<UInt32>.stride
    }
  }

  /// Whether any sheet has so many elements.
  fileprivate func mayHave(elements count: Int) -> Bool {
    switch self {
    case .counts: count >= 2
    case .partitions: count == Sheet.partitionCount + 1
    default: true
    }
  }
}
