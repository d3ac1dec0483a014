import Definition

extension SegmentDecoder {
  /// Groups what was decoded by lead and lays it out as a sheet. Call once, after the last line.
  package func seal() -> Sheet {
    let order = KeyOrder(keys)
    let keyCount = keys.count

    // A counting sort: how many rows each key has, where they begin, then each to its place.
    var rowEnds = [UInt32](repeating: 0, count: keyCount)
    for row in 0..<rows.count { rowEnds[Int(order.place[Int(rows[row].key)])] += 1 }
    var total: UInt32 = 0
    for key in 0..<keyCount {
      total += rowEnds[key]
      rowEnds[key] = total - rowEnds[key]
    }
    var sources = [UInt32](repeating: 0, count: rows.count)
    for row in 0..<rows.count {
      let key = Int(order.place[Int(rows[row].key)])
      sources[Int(rowEnds[key])] = UInt32(row)
      rowEnds[key] += 1
    }
    sortLateRows(&sources, rowEnds)

    let (noteEnds, sortedNotes) = groupNotes(order, sources)

    var writer = RegionWriter()
    writer.add(.counts, [UInt64(lineCount)])
    writer.add(.partitions, order.partitions)
    writer.add(.keyHashes, order.keys.map { keys.hashes[Int($0)] })
    addKeyTexts(order, to: &writer)
    writer.add(.rowEnds, rowEnds)
    writer.add(.noteEnds, noteEnds)
    writer.add(.times, sources, as: Milliseconds.self) { rows[Int($0)].time }
    writer.add(.ids, sources, as: UInt64.self) { rows[Int($0)].id }
    writer.add(.lines, sources, as: UInt32.self) { rows[Int($0)].line }
    writer.add(.durations, sources, as: UInt32.self) { rows[Int($0)].duration }
    writer.add(.classes, sources, as: UInt32.self) { rows[Int($0)].eventClass }
    writer.add(.notes, sortedNotes)
    writer.add(.classTable, SheetFormat.bytes(ofClasses: classifier.classes))
    addDictionaries(to: &writer)
    writer.add(
      .accountKeys,
      (0..<keyCount).filter { keys.text[keys.start(of: $0)] == Sheet.accountMark }
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

  /// Brings the notes into the order of the rows they belong to.
  private func groupNotes(_ order: KeyOrder, _ sources: [UInt32]) -> (ends: [UInt32], [Note]) {
    var ends = [UInt32](repeating: 0, count: keys.count)
    guard notes.count > 0 else { return (ends, []) }
    var places = [UInt32](repeating: 0, count: sources.count)
    for (place, source) in sources.enumerated() { places[Int(source)] = UInt32(place) }
    func key(_ note: Note) -> Int { Int(order.place[Int(rows[Int(note.row)].key)]) }
    for index in 0..<notes.count { ends[key(notes[index])] += 1 }
    var total: UInt32 = 0
    for key in ends.indices {
      total += ends[key]
      ends[key] = total - ends[key]
    }
    var grouped = [Note](repeating: notes[0], count: notes.count)
    for index in 0..<notes.count {
      let key = key(notes[index])
      var note = notes[index]
      note.row = places[Int(note.row)]
      grouped[Int(ends[key])] = note
      ends[key] += 1
    }
    sortLateNotes(&grouped, ends)
    return (ends, grouped)
  }

  private func sortLateNotes(_ notes: inout [Note], _ ends: [UInt32]) {
    var start = 0
    for end in ends.lazy.map(Int.init) {
      defer { start = end }
      var isSorted = true
      for index in stride(from: start + 1, to: end, by: 1)
      where notes[index].row < notes[index - 1].row {
        isSorted = false
        break
      }
      if isSorted { continue }
      // Within a row the order of notes is that of their kinds and indices, each at most once.
      let run = notes[start..<end].sorted {
        ($0.row, $0.kind.rawValue, $0.index) < ($1.row, $1.kind.rawValue, $1.index)
      }
      notes.replaceSubrange(start..<end, with: run)
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

  private func addKeyTexts(_ order: KeyOrder, to writer: inout RegionWriter) {
    var ends: [UInt32] = []
    ends.reserveCapacity(keys.count)
    var text: [UInt8] = []
    text.reserveCapacity(keys.text.count)
    for key in order.keys {
      let start = keys.start(of: Int(key))
      let count = Int(keys.ends[Int(key)]) - start
      text.append(contentsOf: UnsafeBufferPointer(start: keys.text.base + start, count: count))
      ends.append(UInt32(text.count))
    }
    writer.add(.keyEnds, ends)
    writer.add(.keyText, text)
  }
}

/// The keys dealt into partitions by the top bits of their hash, in order of appearance in each.
struct KeyOrder {
  /// The keys' numbers in the decoder, in the order of the sheet.
  private(set) var keys: [UInt32]
  /// Where each of the decoder's keys stands in the sheet.
  private(set) var place: [UInt32]
  private(set) var partitions: [UInt32]

  init(_ table: borrowing KeyTable) {
    let count = table.count
    keys = [UInt32](repeating: 0, count: count)
    place = [UInt32](repeating: 0, count: count)
    partitions = [UInt32](repeating: 0, count: Sheet.partitionCount + 1)
    for key in 0..<count { partitions[Sheet.partition(of: table.hashes[key]) + 1] += 1 }
    for partition in 0..<Sheet.partitionCount { partitions[partition + 1] += partitions[partition] }
    var next = partitions
    for key in 0..<count {
      let partition = Sheet.partition(of: table.hashes[key])
      keys[Int(next[partition])] = UInt32(key)
      place[key] = next[partition]
      next[partition] += 1
    }
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

  init() {
    region = .allocate(byteCount: 1 << 16, alignment: 8)
    region.storeBytes(of: SheetFormat.magic, as: UInt64.self)
    region.storeBytes(of: SheetFormat.version, toByteOffset: 8, as: UInt64.self)
  }

  mutating func add<Element: BitwiseCopyable>(_ section: Sheet.Section, _ elements: [Element]) {
    elements.withUnsafeBytes { bytes in
      let place = open(section, bytes.count)
      place.copyMemory(from: bytes)
    }
  }

  mutating func add<Element: BitwiseCopyable>(
    _ section: Sheet.Section, _ sources: [UInt32], as: Element.Type,
    _ value: (UInt32) -> Element
  ) {
    let place = open(section, sources.count * MemoryLayout<Element>.stride)
      .assumingMemoryBound(to: Element.self)
    for (index, source) in sources.enumerated() { place[index] = value(source) }
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
    Sheet(region: UnsafeRawBufferPointer(rebasing: region[..<byteCount])) { $0.deallocate() }
  }
}
