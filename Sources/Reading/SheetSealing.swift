extension SegmentDecoder {
  /// Groups what was decoded by lead, lays it out as a sheet, and begins anew.
  ///
  /// `place`: given the sheet's bytes, returns a sheet of them that stands somewhere else, such as in a
  /// file; where it returns nil they are copied.
  package func seal(
    placing place: (UnsafeRawBufferPointer) -> Sheet? = { _ in nil }
  ) -> Sheet {
    sealing.order(tables[0])
    let places = sealing.places.base
    let keyCount = tables[0].count

    // A counting sort: how many rows each key has, where they begin, then each to its place.
    let rowEnds = sealing.rowEnds.room(for: keyCount)
    rowEnds.update(repeating: 0, count: keyCount)
    for row in 0..<rows.count { rowEnds[Int(places[Int(rows[row].key)])] += 1 }
    var total: UInt32 = 0
    for key in 0..<keyCount {
      total += rowEnds[key]
      rowEnds[key] = total - rowEnds[key]
    }
    let sources = sealing.sources.room(for: rows.count)
    for row in 0..<rows.count {
      let key = Int(places[Int(rows[row].key)])
      sources[Int(rowEnds[key])] = UInt32(row)
      rowEnds[key] += 1
    }
    sortLateRows(sources, rowEnds, keyCount)

    // Room for what is large, and some for the rest: what grows is copied.
    region.begin(
      capacity: keyCount * MemoryLayout<SheetKey>.stride + tables[0].text.count
        + rows.count * MemoryLayout<SheetRow>.stride + notes.count * MemoryLayout<Note>.stride
        + 1 << 16)
    region.add(.counts, [UInt64(lineCount), UInt64(byteCount)] + ignoredCounts.map { UInt64($0) })
    region.add(.partitions, sealing.partitions)
    addRows(sources, rowEnds)
    region.add(.classTable, SheetFormat.bytes(ofClasses: classifier.classes))
    addDictionaries()
    region.add(
      .accountKeys,
      (0..<keyCount).filter { tables[0].key($0).first == Sheet.accountMark }.map { places[$0] })
    region.add(
      .merges,
      (0..<merges.count).map { index in
        var merge = merges[index]
        merge.lead = places[Int(merge.lead)]
        merge.from = places[Int(merge.from)]
        return merge
      })
    region.add(
      .forgets,
      (0..<forgets.count).map { index in
        var forget = forgets[index]
        forget.lead = places[Int(forget.lead)]
        return forget
      })
    region.add(
      .withdraws,
      (0..<withdraws.count).map { index in
        var withdraw = withdraws[index]
        withdraw.key = places[Int(withdraw.key)]
        return withdraw
      })
    region.add(
      .withdrawnText,
      Array(UnsafeBufferPointer(start: withdrawnText.base, count: withdrawnText.count)))
    region.add(
      .refusals, Array(UnsafeBufferPointer(start: refusals.base, count: refusals.count)))
    region.add(
      .refusedText, Array(UnsafeBufferPointer(start: refusedText.base, count: refusedText.count)))
    region.add(.marks, (0..<marks.count).map { marks[$0] })
    region.add(.classCounts, classCounts)
    region.add(.typeCounts, (0..<typeCounts.count).map { typeCounts[$0] })
    begin()
    return place(region.bytes) ?? Sheet(copying: region.bytes)
  }

  /// Puts rows that are late in the segment where their time says, lines in order within one time.
  private func sortLateRows(
    _ sources: UnsafeMutablePointer<UInt32>, _ rowEnds: UnsafePointer<UInt32>, _ keyCount: Int
  ) {
    let rows = rows.base
    var start = 0
    for key in 0..<keyCount {
      let end = Int(rowEnds[key])
      defer { start = end }
      var isSorted = true
      for index in stride(from: start + 1, to: end, by: 1)
      where rows[Int(sources[index])].row.time < rows[Int(sources[index - 1])].row.time {
        isSorted = false
        break
      }
      if isSorted { continue }
      var late = UnsafeMutableBufferPointer(start: sources + start, count: end - start)
      late.sort { a, b in
        let (timeA, timeB) = (rows[Int(a)].row.time, rows[Int(b)].row.time)
        return timeA != timeB ? timeA < timeB : a < b
      }
    }
  }

  /// Writes the keys, then rows and notes in the order of the sheet, each straight to its place.
  private func addRows(
    _ sources: UnsafePointer<UInt32>, _ rowEnds: UnsafePointer<UInt32>
  ) {
    let keyCount = tables[0].count
    let order = sealing.keys.base
    let sheetKeys = region.open(.keys, keyCount, of: SheetKey.self)
    let sheetText = region.open(.keyText, tables[0].text.count, of: UInt8.self)
    let sheetRows = region.open(.rows, rows.count, of: SheetRow.self)
    let sheetNotes = region.open(.notes, notes.count, of: Note.self)
    var textEnd = 0
    var noteEnd = 0
    var firstRow = 0
    for place in 0..<keyCount {
      let key = Int(order[place].key)
      if place + keysAhead < keyCount { tables[0].fetchEnd(of: Int(order[place + keysAhead].key)) }
      if place + keysAhead / 2 < keyCount {
        tables[0].fetchText(ofKey: Int(order[place + keysAhead / 2].key))
      }
      let bytes = tables[0].key(key)
      if let start = bytes.baseAddress {
        (sheetText + textEnd).update(from: start, count: bytes.count)
      }
      textEnd += bytes.count
      for index in firstRow..<Int(rowEnds[place]) {
        let source = Int(sources[index])
        fetch(sources, behind: index)
        let draft = rows[source]
        sheetRows[index] = draft.row
        guard draft.row.hasNotes else { continue }
        let firstNote = source == 0 ? 0 : Int(rows[source - 1].noteEnd)
        let count = Int(draft.noteEnd) - firstNote
        (sheetNotes + noteEnd).update(from: notes.base + firstNote, count: count)
        noteEnd += count
      }
      firstRow = Int(rowEnds[place])
      sheetKeys[place] = SheetKey(
        hash: order[place].hash, textEnd: UInt32(textEnd), rowEnd: rowEnds[place],
        noteEnd: UInt32(noteEnd))
    }
  }

  /// Fetches a row that is soon wanted, and the notes of one that is wanted sooner.
  @inline(__always)
  private func fetch(_ sources: UnsafePointer<UInt32>, behind index: Int) {
    if index + rowsAhead >= rows.count { return }
    prefetch(rows.base + Int(sources[index + rowsAhead]))
    let source = Int(sources[index + rowsAhead / 2])
    if source > 0 { prefetch(notes.base + Int(rows[source - 1].noteEnd)) }
  }

  /// How many rows each class has.
  private var classCounts: [UInt32] {
    var counts = [UInt32](repeating: 0, count: classifier.classes.count)
    for row in 0..<rows.count { counts[rows[row].row.eventClass] += 1 }
    return counts
  }

  private func addDictionaries() {
    var dictionaryEnds: [UInt32] = []
    var ends: [UInt32] = []
    var text: [UInt8] = []
    for table in 1..<tableCount {
      let start = UInt32(text.count)
      for index in 0..<tables[table].count { ends.append(start + tables[table].ends[index]) }
      text.append(
        contentsOf: UnsafeBufferPointer(
          start: tables[table].text.base, count: tables[table].text.count))
      dictionaryEnds.append(UInt32(ends.count))
    }
    region.add(.dictionaryEnds, dictionaryEnds)
    region.add(.textEnds, ends)
    region.add(.text, text)
  }
}

extension Sheet {
  /// The partition of a key by its hash.
  package static func partition(of hash: UInt64) -> Int {
    Int(hash >> UInt64(64 - partitionCount.trailingZeroBitCount))
  }
}

// How far ahead memory is fetched: as long as a row or key takes this many times, it is under way.
private let rowsAhead = 24
private let keysAhead = 16
