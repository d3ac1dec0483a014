import Definition

/// The classified events of one segment, grouped by lead: everything judging needs of it.
///
/// A sheet is one region of memory, a header with the sections' places and then the sections, so
/// that it can be mapped from a file as it is. Keys are leads and, marked by a first byte that no
/// UTF-8 text has, accounts with a profile or merges of their own. They stand in the order of their hash, whose
/// top bits are their partition, and a key's rows stand together in the order of (time, line).
package final class Sheet: @unchecked Sendable {
  package let region: UnsafeRawBufferPointer
  /// What the region is part of, and what is released in the end.
  package let memory: UnsafeRawBufferPointer
  /// Whether that is a file, mapped from its first byte on; set before anyone else has the sheet.
  package var isMapped = false
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// How many parts the keys are dealt into.
  ///
  /// A power of two: more than any machine has cores, so few that a small segment's sheet is not
  /// mostly partition bounds.
  package static let partitionCount = 128
  /// The first byte of the key of an account.
  package static let accountMark: UInt8 = 0xff

  /// A section's place in the header; the order is part of the format.
  package enum Section: Int, CaseIterable, Sendable {
    case counts, partitions, keys, keyText, rows, notes
    case classTable, dictionaryEnds, textEnds, text, accountKeys
    case merges, forgets, withdraws, withdrawnText, refusals, refusedText, marks
    case classCounts, typeCounts
  }

  package let keyCount: Int
  package let rowCount: Int
  /// How many times eight bytes of notes there are.
  package let noteCount: Int
  /// Partition p has the keys from `partitions[p]` to `partitions[p + 1]`.
  package let partitions: UnsafePointer<UInt32>
  package let keys: UnsafePointer<SheetKey>
  package let keyText: UnsafePointer<UInt8>
  let keyTextByteCount: Int
  package let rows: UnsafePointer<SheetRow>
  /// The notes of all rows, one row's behind the other's.
  package let notes: UnsafePointer<Note>
  package let merges: UnsafeBufferPointer<MergeEntry>
  package let forgets: UnsafeBufferPointer<ForgetEntry>
  package let withdraws: UnsafeBufferPointer<WithdrawEntry>
  /// The ids that withdraws name, one behind the other.
  package let withdrawnText: UnsafeRawBufferPointer
  package let refusals: UnsafeBufferPointer<RefusalEntry>
  package let eventClasses: [EventClass]
  /// The keys of accounts: those that have a profile in this segment, or are merged.
  package let accountKeys: UnsafeBufferPointer<UInt32>
  /// Lines read, blank ones left out.
  package let lineCount: Int
  /// Of each test of `ignore`, how many of these events it took; none in a merged sheet.
  package let ignoredCounts: [Int]
  /// How many lines of the segment, blank ones included, stand before those that are numbered from 1
  /// here.
  ///
  /// It is no part of the region, so that a slice makes the same sheet wherever it stands; set before
  /// anyone else has the sheet.
  package var lineBase = 0
  /// How many rows each class has; none in a merged sheet.
  package let classCounts: UnsafeBufferPointer<UInt32>
  /// How many events that match nothing each of the types has that such events are of.
  let typeCounts: UnsafeBufferPointer<UInt32>
  /// Where each dictionary's texts end: each attribute's, the accounts', the outcomes', the types'.
  let dictionaryEnds: UnsafeBufferPointer<UInt32>
  let textEnds: UnsafeBufferPointer<UInt32>
  private let text: UnsafeRawBufferPointer
  private let refusedText: UnsafeRawBufferPointer
  var textByteCount: Int { text.count }
  var refusedTextByteCount: Int { refusedText.count }

  /// Whether its events may be used: they are those that were written.
  package internal(set) var hasEvents: Bool

  /// `sections`: of a region that is sound, as far as they are used.
  init(
    _ sections: SheetSections, _ classes: [EventClass], memory: UnsafeRawBufferPointer,
    hasEvents: Bool, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    region = sections.region
    self.memory = memory
    self.release = release
    self.hasEvents = hasEvents
    func section(_ section: Section) -> UnsafeRawBufferPointer { sections[section] }
    // An empty section still has an address inside the region, so binding it is sound.
    func column<T>(_ name: Section, as: T.Type) -> UnsafePointer<T> {
      section(name).baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: T.self)
    }
    func entries<T>(_ name: Section, as: T.Type) -> UnsafeBufferPointer<T> {
      section(name).assumingMemoryBound(to: T.self)
    }
    let counts = entries(.counts, as: UInt64.self)
    lineCount = Int(truncatingIfNeeded: counts[0])
    ignoredCounts = counts.dropFirst(2).map { Int(truncatingIfNeeded: $0) }
    partitions = column(.partitions, as: UInt32.self)
    keys = column(.keys, as: SheetKey.self)
    keyCount = section(.keys).count / MemoryLayout<SheetKey>.stride
    keyText = column(.keyText, as: UInt8.self)
    keyTextByteCount = section(.keyText).count
    rows = column(.rows, as: SheetRow.self)
    rowCount = section(.rows).count / MemoryLayout<SheetRow>.stride
    notes = column(.notes, as: Note.self)
    noteCount = section(.notes).count / MemoryLayout<Note>.stride
    merges = entries(.merges, as: MergeEntry.self)
    forgets = entries(.forgets, as: ForgetEntry.self)
    withdraws = entries(.withdraws, as: WithdrawEntry.self)
    withdrawnText = section(.withdrawnText)
    refusals = entries(.refusals, as: RefusalEntry.self)
    refusedText = section(.refusedText)
    eventClasses = classes
    accountKeys = entries(.accountKeys, as: UInt32.self)
    classCounts = entries(.classCounts, as: UInt32.self)
    typeCounts = entries(.typeCounts, as: UInt32.self)
    dictionaryEnds = entries(.dictionaryEnds, as: UInt32.self)
    textEnds = entries(.textEnds, as: UInt32.self)
    text = section(.text)
  }

  deinit { release(memory) }

  /// The bytes of a key; those of an account begin with `accountMark`.
  package func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : Int(keys[index - 1].textEnd)
    return UnsafeBufferPointer(start: keyText + start, count: Int(keys[index].textEnd) - start)
  }

  /// Where what belongs to a key ends in each section; of no key, where that of the first begins.
  @inline(__always)
  func ends(of key: Int) -> (text: Int, row: Int, note: Int) {
    if key < 0 { return (0, 0, 0) }
    return (Int(keys[key].textEnd), Int(keys[key].rowEnd), Int(keys[key].noteEnd))
  }

  /// The number of a key; nil where the sheet has no such key.
  package func find(_ key: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32? {
    // Keys stand in the order of their hash.
    var low = 0
    var high = keyCount
    while low < high {
      let middle = (low + high) / 2
      if keys[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    while low < keyCount, keys[low].hash == hash {
      if self.key(low).elementsEqual(key) { return UInt32(low) }
      low += 1
    }
    return nil
  }

  /// The distinct values of an attribute; the payload of its notes is an index into them.
  package func values(ofAttribute attribute: Int) -> [Scalar] {
    texts(ofDictionary: attribute).map { dictionaryValue(bytes(ofText: $0)) }
  }

  /// The accounts that leads name; the payload of such a note is an index into them.
  package var accountCount: Int { texts(ofDictionary: valueDictionaryCount).count }

  package func accountName(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let first = texts(ofDictionary: valueDictionaryCount).lowerBound
    return UnsafeBufferPointer(rebasing: bytes(ofText: first + index).dropFirst())
  }

  /// The words of outcomes; the payload of such a note is an index into them.
  package var outcomes: [String] {
    texts(ofDictionary: valueDictionaryCount + 1).map(string)
  }

  /// The types of events that match no interaction, and how many events each has; none in a merged sheet.
  package var unmatchedTypes: [(type: String, count: Int)] {
    zip(texts(ofDictionary: valueDictionaryCount + 2), typeCounts).map { text, count in
      (string(ofText: text), Int(count))
    }
  }

  private func string(ofText index: Int) -> String {
    String(decoding: bytes(ofText: index).dropFirst(), as: UTF8.self)
  }

  func texts(ofDictionary index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(dictionaryEnds[index - 1]))..<Int(dictionaryEnds[index])
  }

  func bytes(ofText index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : Int(textEnds[index - 1])
    return UnsafeRawBufferPointer(rebasing: text[start..<Int(textEnds[index])])
      .assumingMemoryBound(to: UInt8.self)
  }

  package func rows(of key: Int) -> UnsafeBufferPointer<SheetRow> {
    let start = key == 0 ? 0 : Int(keys[key - 1].rowEnd)
    return UnsafeBufferPointer(start: rows + start, count: Int(keys[key].rowEnd) - start)
  }

  /// Whether it says anything of who is who, or what does not count.
  package var hasIdentities: Bool {
    !merges.isEmpty || !forgets.isEmpty || !withdraws.isEmpty
  }

  /// The id that a withdraw names, by its place among those of the sheet.
  package func withdrawnID(_ index: Int) -> String {
    let start = index == 0 ? 0 : Int(withdraws[index - 1].textEnd)
    return String(decoding: withdrawnText[start..<Int(withdraws[index].textEnd)], as: UTF8.self)
  }

  /// The beginning of a refused line, as it stands in the segment.
  package func text(of refusal: RefusalEntry) -> UnsafeRawBufferPointer {
    let start = Int(refusal.textStart)
    return UnsafeRawBufferPointer(
      rebasing: refusedText[start..<start + Int(refusal.textByteCount)])
  }
}
