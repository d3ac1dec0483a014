import Definition

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Decodes one segment's lines into a sheet.
///
/// One worker owns it from the first line to `seal()`.
package final class SegmentDecoder {
  var keys = KeyTable()
  /// The values met of each attribute, then the accounts named, then the outcomes.
  let dictionaries: [TextDictionary]
  /// The events in the order of lines; until they are sealed, `noteCount` is where their notes end.
  var rows = Column<SheetRow>()
  /// The key of each row.
  var rowKeys = Column<UInt32>()
  var notes = Column<Note>()
  var merges = Column<MergeEntry>(capacity: 16)
  var forgets = Column<ForgetEntry>(capacity: 16)
  var refusals = Column<RefusalEntry>(capacity: 16)
  var refusedText = Column<UInt8>(capacity: 256)
  var lineCount = 0
  let classifier: Classifier

  private let plan: ReadingPlan
  private let reader: EnvelopeReader
  private let properties: [(index: UInt16, slot: Int)]
  private let answerSlot: Int?
  private let derivesPath: Bool

  package init(plan: ReadingPlan) {
    let layout = SlotLayout(plan)
    self.plan = plan
    reader = EnvelopeReader(members: layout.members, fields: layout.fields)
    classifier = Classifier(plan: plan, slot: layout.slot(of:))
    dictionaries = (0..<plan.attributes.count + 2).map { _ in TextDictionary() }
    properties = plan.onceProperties.enumerated()
      .map { (UInt16($0.offset), layout.slot(of: $0.element)) }
    answerSlot = plan.answerValue.map(layout.slot(of:))
    derivesPath = layout.asksFor(.member("path"))
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
    while start < end {
      let feed = memchr(start, 0x0a, end - start)
      let lineEnd = feed.map { Position($0.assumingMemoryBound(to: UInt8.self)) } ?? end
      decodeLine(start, lineEnd - start, UInt32(clamping: line))
      start = lineEnd + 1
      line += 1
    }
  }

  /// Refuses a line that was too long to be held, of which only the beginning is known.
  package func refuseOverlong(_ beginning: UnsafeRawBufferPointer, byteCount: Int, line: Int) {
    lineCount += 1
    guard let base = beginning.baseAddress else { return }
    keepRefused(
      .tooLong, base.assumingMemoryBound(to: UInt8.self), beginning.count, of: byteCount,
      UInt32(clamping: line))
  }

  @inline(__always)
  private func decodeLine(_ start: Position, _ count: Int, _ line: UInt32) {
    if count == 0 || start.pointee != 0x7b && isBlank(start, count) { return }
    lineCount += 1
    do throws(Refusal) {
      take(try reader.read(start, count), line)
    } catch {
      keepRefused(error, start, count, of: count, line)
    }
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
    let key = kind == .accountProfile ? accountKey(slots) : leadKey(.lead, slots)
    switch kind {
    case .forget:
      forgets.append(ForgetEntry(time: event.time, lead: key))
      return
    case .merge:
      merges.append(
        MergeEntry(
          time: event.time, id: id, lead: key, from: leadKey(.from, slots), line: line))
    case .ordinary, .profile, .accountProfile, .outcome: break
    }

    var duration: UInt32 = 0
    let eventClass: UInt32
    if kind == .ordinary {
      if derivesPath { slots.derivePath() }
      eventClass = classifier.classify(slots, isPageView: event.isPageView)
      let traits = classifier.traits[Int(eventClass)]
      if traits.isActivity {
        if event.isPageView { duration = slots.duration() }
        for property in properties { noteOnce(property.index, property.slot, slots) }
      }
      if traits.isAnswer, let answerSlot { noteAnswer(answerSlot, slots) }
    } else {
      eventClass = classifier.classify(kind)
    }
    noteFacts(kind, slots)
    rowKeys.append(key)
    rows.append(
      SheetRow(
        time: event.time, id: id, line: line, duration: duration, eventClass: eventClass,
        noteCount: UInt32(notes.count)))
  }

  /// Keeps what the event says about the lead, or the account: its account and attributes.
  private func noteFacts(_ kind: EventKind, _ slots: Slots) {
    if kind == .outcome {
      note(.outcome, in: plan.attributes.count + 1, Member.outcome.rawValue, slots)
      return
    }
    if kind != .accountProfile, slots.kind(.account) == .string {
      note(.account, in: plan.attributes.count, Member.account.rawValue, slots)
    }
    for index in plan.attributes.indices {
      let slot = slots.firstField + index
      switch slots.kinds[slot] {
      case .absent, .container: continue
      case .null:
        notes.append(Note(kind: .removal, index: UInt16(index), payload: 0))
      case .string, .number, .yes, .no:
        note(.attribute, in: index, slot, slots)
      }
    }
  }

  /// Notes the number of a slot's value in a dictionary; a number beyond its range is absent.
  private func note(
    _ kind: FactKind, in dictionary: Int, _ slot: Int, _ slots: Slots
  ) {
    guard let number = dictionaries[dictionary].number(of: slot, slots) else { return }
    notes.append(
      Note(
        kind: kind, index: UInt16(truncatingIfNeeded: dictionary), payload: UInt64(number)))
  }

  private func noteAnswer(_ slot: Int, _ slots: Slots) {
    let answer = slots.number(slot) ?? .nan
    notes.append(Note(kind: .answer, index: 0, payload: answer.bitPattern))
  }

  @inline(__always)
  private func noteOnce(_ index: UInt16, _ slot: Int, _ slots: Slots) {
    guard let hash = slots.textHash(slot) else { return }
    notes.append(Note(kind: .once, index: index, payload: hash))
  }

  @inline(__always)
  private func leadKey(_ member: Member, _ slots: Slots) -> UInt32 {
    let start = slots.start(member)
    let count = slots.count(member)
    return keys.number(of: start, count, hash: keyHash(start, count))
  }

  private func accountKey(_ slots: Slots) -> UInt32 {
    let start = slots.start(.account)
    let count = slots.count(.account)
    let hash = keyHash(start, count, seed: UInt64(Sheet.accountMark))
    return keys.number(of: start, count, hash: hash, tag: Sheet.accountMark)
  }
}
