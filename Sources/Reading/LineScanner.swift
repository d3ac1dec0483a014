import Definition

/// What kind of value stands in a slot.
enum ValueKind: UInt8 {
  case absent, string, number, yes, no, null, container
}

/// One line's members that somebody asks for, by slot: where their bytes stand and of what kind
/// they are.
///
/// Strings are already free of escapes.
///
/// Members come first, those of `fields` after them. Memory is allocated once, for any line.
package struct Slots {
  let count: Int
  /// The first slot of a member of `fields`.
  let firstField: Int
  let kinds: UnsafeMutablePointer<ValueKind>
  let starts: UnsafeMutablePointer<Position>
  let counts: UnsafeMutablePointer<Int>

  init(members: Int, fields: Int, somewhere: Position) {
    count = members + fields
    firstField = members
    kinds = .allocate(capacity: count)
    kinds.initialize(repeating: .absent, count: count)
    starts = .allocate(capacity: count)
    starts.initialize(repeating: somewhere, count: count)
    counts = .allocate(capacity: count)
    counts.initialize(repeating: 0, count: count)
  }

  @inline(__always)
  package func clear(from first: Int) {
    for slot in first..<count { kinds[slot] = .absent }
  }

  func deallocate() {
    kinds.deallocate()
    starts.deallocate()
    counts.deallocate()
  }
}

/// Where in the scanner's own memory the room for other texts begins.
private let roomStart = lineByteCountMax + 16
private let scratchByteCount = roomStart + lineByteCountMax / 2 * 3 + 16

/// Scans lines of JSON into slots, checking every byte of them against RFC 8259.
final class LineScanner {
  let slots: Slots
  private let members: MemberTable
  private var forecast = MemberForecast()
  private let fields: MemberTable
  /// The member whose value is an object of attributes.
  private let fieldsSlot: Int
  /// Texts that had escapes, resolved; a line's texts together are shorter than the line.
  ///
  /// Behind them is room for what a line's texts are made to be.
  private let scratch: UnsafeMutablePointer<UInt8>
  private var scratchCount = 0
  private var marks = StringMarks()
  private var tooDeep = false

  /// `members`: the members asked for, `fields` among them.
  ///
  /// `fields`: the members of `fields` asked for.
  init(members: [String], fields: [String], fieldsSlot: Int) {
    scratch = .allocate(capacity: scratchByteCount)
    scratch.initialize(repeating: 0, count: roomStart)
    slots = Slots(members: members.count, fields: fields.count, somewhere: scratch)
    self.members = MemberTable(members)
    self.fields = MemberTable(fields, firstSlot: members.count)
    self.fieldsSlot = fieldsSlot
  }

  deinit {
    slots.deallocate()
    members.deallocate()
    forecast.deallocate()
    fields.deallocate()
    scratch.deallocate()
  }

  private func hasScratch(for byteCount: Int) -> Bool {
    scratchCount + byteCount <= lineByteCountMax
  }

  /// Whether a text stands in the scanner's own memory, which the next line uses again.
  @inline(__always)
  func isScratch(_ text: Position) -> Bool {
    text >= UnsafePointer(scratch)
      && text < UnsafePointer(scratch) + scratchByteCount
  }

  /// Room for other texts of the line scanned last, if all of them are folded.
  var room: UnsafeMutablePointer<UInt8> { scratch + roomStart }

  /// Scans a line; returns the position behind it, or nil where it is not one JSON object.
  ///
  /// `line`: its bytes, with a line feed or a zero behind them and 16 readable bytes more.
  @inline(__always)
  func scan(_ line: Position) -> Position? {
    slots.clear(from: 0)
    scratchCount = 0
    marks = StringMarks()
    tooDeep = false
    let start = skipSpace(line)
    guard start.pointee == 0x7b else { return nil }
    return scanMembers(start + 1).map(skipSpace)
  }

  /// Whether the line scanned last, which is JSON, is well-formed UTF-8.
  @inline(__always)
  func isText(_ line: Position, _ count: Int) -> Bool {
    marks.highBits == 0 || isUTF8(line, count)
  }

  /// Returns why a line is refused that was scanned and is not an object.
  func fault(_ line: Position, _ count: Int) -> Refusal {
    if count > lineByteCountMax { return .tooLong }
    if !isUTF8(line, count) { return .utf8 }
    let start = skipSpace(line)
    // Never an object, but it may still be nested too deeply, which comes first.
    if start.pointee != 0x7b { _ = skipValue(start, depth: 0) }
    return tooDeep ? .nesting : .json
  }

  /// Scans the members of the event from behind its opening brace.
  private func scanMembers(_ position: Position) -> Position? {
    var p = skipSpace(position)
    if p.pointee == 0x7d { return p + 1 }
    var name = MemberForecast.start
    while true {
      let slot: Int
      if let guess = forecast.guess(after: name, at: p) {
        (name, slot) = (guess.name, guess.slot)
        p = skipSpace(p + guess.byteCount)
      } else {
        guard p.pointee == 0x22, let nameEnd = scanString(p + 1, &marks) else { return nil }
        slot = self.slot(in: members, p + 1, nameEnd)
        if nameEnd[1] == 0x3a, !marks.escaped {
          name = forecast.learn(p, nameEnd + 2 - p, slot: slot, after: name)
        }
        p = skipSpace(nameEnd + 1)
        guard p.pointee == 0x3a else { return nil }
        p = skipSpace(p + 1)
      }
      if slot == fieldsSlot {
        // Of `fields` given twice the last counts, whatever it is.
        slots.clear(from: slots.firstField)
        let isObject = p.pointee == 0x7b
        slots.kinds[slot] = isObject ? .container : .absent
        guard let behind = isObject ? scanFields(p + 1) : skipValue(p, depth: 1)
        else { return nil }
        p = behind
      } else {
        guard let behind = scanValue(p, into: slot, depth: 1) else { return nil }
        p = behind
      }
      p = skipSpace(p)
      if p.pointee == 0x2c {
        p = skipSpace(p + 1)
      } else {
        return p.pointee == 0x7d ? p + 1 : nil
      }
    }
  }

  /// Scans the members of `fields` from behind its opening brace.
  private func scanFields(_ position: Position) -> Position? {
    var p = skipSpace(position)
    if p.pointee == 0x7d { return p + 1 }
    while true {
      guard p.pointee == 0x22, let nameEnd = scanString(p + 1, &marks) else { return nil }
      let slot = self.slot(in: fields, p + 1, nameEnd)
      p = skipSpace(nameEnd + 1)
      guard p.pointee == 0x3a else { return nil }
      guard let behind = scanValue(skipSpace(p + 1), into: slot, depth: 2) else { return nil }
      p = skipSpace(behind)
      if p.pointee == 0x2c {
        p = skipSpace(p + 1)
      } else {
        return p.pointee == 0x7d ? p + 1 : nil
      }
    }
  }

  @inline(__always)
  private func slot(in table: MemberTable, _ start: Position, _ end: Position) -> Int {
    if marks.escaped {
      guard hasScratch(for: end - start) else { return -1 }
      let count = unescape(start, end - start, into: scratch + scratchCount)
      return table.slot(scratch + scratchCount, count)
    }
    return table.slot(start, end - start)
  }

  /// Scans one value into a slot, or past it where the slot is -1.
  @inline(__always)
  private func scanValue(_ p: Position, into slot: Int, depth: Int) -> Position? {
    let behind: Position
    let kind: ValueKind
    switch p.pointee {
    case 0x22:
      guard let closing = scanString(p + 1, &marks) else { return nil }
      if slot >= 0 { keepString(p + 1, closing - (p + 1), in: slot) }
      return closing + 1
    case 0x2d, 0x30...0x39:
      guard let end = scanNumber(p) else { return nil }
      behind = end
      kind = .number
    case 0x74, 0x66, 0x6e:
      guard let end = scanLiteral(p) else { return nil }
      behind = end
      kind = p.pointee == 0x74 ? .yes : p.pointee == 0x66 ? .no : .null
    default:
      guard let end = skipValue(p, depth: depth) else { return nil }
      behind = end
      kind = .container
    }
    if slot >= 0 {
      slots.kinds[slot] = kind
      slots.starts[slot] = p
      slots.counts[slot] = behind - p
    }
    return behind
  }

  @inline(__always)
  private func keepString(_ start: Position, _ count: Int, in slot: Int) {
    slots.kinds[slot] = .string
    if marks.escaped {
      // Only a line that is too long has more, and that is refused for its length.
      guard hasScratch(for: count) else { return }
      let text = scratch + scratchCount
      let textCount = unescape(start, count, into: text)
      scratchCount += textCount
      slots.starts[slot] = UnsafePointer(text)
      slots.counts[slot] = textCount
    } else {
      slots.starts[slot] = start
      slots.counts[slot] = count
    }
  }

  /// Skips any value, checking it; open brackets are kept in the bits of one word.
  private func skipValue(_ position: Position, depth outer: Int) -> Position? {
    var p = position
    var depth = outer
    // Bit 0: whether the innermost open bracket is a brace.
    var braces: UInt64 = 0
    var valueIsDue = true
    while true {
      if valueIsDue {
        switch p.pointee {
        case 0x22:
          guard let closing = scanString(p + 1, &marks) else { return nil }
          p = closing + 1
        case 0x7b, 0x5b:
          guard depth < openBracketsMax else {
            tooDeep = true
            return nil
          }
          let isBrace = p.pointee == 0x7b
          depth += 1
          braces = braces << 1 | (isBrace ? 1 : 0)
          p = skipSpace(p + 1)
          if p.pointee != (isBrace ? 0x7d : 0x5d) {
            if isBrace {
              guard let value = skipName(p) else { return nil }
              p = value
            }
            continue
          }
          p += 1
          depth -= 1
          braces >>= 1
        case 0x2d, 0x30...0x39:
          guard let end = scanNumber(p) else { return nil }
          p = end
        default:
          guard let end = scanLiteral(p) else { return nil }
          p = end
        }
      }
      if depth == outer { return p }
      p = skipSpace(p)
      let isBrace = braces & 1 == 1
      if p.pointee == 0x2c {
        p = skipSpace(p + 1)
        if isBrace {
          guard let value = skipName(p) else { return nil }
          p = value
        }
        valueIsDue = true
      } else {
        guard p.pointee == (isBrace ? 0x7d : 0x5d) else { return nil }
        p += 1
        depth -= 1
        braces >>= 1
        valueIsDue = false
      }
    }
  }

  /// Skips a member's name and colon; returns where its value begins.
  private func skipName(_ position: Position) -> Position? {
    guard position.pointee == 0x22, let closing = scanString(position + 1, &marks) else {
      return nil
    }
    let p = skipSpace(closing + 1)
    return p.pointee == 0x3a ? skipSpace(p + 1) : nil
  }
}
