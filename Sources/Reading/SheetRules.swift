import Definition

/// What a sheet must be so that whoever uses it is led nowhere outside of it: checksums tell what became of the
/// bytes that were written, and not who wrote them.
extension Sheet {
  /// Whether all that is no event is as a sheet has it.
  var isSoundBesideEvents: Bool {
    let keys = UInt32(clamping: keyCount)
    let partitions = UnsafeBufferPointer(start: partitions, count: Sheet.partitionCount + 1)
    return (0...Int(UInt32.max)).contains(lineCount)
      && ignoredCounts.allSatisfy { (0...lineCount).contains($0) }
      && partitions.first == 0 && areEnds(partitions, of: keyCount)
      && dictionaryEnds.count >= Sheet.ownDictionaryCount
      && areEnds(dictionaryEnds, of: textEnds.count) && areEnds(textEnds, of: textByteCount)
      && areDictionariesSound
      && accountKeys.allSatisfy { $0 < keys }
      && merges.allSatisfy { merge in
        merge.lead < keys && merge.from < keys && SheetRow.times.contains(merge.time)
      }
      && forgets.allSatisfy { $0.lead < keys && SheetRow.times.contains($0.time) }
      && areWithdrawsSound
      && refusals.allSatisfy { refusal in
        refusal.textStart <= refusedTextByteCount
          && Int(refusal.textByteCount) <= refusedTextByteCount - Int(refusal.textStart)
          && Int(refusal.reasonCode) < Refusal.allCases.count
      }
      && areCountsSound
  }

  private var areWithdrawsSound: Bool {
    var start = 0
    for withdraw in withdraws {
      let end = Int(withdraw.textEnd)
      guard Int(withdraw.key) < keyCount, SheetRow.times.contains(withdraw.time),
        start < end, end <= withdrawnText.count, end - start <= idByteCountMax
      else { return false }
      let text = withdrawnText.baseAddress.unsafelyUnwrapped + start
      guard withdraw.named == keyHash(text.assumingMemoryBound(to: UInt8.self), end - start)
      else { return false }
      start = end
    }
    return start == withdrawnText.count
  }

  /// Whether all that is no event can be of a reading half.
  func isBesideEvents(of plan: ReadingPlan?) -> Bool {
    guard let plan else { return true }
    return valueDictionaryCount == plan.valueDictionaryCount
      && (ignoredCounts.isEmpty || ignoredCounts.count == plan.rules.ignore.count)
      && eventClasses.allSatisfy { eventClass in
        // Ascending, so the last is the largest.
        eventClass.interactions.last.map { Int($0) < plan.interactions.count } ?? true
      }
  }

  /// Dictionaries that every sheet has: the accounts', the outcomes', the types'.
  static let ownDictionaryCount = 3

  /// Of attributes, and of what touches keep.
  var valueDictionaryCount: Int { dictionaryEnds.count - Sheet.ownDictionaryCount }

  /// Merged sheets have no counts.
  private var areCountsSound: Bool {
    let hasNone = classCounts.isEmpty && typeCounts.isEmpty
    let typeCount = texts(ofDictionary: valueDictionaryCount + 2).count
    return hasNone
      || classCounts.count == eventClasses.count && typeCounts.count == typeCount
        && classCounts.reduce(0) { $0 + Int($1) } == rowCount
  }

  private var areDictionariesSound: Bool {
    (0..<dictionaryEnds.count).allSatisfy { dictionary in
      let isOfTexts = dictionary >= valueDictionaryCount
      return texts(ofDictionary: dictionary).allSatisfy { text in
        let bytes = bytes(ofText: text)
        return switch bytes.first {
        case ValueTag.text: true
        case ValueTag.number: !isOfTexts && bytes.count == 9 && isFinite(dictionaryValue(bytes))
        case ValueTag.yes, ValueTag.no: !isOfTexts && bytes.count == 1
        default: false
        }
      }
    }
  }
}

private func isFinite(_ value: Scalar) -> Bool {
  if case .number(let number) = value { return number.isFinite }
  return true
}

/// Whether ends never go back, and the last is where all ends.
private func areEnds(_ ends: UnsafeBufferPointer<UInt32>, of count: Int) -> Bool {
  var last: UInt32 = 0
  for end in ends {
    if end < last { return false }
    last = end
  }
  return Int(last) == count
}

/// What the events of a sheet must be, whose other parts are sound.
///
/// Bare pointers and few instructions: this is done for every row of every run. What cannot lead anywhere, such as an
/// id or a line, is not looked at.
struct EventRules: @unchecked Sendable {
  /// Keeps what the pointers point to.
  private let sheet: Sheet
  private let keys: UnsafePointer<SheetKey>
  private let rows: UnsafePointer<SheetRow>
  private let notes: UnsafeRawPointer
  /// Which keys are accounts, a bit each.
  private let accounts: [UInt64]
  /// The highest number of a class; where there are none, what allows no row.
  private let lastClass: UInt64
  /// By index and kind of a note, how many numbers it can have.
  private let numberCounts: [UInt32]

  /// Nil where the accounts are not as a sheet has them, a merge is of a lead and an account, or the last key's ends
  /// are not where all ends.
  init?(_ sheet: Sheet, _ plan: ReadingPlan?) {
    self.sheet = sheet
    (keys, rows, notes) = (sheet.keys, sheet.rows, UnsafeRawPointer(sheet.notes))
    var accounts = [UInt64](repeating: 0, count: sheet.keyCount / 64 + 1)
    for key in sheet.accountKeys {
      let bit: UInt64 = 1 << UInt64(key % 64)
      guard accounts[Int(key / 64)] & bit == 0 else { return nil }
      accounts[Int(key / 64)] |= bit
    }
    let isAccount = { (key: UInt32) in accounts[Int(key / 64)] >> UInt64(key % 64) & 1 }
    guard sheet.merges.allSatisfy({ isAccount($0.lead) == isAccount($0.from) }) else { return nil }
    self.accounts = accounts
    lastClass = UInt64(sheet.eventClasses.count) &- 1
    numberCounts = EventRules.numberCounts(sheet, plan)
    let last = sheet.ends(of: sheet.keyCount - 1)
    guard last.text == sheet.keyTextByteCount, last.row == sheet.rowCount,
      last.note == sheet.noteCount
    else { return nil }
  }

  /// Whether some keys, and what is theirs, are as a sheet has them.
  func allow(keys range: Range<Int>) -> Bool {
    var start = sheet.ends(of: range.lowerBound - 1)
    var earlier: UInt64 = range.lowerBound == 0 ? 0 : keys[range.lowerBound - 1].hash
    let (textMax, rowMax, noteMax) = (sheet.keyTextByteCount, sheet.rowCount, sheet.noteCount)
    let text = sheet.keyText
    return numberCounts.withUnsafeBufferPointer { numberCounts in
      for key in range {
        let entry = keys[key]
        let end = (text: Int(entry.textEnd), row: Int(entry.rowEnd), note: Int(entry.noteEnd))
        guard start.text < end.text, end.text <= textMax, start.row <= end.row, end.row <= rowMax,
          start.note <= end.note, end.note <= noteMax, entry.distinctMark <= 1,
          earlier <= entry.hash, isInPlace(key, entry.hash)
        else { return false }
        let isAccount = accounts[key >> 6] >> UInt64(key & 63) & 1 == 1
        guard isAccount == (text[start.text] == Sheet.accountMark),
          notedCount(rows: start.row, end.row).map({ count in
            allow(notes: start.note, end.note, ofRows: count, numberCounts)
          }) ?? false
        else { return false }
        (start, earlier) = (end, entry.hash)
      }
      return true
    }
  }

  @inline(__always)
  private func isInPlace(_ key: Int, _ hash: UInt64) -> Bool {
    let partition = Sheet.partition(of: hash)
    return sheet.partitions[partition] <= key && key < sheet.partitions[partition + 1]
  }

  /// How many of some rows have notes; nil where they are not as a sheet has them.
  @inline(__always)
  private func notedCount(rows start: Int, _ end: Int) -> UInt64? {
    var latest: UInt64 = 0
    var count: UInt64 = 0
    // Its highest bit is set by whatever is wrong.
    var wrong: UInt64 = 0
    for place in start..<end {
      let row = rows[place]
      let time = row.timeAndClass &>> UInt64(SheetRow.classBitCount)
      wrong |= lastClass &- (row.timeAndClass & UInt64(SheetRow.classCountMax &- 1))
      wrong |= time &- latest
      latest = time
      count &+= UInt64(row.durationAndMark &>> 31)
    }
    return wrong &>> 63 == 0 ? count : nil
  }

  /// Whether a key's notes are those of so many rows.
  @inline(__always)
  private func allow(
    notes start: Int, _ end: Int, ofRows rowCount: UInt64,
    _ numberCounts: UnsafeBufferPointer<UInt32>
  ) -> Bool {
    if start == end { return rowCount == 0 }
    var place = start
    var word: UInt64 = 0
    var lastCount: UInt64 = 0
    var wrong: UInt64 = 0
    while place < end {
      // A kind that is none must not even be loaded as one.
      word = notes.load(fromByteOffset: place &* 8, as: UInt64.self).littleEndian
      let kind = word & 0xff
      let slot = Int(truncatingIfNeeded: (word &>> 16 & 0xffff) &* 8 &+ kind)
      guard kind < 8, slot < numberCounts.count else { return false }
      wrong |= UInt64(numberCounts[slot]) &- 1 &- word &>> 32
      let mark = word &>> 8 & 0xff
      wrong |= 1 &- mark
      lastCount &+= mark
      place &+= 1 &+ Int(truncatingIfNeeded: EventRules.wideKinds &>> kind & 1)
    }
    // Each row's notes end where the mark is, so all do where the last note has one.
    return wrong &>> 63 == 0 && place == end && lastCount == rowCount && word &>> 8 & 1 == 1
  }

  /// By the number of a kind, a bit: whether eight bytes follow the note.
  private static let wideKinds: UInt64 = 1 << 3 | 1 << 4 | 1 << 6

  /// By `index * 8 + kind`: an account and an outcome have the index of their dictionary.
  private static func numberCounts(_ sheet: Sheet, _ plan: ReadingPlan?) -> [UInt32] {
    let dictionaryCount = sheet.valueDictionaryCount
    // Without a plan nobody knows which of the dictionaries are of attributes.
    let attributeCount = plan?.attributes.count ?? dictionaryCount
    let comparedCount = plan?.comparedProperties.count ?? 1 << 16
    let valueCount = plan?.valueProperties.count ?? 1 << 16
    var counts = [UInt32](
      repeating: 0, count: max(dictionaryCount + 2, comparedCount, valueCount) * 8)
    func set(_ kind: FactKind, _ index: Int, _ count: Int) {
      counts[index * 8 + Int(kind.rawValue)] = UInt32(count)
    }
    for index in 0..<attributeCount {
      set(.attribute, index, sheet.texts(ofDictionary: index).count)
      set(.removal, index, 1)
    }
    for index in (plan == nil ? 0 : attributeCount)..<dictionaryCount {
      set(.touch, index, sheet.texts(ofDictionary: index).count)
    }
    set(.account, dictionaryCount, sheet.texts(ofDictionary: dictionaryCount).count)
    set(.outcome, dictionaryCount + 1, sheet.texts(ofDictionary: dictionaryCount + 1).count)
    set(.answer, 0, 1)
    for index in 0..<comparedCount { set(.compared, index, 1) }
    for index in 0..<valueCount { set(.value, index, 1) }
    return counts
  }
}
