/// Cuts JSON text into its records.
///
/// Records are objects one after another, elements of an array, or elements of the array in a wrapping object such as
/// `{"batch": […]}`. No more than one is held, however long the text.
///
/// What stands between records (blanks, commas, the rest of a wrapping object) is passed over. Whether a record is
/// sound JSON is for its parser to say; what matters here is that a broken record does not take the records behind
/// it along. If the first whole record fits on a line, all must; else one ends, at the latest, where a line begins
/// as the record did.
struct JSONHolder {
  private enum Place {
    case between, record, scrap
    /// What follows the array in a wrapping object.
    case wrapperRest
  }

  /// What is open around the records.
  private struct Level {
    let isArray: Bool
    let line: Int
    /// How many elements of it have begun.
    var count = 0
  }

  private let wrapperNames: [[UInt8]]
  private var holder = RecordHolder()
  private var place = Place.between
  private var levels: [Level] = []
  private var line = 1
  private var recordLine = 1
  private var recordNumber: Int?
  /// Brackets open within the record, or within the rest of a wrapping object.
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Blanks at the beginning of the line at hand; nil behind its first other byte.
  private var indent: Int? = 0
  private var recordIndent = -1
  private var recordsFitLines: Bool?
  /// Whether members of a record begin no deeper in their lines than the record itself.
  private var isFlat = false
  private var memberName = MemberName()

  /// - Parameter wrapperNames: names of the members that wrap an array of records.
  init(wrapperNames: [String] = []) {
    self.wrapperNames = wrapperNames.map { Array($0.utf8) }
  }

  mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ body: (HeldRecord) throws -> Void
  ) throws {
    var at = 0
    while at < bytes.count {
      let plain = plainText(bytes, from: at)
      if !plain.isEmpty {
        holder.append(plain)
        memberName.append(plain)
        indent = nil
        at += plain.count
        continue
      }
      let byte = bytes[at]
      at += 1
      try step(byte, body)
      if byte == UInt8(ascii: "\n") {
        line += 1
        indent = 0
      } else if byte == 0x20 || byte == 0x09 {
        indent = indent.map { $0 + 1 }
      } else {
        indent = nil
      }
    }
  }

  /// Returns what stands here of a record's text up to the next byte that means something; most of JSON is that.
  private func plainText(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UnsafeRawBufferPointer
  {
    var end = start
    if place == .record, isInString, !isEscaped {
      while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"),
        bytes[end] != UInt8(ascii: "\n")
      { end += 1 }
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  mutating func finish(_ body: (HeldRecord) throws -> Void) throws {
    // An array that nothing closes has lost its end, and perhaps records.
    if place == .between, !levels.isEmpty { try closeLevels(body) }
    if place != .between { try handOn(body) }
    levels = []
  }

  private mutating func step(_ byte: UInt8, _ body: (HeldRecord) throws -> Void) throws {
    switch place {
    case .between: try stepBetween(byte, body)
    case .record: try stepInRecord(byte, body)
    case .scrap: try stepInScrap(byte, body)
    case .wrapperRest: try stepInWrapperRest(byte, body)
    }
  }

  private mutating func begin(_ place: Place, depth: Int = 0) {
    self.place = place
    self.depth = depth
    recordNumber = nil
    if place != .wrapperRest, levels.last?.isArray == true {
      levels[levels.count - 1].count += 1
      recordNumber = levels[levels.count - 1].count
    }
    recordLine = line
    recordIndent = indent ?? -1
    isInString = false
    isEscaped = false
    memberName = MemberName()
  }

  private mutating func handOn(_ body: (HeldRecord) throws -> Void) throws {
    place = .between
    try holder.hand(on: recordLine, number: recordNumber, body)
  }

  private mutating func stepBetween(_ byte: UInt8, _ body: (HeldRecord) throws -> Void) throws {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","): return
    case UInt8(ascii: "{"):
      begin(.record, depth: 1)
      holder.append(byte)
      memberName.isExpected = true
    case UInt8(ascii: "["):
      let isNested = levels.last?.isArray == true
      if isNested, indent == nil || recordsFitLines != true {
        begin(.record, depth: 1)
        holder.append(byte)
      } else {
        // Where records fit on lines, an array that begins a line is not an element of the one before.
        if isNested { try closeLevels(body) }
        levels.append(Level(isArray: true, line: line))
      }
    case UInt8(ascii: "]") where levels.last?.isArray == true: endArray()
    default:
      begin(.scrap)
      try stepInScrap(byte, body)
    }
  }

  private mutating func endArray() {
    levels.removeLast()
    if !levels.isEmpty { begin(.wrapperRest) }
  }

  /// Gives up all that is open around the records, and tells so by a record of one bracket.
  private mutating func closeLevels(_ body: (HeldRecord) throws -> Void) throws {
    levels = []
    holder.clear()
    holder.append(UInt8(ascii: "["))
    recordLine = line
    recordNumber = nil
    try handOn(body)
  }

  private mutating func stepInRecord(_ byte: UInt8, _ body: (HeldRecord) throws -> Void) throws {
    let isFeed = byte == UInt8(ascii: "\n")
    if isFeed, isInString || recordsFitLines == true { return try breakRecord(body) }
    if isInString {
      holder.append(byte)
      return stepInString(byte)
    }
    if let indent, line > recordLine, beginsAnother(byte, indent) {
      try handOn(body)
      return try stepBetween(byte, body)
    }
    if byte == UInt8(ascii: "["), depth == 1, memberName.hasColon, isWrapper {
      return beginWrapper()
    }
    holder.append(byte)
    memberName.step(byte, depth: depth)
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 0 {
        if recordsFitLines == nil { recordsFitLines = line == recordLine }
        try handOn(body)
      }
    default: break
    }
  }

  private mutating func stepInString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      memberName.end()
      return
    }
    memberName.append(byte)
  }

  /// Returns whether the first byte of a line begins another record, the one at hand being broken.
  private mutating func beginsAnother(_ byte: UInt8, _ indent: Int) -> Bool {
    guard byte != 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D else { return false }
    if line == recordLine + 1, byte == UInt8(ascii: "\""), indent <= recordIndent { isFlat = true }
    return byte == UInt8(ascii: "{") && indent == recordIndent && !isFlat
  }

  private var isWrapper: Bool {
    (levels.isEmpty || recordIndent >= 0) && wrapperNames.contains(memberName.text)
  }

  private mutating func beginWrapper() {
    holder.clear()
    place = .between
    levels = [Level(isArray: false, line: recordLine), Level(isArray: true, line: line)]
  }

  /// Hands on a record that its line's end cuts off, and closes what was opened on that line.
  private mutating func breakRecord(_ body: (HeldRecord) throws -> Void) throws {
    while let last = levels.last, last.line == line, recordsFitLines == true { levels.removeLast() }
    try handOn(body)
  }

  private mutating func stepInScrap(_ byte: UInt8, _ body: (HeldRecord) throws -> Void) throws {
    let isInArray = levels.last?.isArray == true
    if byte == UInt8(ascii: "\n") { return try handOn(body) }
    if !isInString, isInArray, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
      try handOn(body)
      return try stepBetween(byte, body)
    }
    holder.append(byte)
    if isInString { stepInString(byte) } else if byte == UInt8(ascii: "\"") { isInString = true }
  }

  private mutating func stepInWrapperRest(
    _ byte: UInt8, _ body: (HeldRecord) throws -> Void
  ) throws {
    let isFeed = byte == UInt8(ascii: "\n")
    if isFeed, isInString || recordsFitLines == true && levels.last?.line == line {
      return try closeLevels(body)
    }
    if isInString { return stepInString(byte) }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth < 0 {
        place = .between
        levels.removeLast()
      }
    default: break
    }
  }
}
