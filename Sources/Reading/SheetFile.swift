/// A sheet as a file: its region, then a checksum of each block of it.
extension Sheet {
  package enum EventCheck {
    /// They are checked at once.
    case now
    /// They are not to be used before `confirm` says so: who only wants to know what was read and refused need
    /// not look at the events, which are nearly all of a sheet.
    case later
  }

  /// Opens a sheet in memory that a file has been mapped to; nil where anything about it is wrong.
  ///
  /// `plan`: the reading half it should be of; nil where that is not known, and the sheet only looked at.
  ///
  /// `release`: called with the whole file's memory once the sheet is no longer used, or at once
  /// where there is none.
  package static func open(
    _ file: UnsafeRawBufferPointer, of plan: ReadingPlan? = nil, events: EventCheck = .now,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) -> Sheet? {
    guard let blocks = SheetBlocks(file), blocks.areWhole(0..<1),
      let sections = SheetSections(blocks.region),
      blocks.areWhole(blocks.blocks(of: 0..<sections.events.lowerBound)),
      blocks.areWhole(blocks.blocks(of: sections.events.upperBound..<blocks.region.count)),
      let classes = SheetFormat.classes(from: sections[.classTable])
    else {
      release(file)
      return nil
    }
    let sheet = Sheet(sections, classes, memory: file, hasEvents: false, release: release)
    guard sheet.isSoundBesideEvents, sheet.isBesideEvents(of: plan) else { return nil }
    guard events == .now else { return sheet }
    return sheet.confirm(of: plan) { count, check in (0..<count).allSatisfy(check) } ? sheet : nil
  }

  /// Returns whether its events are what was written, and lead nowhere outside of the sheet; then they may be used.
  ///
  /// To be called before anyone else has the sheet.
  ///
  /// `all`: asks whether so many checks, by their numbers, come out well; they may be done side by side.
  ///
  /// `willRead`: told which bytes a check is about to read, all of them.
  package func confirm(
    of plan: ReadingPlan?,
    willRead: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in },
    _ all: (_ count: Int, _ check: @escaping @Sendable (Int) -> Bool) -> Bool
  ) -> Bool {
    guard let blocks = SheetBlocks(memory), let sections = SheetSections(region) else {
      return false
    }
    let pieces = parts(of: blocks.blocks(of: sections.events), Sheet.blocksPerCheck)
    let areWhole = all(pieces.count) { piece in
      willRead(blocks.bytes(of: pieces[piece]))
      return blocks.areWhole(pieces[piece])
    }
    guard areWhole, let rules = EventRules(self, plan) else { return false }
    let keys = parts(of: 0..<keyCount, Sheet.keysPerCheck)
    hasEvents = all(keys.count) { rules.allow(keys: keys[$0]) }
    return hasEvents
  }

  /// Four megabytes.
  private static let blocksPerCheck = 256
  private static let keysPerCheck = 1 << 14

  /// Whether a file that begins so is a sheet of another version of the format.
  package static func isOfAnotherVersion(_ header: UnsafeRawBufferPointer) -> Bool {
    header.count >= 16 && header.load(as: UInt64.self) == SheetFormat.magic
      && header.load(fromByteOffset: 8, as: UInt64.self) != SheetFormat.version
  }
}

/// A range in parts of so many, the last one perhaps of fewer.
private func parts(of range: Range<Int>, _ count: Int) -> [Range<Int>] {
  stride(from: range.lowerBound, to: range.upperBound, by: count).map { first in
    first..<min(first + count, range.upperBound)
  }
}
