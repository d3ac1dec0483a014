/// What finds a key's lines in a sheet without reading all of it.
///
/// Only the blocks that are touched are read, and each of them is checked before it is believed. Every number is held
/// against the sections' bounds, so that nothing that somebody wrote leads anywhere else.
package struct SheetIndex: Sendable {
  /// A part of the sheet is not what was written, or says what no sheet says.
  package struct Unsound: Error {
    package init() {}
  }

  private let owner: any Sendable
  private let keys: Bytes
  private let keyText: Bytes
  private let rows: Bytes
  private let partitions: Bytes
  private let mergeEntries: Bytes
  private let forgetEntries: Bytes
  private let marks: Bytes
  /// How many bytes of text the sheet was made of.
  package let textByteCount: Int
  /// How many lines of the segment stand before the sheet's.
  private let lineBase: UInt32

  /// Tells whether the part of a region that has some bytes is what was written.
  package typealias PartCheck = @Sendable (Range<Int>) -> Bool

  private struct Bytes: @unchecked Sendable {
    var region: UnsafeRawBufferPointer
    var place: Range<Int>
    var isWhole: PartCheck

    func count<T>(of: T.Type) -> Int { place.count / MemoryLayout<T>.stride }

    func element<T: BitwiseCopyable>(_ index: Int, as: T.Type) throws(Unsound) -> T {
      guard index >= 0, index < count(of: T.self) else { throw Unsound() }
      let start = place.lowerBound + index * MemoryLayout<T>.stride
      guard isWhole(start..<start + MemoryLayout<T>.stride) else { throw Unsound() }
      return region.load(fromByteOffset: start, as: T.self)
    }

    /// Some elements, which are checked together.
    func elements<T: BitwiseCopyable>(
      _ range: Range<Int>, as: T.Type
    ) throws(Unsound) -> UnsafeBufferPointer<T> {
      guard range.lowerBound >= 0, range.upperBound <= count(of: T.self) else { throw Unsound() }
      let stride = MemoryLayout<T>.stride
      let start = place.lowerBound + range.lowerBound * stride
      let end = place.lowerBound + range.upperBound * stride
      guard isWhole(start..<end) else { throw Unsound() }
      return UnsafeRawBufferPointer(rebasing: region[start..<end]).assumingMemoryBound(to: T.self)
    }

    func bytes(_ range: Range<Int>) throws(Unsound) -> [UInt8] {
      guard range.upperBound <= place.count else { throw Unsound() }
      let range = place.lowerBound + range.lowerBound..<place.lowerBound + range.upperBound
      guard isWhole(range) else { throw Unsound() }
      return Array(region[range])
    }
  }

  /// `lineBase`: how many lines of the segment stand before the sheet's.
  ///
  /// `owner`: keeps the memory.
  ///
  /// `isWhole`: asked of each part before it is used.
  package init(
    region: UnsafeRawBufferPointer, lineBase: Int, owner: any Sendable, isWhole: @escaping PartCheck
  ) throws(Unsound) {
    guard isWhole(0..<min(SheetFormat.headerByteCount, region.count)),
      let sections = SheetSections(region)
    else { throw Unsound() }
    func section(_ section: Sheet.Section) -> Bytes {
      Bytes(region: region, place: sections.place(section), isWhole: isWhole)
    }
    self.owner = owner
    keys = section(.keys)
    keyText = section(.keyText)
    rows = section(.rows)
    partitions = section(.partitions)
    mergeEntries = section(.merges)
    forgetEntries = section(.forgets)
    marks = section(.marks)
    self.lineBase = UInt32(clamping: lineBase)
    textByteCount = Int(
      truncatingIfNeeded: try section(.counts).element(1, as: UInt64.self) & 0xffff_ffff)
  }

  /// Of a sheet that has been checked.
  package init(_ sheet: Sheet) throws(Unsound) {
    try self.init(region: sheet.region, lineBase: sheet.lineBase, owner: sheet) { _ in
      sheet.hasEvents
    }
  }

  /// The bytes of a key.
  package func key(_ index: Int) throws(Unsound) -> [UInt8] {
    let start = index == 0 ? 0 : Int(try keys.element(index - 1, as: SheetKey.self).textEnd)
    let end = Int(try keys.element(index, as: SheetKey.self).textEnd)
    guard start <= end else { throw Unsound() }
    return try keyText.bytes(start..<end)
  }

  /// Returns the number of a key; nil where the sheet has no rows of it.
  package func find(_ key: LogKey) throws(Unsound) -> Int? {
    let partition = Sheet.partition(of: key.hash)
    var low = Int(try partitions.element(partition, as: UInt32.self))
    let end = Int(try partitions.element(partition + 1, as: UInt32.self))
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if try keys.element(middle, as: SheetKey.self).hash < key.hash {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < end, try keys.element(low, as: SheetKey.self).hash == key.hash {
      if try self.key(low) == key.bytes { return low }
      low += 1
    }
    return nil
  }

  /// The lines of a key's rows, in the order of time.
  package func lines(of key: Int) throws(Unsound) -> [UInt32] {
    let start = key == 0 ? 0 : Int(try keys.element(key - 1, as: SheetKey.self).rowEnd)
    let end = Int(try keys.element(key, as: SheetKey.self).rowEnd)
    guard start <= end else { throw Unsound() }
    return try rows.elements(start..<end, as: SheetRow.self).map { lineBase &+ $0.line }
  }

  /// The merges, of leads and of accounts: the key that stays, the one that joins, the line.
  package func merges() throws(Unsound) -> [(lead: [UInt8], from: [UInt8], line: UInt32)] {
    var merges: [(lead: [UInt8], from: [UInt8], line: UInt32)] = []
    for index in 0..<mergeEntries.count(of: MergeEntry.self) {
      let merge = try mergeEntries.element(index, as: MergeEntry.self)
      merges.append((try key(Int(merge.lead)), try key(Int(merge.from)), lineBase &+ merge.line))
    }
    return merges
  }

  /// The forgets: the key, the line.
  package func forgets() throws(Unsound) -> [(lead: [UInt8], line: UInt32)] {
    var forgets: [(lead: [UInt8], line: UInt32)] = []
    for index in 0..<forgetEntries.count(of: ForgetEntry.self) {
      let forget = try forgetEntries.element(index, as: ForgetEntry.self)
      forgets.append((try key(Int(forget.lead)), lineBase &+ forget.line))
    }
    return forgets
  }

  /// The number of the sheet's first line; nil of a sheet without text.
  package func firstLine() throws(Unsound) -> UInt32? {
    marks.count(of: LineMark.self) == 0
      ? nil : lineBase &+ (try marks.element(0, as: LineMark.self).line)
  }

  /// Returns the last mark at or before a line, and the line of the mark behind it.
  package func marks(
    around line: UInt32
  ) throws(Unsound) -> (before: LineMark, next: UInt32) {
    let count = marks.count(of: LineMark.self)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if lineBase &+ (try marks.element(middle, as: LineMark.self).line) <= line {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var mark = try marks.element(low - 1, as: LineMark.self)
    mark.line = lineBase &+ mark.line
    if low == count { return (mark, .max) }
    return (mark, lineBase &+ (try marks.element(low, as: LineMark.self).line))
  }
}

/// The key of a lead, or of an account with a profile, as sheets have it.
package struct LogKey: Hashable, Sendable {
  package let bytes: [UInt8]
  package let hash: UInt64

  /// `bytes`: those of any key, as sheets have it.
  package init(bytes: [UInt8]) {
    if bytes.first == Sheet.accountMark {
      self.init(account: Array(bytes.dropFirst()))
    } else {
      self.init(lead: bytes)
    }
  }

  package init(lead: [UInt8]) {
    bytes = lead
    hash = lead.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { keyHash($0, bytes.count) } ?? 0
    }
  }

  package init(account: [UInt8]) {
    bytes = [Sheet.accountMark] + account
    hash = account.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { keyHash($0, bytes.count, seed: UInt64(Sheet.accountMark)) } ?? 0
    }
  }
}
