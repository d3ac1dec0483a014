import Definition

extension SegmentDecoder {
  /// Groups what was decoded by lead and lays it out as a sheet.
  ///
  /// Call once, after the last line.
  package func seal() -> Sheet {
    let order = KeyOrder(keys)
    let keyCount = keys.count

    // A counting sort: how many rows each key has, where they begin, then each to its place.
    var rowEnds = [UInt32](repeating: 0, count: keyCount)
    for row in 0..<rows.count { rowEnds[Int(order.place[Int(rowKeys[row])])] += 1 }
    var total: UInt32 = 0
    for key in 0..<keyCount {
      total += rowEnds[key]
      rowEnds[key] = total - rowEnds[key]
    }
    var sources = [UInt32](repeating: 0, count: rows.count)
    for row in 0..<rows.count {
      let key = Int(order.place[Int(rowKeys[row])])
      sources[Int(rowEnds[key])] = UInt32(row)
      rowEnds[key] += 1
    }
    sortLateRows(&sources, rowEnds)

    // Room for what is large, and some for the rest: what grows is copied.
    var writer = RegionWriter(
      capacity: keyCount * MemoryLayout<SheetKey>.stride + keys.text.count
        + rows.count * MemoryLayout<SheetRow>.stride + notes.count * MemoryLayout<Note>.stride
        + 1 << 16)
    writer.add(.counts, [UInt64(lineCount)])
    writer.add(.partitions, order.partitions)
    addRows(order, sources, rowEnds, to: &writer)
    writer.add(.classTable, SheetFormat.bytes(ofClasses: classifier.classes))
    addDictionaries(to: &writer)
    writer.add(
      .accountKeys,
      (0..<keyCount).filter { keys.key($0).first == Sheet.accountMark }
        .map { order.place[$0] })
    writer.add(
      .merges,
      (0..<merges.count).map { index in
        var merge = merges[index]
        merge.lead = order.place[Int(merge.lead)]
        merge.from = order.place[Int(merge.from)]
        return merge
      })
    writer.add(
      .forgets,
      (0..<forgets.count).map { index in
        var forget = forgets[index]
        forget.lead = order.place[Int(forget.lead)]
        return forget
      })
    writer.add(
      .refusals, Array(UnsafeBufferPointer(start: refusals.base, count: refusals.count)))
    writer.add(
      .refusedText, Array(UnsafeBufferPointer(start: refusedText.base, count: refusedText.count)))
    return writer.finish()
  }

  /// Puts rows that are late in the segment where their time says, lines in order within one time.
  private func sortLateRows(_ sources: inout [UInt32], _ rowEnds: [UInt32]) {
    var start = 0
    for end in rowEnds.lazy.map(Int.init) {
      defer { start = end }
      var isSorted = true
      for index in stride(from: start + 1, to: end, by: 1)
      where rows[Int(sources[index])].time < rows[Int(sources[index - 1])].time {
        isSorted = false
        break
      }
      if isSorted { continue }
      let run = sources[start..<end].sorted { a, b in
        let (timeA, timeB) = (rows[Int(a)].time, rows[Int(b)].time)
        return timeA != timeB ? timeA < timeB : a < b
      }
      sources.replaceSubrange(start..<end, with: run)
    }
  }

  /// Writes the keys, then rows and notes in the order of the sheet, each straight to its place.
  private func addRows(
    _ order: KeyOrder, _ sources: [UInt32], _ rowEnds: [UInt32], to writer: inout RegionWriter
  ) {
    let sheetKeys = writer.open(.keys, keys.count, of: SheetKey.self)
    let sheetText = writer.open(.keyText, keys.text.count, of: UInt8.self)
    let sheetRows = writer.open(.rows, rows.count, of: SheetRow.self)
    let sheetNotes = writer.open(.notes, notes.count, of: Note.self)
    var textEnd = 0
    var noteEnd = 0
    var firstRow = 0
    for (place, key) in order.keys.enumerated() {
      let bytes = keys.key(Int(key))
      if let start = bytes.baseAddress {
        (sheetText + textEnd).update(from: start, count: bytes.count)
      }
      textEnd += bytes.count
      for index in firstRow..<Int(rowEnds[place]) {
        let source = Int(sources[index])
        var row = rows[source]
        let firstNote = source == 0 ? 0 : rows[source - 1].noteCount
        row.noteCount -= firstNote
        for note in 0..<Int(row.noteCount) {
          sheetNotes[noteEnd + note] = notes[Int(firstNote) + note]
        }
        noteEnd += Int(row.noteCount)
        sheetRows[index] = row
      }
      firstRow = Int(rowEnds[place])
      sheetKeys[place] = SheetKey(
        hash: keys.hash(Int(key)), textEnd: UInt32(textEnd), rowEnd: rowEnds[place],
        noteEnd: UInt32(noteEnd))
    }
  }

  private func addDictionaries(to writer: inout RegionWriter) {
    var dictionaryEnds: [UInt32] = []
    var ends: [UInt32] = []
    var text: [UInt8] = []
    for dictionary in dictionaries {
      let start = UInt32(text.count)
      for index in 0..<dictionary.table.count { ends.append(start + dictionary.table.ends[index]) }
      text.append(
        contentsOf: UnsafeBufferPointer(
          start: dictionary.table.text.base, count: dictionary.table.text.count))
      dictionaryEnds.append(UInt32(ends.count))
    }
    writer.add(.dictionaryEnds, dictionaryEnds)
    writer.add(.textEnds, ends)
    writer.add(.text, text)
  }
}

/// The keys in the order of their hashes: sheets are joined like sorted lists, each read from front
/// to back.
struct KeyOrder {
  /// The keys' numbers in the decoder, in the order of the sheet.
  let keys: [UInt32]
  /// Where each of the decoder's keys stands in the sheet.
  let place: [UInt32]
  let partitions: [UInt32]

  init(_ table: borrowing KeyTable) {
    let count = table.count
    // First dealt into partitions by the top bits, so that each sort is short.
    var partitions = [UInt32](repeating: 0, count: Sheet.partitionCount + 1)
    for key in 0..<count { partitions[Sheet.partition(of: table.hash(key)) + 1] += 1 }
    for partition in 0..<Sheet.partitionCount { partitions[partition + 1] += partitions[partition] }
    var next = partitions
    var order = [Entry](repeating: Entry(hash: 0, key: 0), count: count)
    for key in 0..<count {
      let hash = table.hash(key)
      let partition = Sheet.partition(of: hash)
      order[Int(next[partition])] = Entry(hash: hash, key: UInt32(key))
      next[partition] += 1
    }
    order.withUnsafeMutableBufferPointer { order in
      for partition in 0..<Sheet.partitionCount {
        let range = Int(partitions[partition])..<Int(partitions[partition + 1])
        order[range].sort { $0.hash < $1.hash }
      }
    }
    var place = [UInt32](repeating: 0, count: count)
    for (index, entry) in order.enumerated() { place[Int(entry.key)] = UInt32(index) }
    self.partitions = partitions
    self.place = place
    keys = order.map(\.key)
  }

  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    var key: UInt32
  }
}

extension Sheet {
  /// The partition of a key by its hash.
  package static func partition(of hash: UInt64) -> Int {
    Int(hash >> UInt64(64 - partitionCount.trailingZeroBitCount))
  }
}

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
