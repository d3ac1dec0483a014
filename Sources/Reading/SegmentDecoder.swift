import Definition

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Decodes lines into sheets: a segment's into one, or, of a long segment, into several.
///
/// One worker owns it from the first line to `seal()`, after which it begins anew with the memory it
/// has: clearing fresh pages for every segment took as long as inflating it.
package final class SegmentDecoder {
  /// The table of keys first, then the dictionaries: the values met of each attribute, the accounts
  /// named, the outcomes, the types of events that match nothing.
  let tables: UnsafeMutablePointer<KeyTable>
  let tableCount: Int
  /// The events in the order of lines.
  var rows = Column<DraftRow>()
  var notes = Column<Note>()
  var merges = Column<MergeEntry>(capacity: 16)
  var forgets = Column<ForgetEntry>(capacity: 16)
  var withdraws = Column<WithdrawEntry>(capacity: 16)
  var withdrawnText = Column<UInt8>(capacity: 256)
  var refusals = Column<RefusalEntry>(capacity: 16)
  var refusedText = Column<UInt8>(capacity: 256)
  var marks = Column<LineMark>(capacity: 64)
  /// Of each of those types, how many events there are.
  var typeCounts = Column<UInt32>(capacity: 16)
  var lineCount = 0
  /// Of each test of `ignore`, how many events it took.
  private(set) var ignoredCounts: [Int]
  let classifier: Classifier
  var sealing = SealingMemory()
  var region = RegionWriter()

  /// How much text was decoded.
  private(set) var byteCount = 0
  private var pendingLeads = PendingTexts()
  private var pendingNotes = PendingTexts()
  private let reader: EnvelopeReader
  private let attributeCount: Int
  private let valueDictionaryCount: Int
  /// By interaction, the touches that read its occurrences: the dictionary of each and its slot.
  private let touches: [[(dictionary: Int, slot: Int)]]
  private let hasTouches: Bool
  private let properties: [(index: UInt16, slot: Int)]
  private let values: [(index: UInt16, slot: Int)]
  private let answerSlot: Int?
  private let derivesPath: Bool

  package init(plan: ReadingPlan) {
    let layout = SlotLayout(plan)
    attributeCount = plan.attributes.count
    reader = EnvelopeReader(layout, plan)
    ignoredCounts = [Int](repeating: 0, count: plan.rules.ignore.count)
    classifier = Classifier(plan: plan, slot: layout.slot(of:))
    valueDictionaryCount = plan.valueDictionaryCount
    tableCount = valueDictionaryCount + 4
    var touches = [[(dictionary: Int, slot: Int)]](repeating: [], count: plan.interactions.count)
    for (number, touch) in plan.touches.enumerated() {
      touches[touch.interaction].append(
        (plan.attributes.count + number, layout.slot(of: touch.property)))
    }
    self.touches = touches
    hasTouches = !plan.touches.isEmpty
    tables = .allocate(capacity: tableCount)
    for table in 0..<tableCount { (tables + table).initialize(to: KeyTable()) }
    func slots(_ properties: [EventSubject]) -> [(index: UInt16, slot: Int)] {
      properties.enumerated().map { (UInt16($0.offset), layout.slot(of: $0.element)) }
    }
    properties = slots(plan.comparedProperties)
    values = slots(plan.valueProperties)
    answerSlot = plan.answerValue.map(layout.slot(of:))
    derivesPath = layout.asksFor(.member("path")) && reader.normaliser == nil
  }

  deinit {
    tables.deinitialize(count: tableCount)
    tables.deallocate()
  }

  /// Whether what was decoded is to be sealed before more lines come, so that no sheet outgrows its format.
  package var isFull: Bool {
    byteCount >= sheetTextByteCount || classifier.classes.count > SheetRow.classCountMax / 2
  }

  /// Decodes whole lines.
  ///
  /// - Parameters:
  ///   - bytes: Lines, each ended by a line feed, the last of a segment perhaps not; at least 64
  ///     readable bytes follow, the first of them zero.
  ///   - firstLine: The 1-based number of the first line.
  package func decode(_ bytes: UnsafeRawBufferPointer, firstLine: Int) {
    guard let base = bytes.baseAddress else { return }
    var start = base.assumingMemoryBound(to: UInt8.self)
    let end = start + bytes.count
    var line = firstLine
    // Where the next line is marked: a matter of the text alone, wherever it is cut into batches.
    var nextMark = start + (nextMarkOffset - byteCount)
    while start < end {
      if start >= nextMark {
        mark(
          line, at: byteCount + (start - UnsafePointer(base.assumingMemoryBound(to: UInt8.self))))
        nextMark = start + LineMark.spacing
      }
      start = decodeLine(start, end, UInt32(clamping: line)) + 1
      line += 1
    }
    // A last line without its line feed counts as if it had one.
    byteCount += start - UnsafePointer(base.assumingMemoryBound(to: UInt8.self))
    // What waits to be looked up stands in these bytes.
    resolveLeads()
    resolveNotes()
  }

  /// Refuses a line that was too long to be held, of which only the beginning is known.
  package func refuseOverlong(_ beginning: UnsafeRawBufferPointer, byteCount: Int, line: Int) {
    refuse(beginning, byteCount: byteCount, line: line, .tooLong)
  }

  /// Refuses a record, which is a line or not, by its bytes or the beginning of them.
  package func refuse(
    _ beginning: UnsafeRawBufferPointer, byteCount: Int, line: Int, _ reason: Refusal
  ) {
    if self.byteCount >= nextMarkOffset { mark(line, at: self.byteCount) }
    self.byteCount += byteCount + 1
    guard let base = beginning.baseAddress else { return }
    lineCount += 1
    keepRefused(
      reason, base.assumingMemoryBound(to: UInt8.self), beginning.count, of: byteCount,
      UInt32(clamping: line))
  }

  /// From how much text on the next line is marked.
  private var nextMarkOffset = 0

  private func mark(_ line: Int, at offset: Int) {
    marks.append(LineMark(line: UInt32(clamping: line), offset: UInt32(clamping: offset)))
    nextMarkOffset = offset + LineMark.spacing
  }

  /// Forgets all that was decoded.
  package func begin() {
    for table in 0..<tableCount { tables[table].removeAll() }
    rows.removeAll()
    notes.removeAll()
    merges.removeAll()
    forgets.removeAll()
    withdraws.removeAll()
    withdrawnText.removeAll()
    refusals.removeAll()
    refusedText.removeAll()
    marks.removeAll()
    typeCounts.removeAll()
    nextMarkOffset = 0
    classifier.begin()
    for test in ignoredCounts.indices { ignoredCounts[test] = 0 }
    lineCount = 0
    byteCount = 0
  }

  /// Decodes the line that begins at `start`; returns where it ends.
  @inline(__always)
  private func decodeLine(_ start: Position, _ end: Position, _ line: UInt32) -> Position {
    // A line that is sound tells by itself where it ends.
    let behind = reader.scanner.scan(start)
    if let behind, behind.pointee == 0x0a || behind == end {
      lineCount += 1
      do throws(Refusal) {
        take(try reader.open(start, behind - start), line)
      } catch {
        keepRefused(error, start, behind - start, of: behind - start, line)
      }
      return behind
    }
    return refuse(start, end, line)
  }

  @inline(never)
  private func refuse(_ start: Position, _ end: Position, _ line: UInt32) -> Position {
    let feed = memchr(start, 0x0a, end - start)
    let lineEnd = feed.map { Position($0.assumingMemoryBound(to: UInt8.self)) } ?? end
    let count = lineEnd - start
    if !isBlank(start, count) {
      lineCount += 1
      keepRefused(reader.scanner.fault(start, count), start, count, of: count, line)
    }
    return lineEnd
  }

  private func isBlank(_ start: Position, _ count: Int) -> Bool {
    skipSpace(start) >= start + count
  }

  private func keepRefused(
    _ reason: Refusal, _ start: Position, _ count: Int, of byteCount: Int, _ line: UInt32
  ) {
    let kept = min(count, refusedTextByteCountMax)
    refusals.append(
      RefusalEntry(
        textStart: UInt64(refusedText.count), byteCount: UInt32(clamping: byteCount), line: line,
        textByteCount: UInt16(kept), reasonCode: UInt16(reason.rawValue)))
    refusedText.append(start, kept)
  }

  private func take(_ event: Envelope, _ line: UInt32) {
    let slots = reader.scanner.slots
    let kind = event.kind
    let id = keyHash(slots.start(.id), slots.count(.id))
    var key: UInt32 = 0
    if kind != .ordinary { reader.normaliser?.placeKeys(event) }
    switch kind {
    case .ordinary, .profile, .outcome: break
    case .accountProfile: key = accountKey(.account, slots)
    case .forget:
      forgets.append(
        ForgetEntry(time: event.time, lead: leadKey(.lead, slots), line: line))
      return
    case .merge:
      key = leadKey(.lead, slots)
      merges.append(
        MergeEntry(
          time: event.time, id: id, lead: key, from: leadKey(.from, slots), line: line))
    case .accountMerge:
      key = accountKey(.account, slots)
      merges.append(
        MergeEntry(
          time: event.time, id: id, lead: key, from: accountKey(.from, slots), line: line))
    case .withdraw:
      key = event.isOfAccount ? accountKey(.account, slots) : leadKey(.lead, slots)
      keepWithdraw(event, slots, id, key, line)
    }

    let firstNote = notes.count
    var duration: UInt32 = 0
    let eventClass: UInt32
    if kind == .ordinary {
      if derivesPath { slots.derivePath() }
      eventClass = classifier.classify(slots, time: event.time, isPageView: event.isPageView)
      if let test = Classifier.ignoringTest(eventClass) {
        ignoredCounts[test] += 1
        return
      }
      let traits = classifier.traits[Int(eventClass)]
      if traits.isActivity {
        if event.isPageView { duration = slots.duration() }
        for property in properties { noteCompared(property.index, property.slot, slots) }
        for value in values { noteValue(value.index, value.slot, slots) }
        if hasTouches { noteTouches(eventClass, slots) }
      } else {
        countType(slots)
      }
      if traits.isAnswer, let answerSlot { noteAnswer(answerSlot, slots) }
      reader.normaliser?.placeKeys(event)
    } else {
      eventClass = classifier.classify(kind)
    }
    if kind != .withdraw, kind != .accountMerge { noteFacts(kind, slots) }
    if notes.count > firstNote { notes.base[lastNote].lastMark = 1 }
    rows.append(
      DraftRow(
        row: SheetRow(
          time: event.time, id: id, line: line, duration: duration, eventClass: eventClass,
          hasNotes: notes.count > firstNote),
        noteEnd: UInt32(truncatingIfNeeded: notes.count), key: key))
    if kind == .ordinary || kind == .profile || kind == .outcome { lookUpLead(slots) }
  }

  /// Counts an event that matches nothing by its type.
  private func countType(_ slots: Slots) {
    let table = tableCount - 1
    guard let type = tables[table].number(ofValueIn: Member.type.rawValue, slots) else { return }
    if Int(type) == typeCounts.count { typeCounts.append(0) }
    typeCounts[Int(type)] += 1
  }

  /// Keeps what the event says about the lead, or the account: its account and attributes.
  @inline(__always)
  private func noteFacts(_ kind: EventKind, _ slots: Slots) {
    if kind == .outcome {
      note(.outcome, in: valueDictionaryCount + 1, Member.outcome.rawValue, slots)
      return
    }
    if kind != .accountProfile, slots.kind(.account) == .string {
      note(.account, in: valueDictionaryCount, Member.account.rawValue, slots)
    }
    if slots.kind(.fields) == .container { noteAttributes(slots) }
  }

  private func noteAttributes(_ slots: Slots) {
    for index in 0..<attributeCount {
      let slot = slots.firstField + index
      switch slots.kinds[slot] {
      case .absent, .container: continue
      case .null: append(Note(kind: .removal, index: UInt16(index)))
      case .string, .number, .yes, .no: note(.attribute, in: index, slot, slots)
      }
    }
  }

  /// Notes the number of a slot's value in a dictionary; a number beyond its range is absent.
  @inline(__always)
  private func note(_ kind: FactKind, in dictionary: Int, _ slot: Int, _ slots: Slots) {
    let table = dictionary + 1
    let index = UInt16(truncatingIfNeeded: dictionary)
    let start = slots.starts[slot]
    if slots.kinds[slot] == .string, !reader.scanner.isScratch(start) {
      let hash = keyHash(start, slots.counts[slot], seed: UInt64(ValueTag.text) + 1)
      append(Note(kind: kind, index: index))
      pendingNotes.append(
        .init(start: start, count: slots.counts[slot], hash: hash, table: table, asker: lastNote),
        lookedUpIn: tables)
      if pendingNotes.isFull { resolveNotes() }
    } else {
      // Values are numbered in the order they come, wherever lines are cut into batches.
      resolveNotes()
      if let number = tables[table].number(ofValueIn: slot, slots) {
        append(Note(kind: kind, index: index, number: number))
      }
    }
  }

  /// Keeps the properties that touches read of the occurrences that an event is; empty text is none.
  @inline(never)
  private func noteTouches(_ eventClass: UInt32, _ slots: Slots) {
    for interaction in classifier.classes[Int(eventClass)].interactions {
      for touch in touches[Int(interaction)] {
        switch slots.kinds[touch.slot] {
        case .absent, .null, .container: continue
        case .string where slots.counts[touch.slot] == 0: continue
        case .string, .number, .yes, .no:
          note(.touch, in: touch.dictionary, touch.slot, slots)
        }
      }
    }
  }

  private func noteAnswer(_ slot: Int, _ slots: Slots) {
    let answer = slots.number(slot) ?? .nan
    appendWide(Note(kind: .answer, index: 0), answer.bitPattern)
  }

  @inline(__always)
  private func noteCompared(_ index: UInt16, _ slot: Int, _ slots: Slots) {
    guard let hash = slots.textHash(slot) else { return }
    appendWide(Note(kind: .compared, index: index), hash)
  }

  @inline(__always)
  private func noteValue(_ index: UInt16, _ slot: Int, _ slots: Slots) {
    guard let number = slots.number(slot) else { return }
    appendWide(Note(kind: .value, index: index), number.bitPattern)
  }

  /// Where the note appended last stands.
  private var lastNote = 0

  @inline(__always)
  private func append(_ note: Note) {
    lastNote = notes.count
    notes.append(note)
  }

  private func appendWide(_ note: Note, _ payload: UInt64) {
    append(note)
    notes.append(unsafeBitCast(payload, to: Note.self))
  }

  /// Looks up the lead of the row appended last, with others or, where its text does not outlive the
  /// line, at once.
  @inline(__always)
  private func lookUpLead(_ slots: Slots) {
    let start = slots.start(.lead)
    let count = slots.count(.lead)
    let hash = keyHash(start, count)
    let row = rows.count &- 1
    if reader.scanner.isScratch(start) {
      rows.base[row].key = tables[0].number(of: start, count, hash: hash)
    } else {
      pendingLeads.append(
        .init(start: start, count: count, hash: hash, table: 0, asker: row), lookedUpIn: tables)
      if pendingLeads.isFull { resolveLeads() }
    }
  }

  private func resolveLeads() {
    let rows = rows.base
    pendingLeads.resolve(in: tables, tag: nil) { rows[$0].key = $1 }
  }

  private func resolveNotes() {
    let notes = notes.base
    pendingNotes.resolve(in: tables, tag: ValueTag.text) { notes[$0].number = $1 }
  }
}

/// How much text a sheet is made of at most, but for a batch: as some 300,000 events, a busy site's month.
private let sheetTextByteCount = 64 << 20
