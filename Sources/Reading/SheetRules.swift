import Definition

/// What a sheet must be so that whoever uses it is led nowhere outside of it: checksums tell what became of the
/// bytes that were written, and not who wrote them.
extension Sheet {
  /// Whether all that is no event is as a sheet has it.
  var isSoundBesideEvents: Bool {
    let keys = UInt32(clamping: keyCount)
    let partitions = UnsafeBufferPointer(start: partitions, count: Sheet.partitionCount + 1)
    return (0...Int(UInt32.max)).contains(lineCount)
      && partitions.first == 0 && areEnds(partitions, of: keyCount)
      && dictionaryEnds.count >= Sheet.ownDictionaryCount
      && areEnds(dictionaryEnds, of: textEnds.count) && areEnds(textEnds, of: textByteCount)
      && areDictionariesSound
      && accountKeys.allSatisfy { $0 < keys }
      && merges.allSatisfy { merge in
        merge.lead < keys && merge.from < keys && SheetRow.times.contains(merge.time)
      }
      && forgets.allSatisfy { $0.lead < keys && SheetRow.times.contains($0.time) }
      && refusals.allSatisfy { refusal in
        refusal.textStart <= refusedTextByteCount
          && Int(refusal.textByteCount) <= refusedTextByteCount - Int(refusal.textStart)
          && Int(refusal.reasonCode) < Refusal.allCases.count
      }
      && areCountsSound
  }

  /// Whether all that is no event can be of a reading half.
  func isBesideEvents(of plan: ReadingPlan?) -> Bool {
    guard let plan else { return true }
    return valueDictionaryCount == plan.valueDictionaryCount
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
  private let dictionaryEnds: UnsafePointer<UInt32>
  /// Which keys are accounts, a bit each.
  private let accounts: [UInt64]
  /// The highest number of a class; of no class more than any row can have is not allowed.
  private let lastClass: UInt64
  private let valueDictionaryCount: Int
  /// The dictionaries behind those of attributes are of touches.
  private let attributeCounts: ClosedRange<Int>
  private let comparedCount: Int
  private let valueCount: Int

  /// Nil where the accounts are not as a sheet has them, or the last key's ends not where all ends.
  init?(_ sheet: Sheet, _ plan: ReadingPlan?) {
    self.sheet = sheet
    (keys, rows, notes) = (sheet.keys, sheet.rows, UnsafeRawPointer(sheet.notes))
    guard let ends = sheet.dictionaryEnds.baseAddress else { return nil }
    dictionaryEnds = ends
    var accounts = [UInt64](repeating: 0, count: sheet.keyCount / 64 + 1)
    for key in sheet.accountKeys {
      let bit: UInt64 = 1 << UInt64(key % 64)
      guard accounts[Int(key / 64)] & bit == 0 else { return nil }
      accounts[Int(key / 64)] |= bit
    }
    self.accounts = accounts
    lastClass = UInt64(sheet.eventClasses.count) &- 1
    valueDictionaryCount = sheet.valueDictionaryCount
    attributeCounts = plan.map { $0.attributes.count...$0.attributes.count } ?? 0...valueDictionaryCount
    comparedCount = plan?.comparedProperties.count ?? .max
    valueCount = plan?.valueProperties.count ?? .max
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
    return accounts.withUnsafeBufferPointer { accounts in
      for key in range {
        let entry = keys[key]
        let end = (text: Int(entry.textEnd), row: Int(entry.rowEnd), note: Int(entry.noteEnd))
        guard start.text < end.text, end.text <= textMax, start.row <= end.row, end.row <= rowMax,
          start.note <= end.note, end.note <= noteMax, entry.distinctMark <= 1,
          earlier <= entry.hash, isInPlace(key, entry.hash)
        else { return false }
        let isAccount = accounts[key >> 6] >> UInt64(key & 63) & 1 == 1
        guard isAccount == (text[start.text] == Sheet.accountMark),
          allow(rows: start.row, end.row, notes: start.note, end.note)
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

  @inline(__always)
  private func allow(rows start: Int, _ end: Int, notes firstNote: Int, _ noteEnd: Int) -> Bool {
    var note = firstNote
    var latest: UInt64 = 0
    // Its highest bit is set by whatever is wrong.
    var wrong: UInt64 = 0
    var row = rows + start
    let behind = rows + end
    while row < behind {
      let word = row.pointee.timeAndClass
      let time = word &>> UInt64(SheetRow.classBitCount)
      wrong |= lastClass &- (word & UInt64(SheetRow.classCountMax &- 1))
      wrong |= time &- latest
      latest = time
      if row.pointee.hasNotes {
        note = placeBehindNotes(note, noteEnd)
        if note < 0 { return false }
      }
      row += 1
    }
    return wrong &>> 63 == 0 && note == noteEnd
  }

  /// Returns the place behind the notes of a row that begin at one; -1 where they are not as a sheet has them.
  @inline(__always)
  private func placeBehindNotes(_ start: Int, _ end: Int) -> Int {
    var place = start
    while place < end {
      // A kind that is none must not even be loaded as one.
      let word = notes.load(fromByteOffset: place &* 8, as: UInt64.self).littleEndian
      let index = Int(truncatingIfNeeded: word &>> 16 & 0xffff)
      let number = UInt32(truncatingIfNeeded: word &>> 32)
      place &+= 1
      // By the numbers of kinds of facts; an account and an outcome have the number of their dictionary.
      switch UInt8(truncatingIfNeeded: word) {
      case 0: guard index == valueDictionaryCount, isNumber(number, index) else { return -1 }
      case 1: guard index < attributeCounts.upperBound, isNumber(number, index) else { return -1 }
      case 2: guard index < attributeCounts.upperBound else { return -1 }
      case 3:
        guard place < end, isAnswer(notes.load(fromByteOffset: place &* 8, as: Double.self)) else {
          return -1
        }
        place &+= 1
      case 4:
        guard place < end, index < comparedCount else { return -1 }
        place &+= 1
      case 5:
        guard index == valueDictionaryCount &+ 1, isNumber(number, index) else { return -1 }
      case 6:
        guard place < end, index < valueCount,
          notes.load(fromByteOffset: place &* 8, as: Double.self).isFinite
        else { return -1 }
        place &+= 1
      case 7:
        guard index >= attributeCounts.lowerBound, index < valueDictionaryCount,
          isNumber(number, index)
        else { return -1 }
      default: return -1
      }
      let mark = UInt8(truncatingIfNeeded: word &>> 8)
      if mark == 1 { return place }
      if mark != 0 { return -1 }
    }
    return -1
  }

  @inline(__always)
  private func isNumber(_ number: UInt32, _ dictionary: Int) -> Bool {
    let first = dictionary == 0 ? 0 : dictionaryEnds[dictionary &- 1]
    return number < dictionaryEnds[dictionary] &- first
  }

  private func isAnswer(_ number: Double) -> Bool { number.isFinite || number.isNaN }
}
