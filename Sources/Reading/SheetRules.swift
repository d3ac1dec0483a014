import Definition
import Notation

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
    return attributeCount == plan.attributes.count
      && (ignoredCounts.isEmpty || ignoredCounts.count == plan.rules.ignore.count)
      && eventClasses.allSatisfy { eventClass in
        // Ascending, so the last is the largest.
        eventClass.interactions.last.map { Int($0) < plan.interactions.count } ?? true
      }
  }

  /// Dictionaries that every sheet has: the accounts', the outcomes', the types'.
  static let ownDictionaryCount = 3

  var attributeCount: Int { dictionaryEnds.count - Sheet.ownDictionaryCount }

  /// Merged sheets have no counts.
  private var areCountsSound: Bool {
    let hasNone = classCounts.isEmpty && typeCounts.isEmpty
    let typeCount = texts(ofDictionary: attributeCount + 2).count
    return hasNone
      || classCounts.count == eventClasses.count && typeCounts.count == typeCount
        && classCounts.reduce(0) { $0 + Int($1) } == rowCount
  }

  private var areDictionariesSound: Bool {
    (0..<dictionaryEnds.count).allSatisfy { dictionary in
      let isOfTexts = dictionary >= attributeCount
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
struct EventRules: Sendable {
  private let sheet: Sheet
  /// Which keys are accounts, a bit each.
  private let accounts: [UInt64]
  private let classCount: Int
  private let attributeCount: Int
  private let accountCount: UInt32
  private let outcomeCount: UInt32
  private let onceCount: Int

  /// Nil where the accounts are not as a sheet has them, or the last key's ends not where all ends.
  init?(_ sheet: Sheet, _ plan: ReadingPlan?) {
    self.sheet = sheet
    var accounts = [UInt64](repeating: 0, count: sheet.keyCount / 64 + 1)
    for key in sheet.accountKeys {
      let bit: UInt64 = 1 << UInt64(key % 64)
      guard accounts[Int(key / 64)] & bit == 0 else { return nil }
      accounts[Int(key / 64)] |= bit
    }
    self.accounts = accounts
    classCount = sheet.eventClasses.count
    attributeCount = sheet.attributeCount
    accountCount = UInt32(sheet.texts(ofDictionary: attributeCount).count)
    outcomeCount = UInt32(sheet.texts(ofDictionary: attributeCount + 1).count)
    onceCount = plan?.onceProperties.count ?? .max
    let last = sheet.ends(of: sheet.keyCount - 1)
    guard last.text == sheet.keyTextByteCount, last.row == sheet.rowCount,
      last.note == sheet.noteCount
    else { return nil }
  }

  /// Whether some keys, and what is theirs, are as a sheet has them.
  func allow(keys: Range<Int>) -> Bool {
    var start = sheet.ends(of: keys.lowerBound - 1)
    var earlier: UInt64 = keys.lowerBound == 0 ? 0 : sheet.keys[keys.lowerBound - 1].hash
    for key in keys {
      let end = sheet.ends(of: key)
      let hash = sheet.keys[key].hash
      guard start.text < end.text, end.text <= sheet.keyTextByteCount,
        start.row <= end.row, end.row <= sheet.rowCount,
        start.note <= end.note, end.note <= sheet.noteCount,
        sheet.keys[key].distinctMark <= 1, earlier <= hash, isInPlace(key, hash),
        isHash(hash, ofText: start.text..<end.text, of: key),
        allow(rows: start.row..<end.row, notes: start.note..<end.note)
      else { return false }
      (start, earlier) = (end, hash)
    }
    return true
  }

  @inline(__always)
  private func isInPlace(_ key: Int, _ hash: UInt64) -> Bool {
    let partition = Sheet.partition(of: hash)
    return sheet.partitions[partition] <= key && key < sheet.partitions[partition + 1]
  }

  /// Whether a key's hash is its bytes', and one of an account where it should be.
  @inline(__always)
  private func isHash(_ hash: UInt64, ofText text: Range<Int>, of key: Int) -> Bool {
    let bytes = sheet.keyText + text.lowerBound
    let isAccount = accounts[key >> 6] >> UInt64(key & 63) & 1 == 1
    guard isAccount == (bytes[0] == Sheet.accountMark) else { return false }
    return isAccount
      ? hash == keyHash(bytes + 1, text.count - 1, seed: UInt64(Sheet.accountMark))
      : hash == keyHash(bytes, text.count)
  }

  @inline(__always)
  private func allow(rows: Range<Int>, notes: Range<Int>) -> Bool {
    var note = notes.lowerBound
    var earlier: (time: Milliseconds, line: UInt32) = (-1, 0)
    for place in rows {
      let row = sheet.rows[place]
      let isLater = row.time > earlier.time || row.time == earlier.time && row.line > earlier.line
      guard isLater, row.eventClass < classCount, row.duration <= SheetRow.durationMax else {
        return false
      }
      earlier = (row.time, row.line)
      if row.hasNotes, !allow(notesOfRowAt: &note, end: notes.upperBound) { return false }
    }
    return note == notes.upperBound
  }

  /// Goes behind the notes of a row, if they are as a sheet has them.
  @inline(__always)
  private func allow(notesOfRowAt place: inout Int, end: Int) -> Bool {
    let notes = UnsafeRawPointer(sheet.notes)
    while true {
      guard place < end else { return false }
      // A kind that is none must not even be loaded as one.
      let word = notes.load(fromByteOffset: place &* 8, as: UInt64.self).littleEndian
      let index = Int(truncatingIfNeeded: word &>> 16 & 0xffff)
      let number = UInt32(truncatingIfNeeded: word &>> 32)
      place &+= 1
      switch FactKind(rawValue: UInt8(truncatingIfNeeded: word)) {
      case .account: guard number < accountCount else { return false }
      case .attribute:
        guard index < attributeCount, number < sheet.texts(ofDictionary: index).count else {
          return false
        }
      case .removal: guard index < attributeCount else { return false }
      case .answer:
        guard place < end else { return false }
        let answer = notes.load(fromByteOffset: place &* 8, as: Double.self)
        guard answer.isFinite || answer.isNaN else { return false }
        place &+= 1
      case .once:
        guard index < onceCount else { return false }
        place &+= 1
      case .outcome: guard number < outcomeCount else { return false }
      case nil: return false
      }
      guard place <= end else { return false }
      switch UInt8(truncatingIfNeeded: word &>> 8) {
      case 0: continue
      case 1: return true
      default: return false
      }
    }
  }
}
