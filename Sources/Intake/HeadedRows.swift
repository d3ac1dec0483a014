/// Says what the rows of a file mean, once its columns are known.
protocol RowMapping {
  /// Returns what a row means.
  ///
  /// `madeID`: makes an id from what is given it.
  func map(_ row: Row, madeID: ([UInt8]) -> String) -> MappedRecord
}

/// How a kind of file with columns begins.
protocol RowFormat {
  /// How many lines before the header are no part of the table.
  var headCount: Int { get }
  /// How many rows at the end are none.
  var footCount: Int { get }
  /// Returns how cells are told apart, from the file's first line.
  func syntax(firstLine: UnsafeRawBufferPointer) -> CellSyntax
  /// Returns what the rows mean, from the cells of the first, and whether that is a row and no header.
  ///
  /// - Throws: `FormatFault` where the file is not of the format.
  func begin(_ cells: [String], line: Int) throws -> (mapping: any RowMapping, isRow: Bool)
}

extension RowFormat {
  var headCount: Int { 0 }
  var footCount: Int { 0 }
}

/// Reads a file of rows whose beginning tells what its columns are.
struct HeadedRows<Format: RowFormat>: RecordReader {
  private let format: Format
  private var mark = ByteOrderMark()
  private var start: [UInt8] = []
  private var holder: DelimitedHolder?
  private var mapping: (any RowMapping)?
  private var ids = MadeIDs()
  private let row = Row()
  private var skippedLineCount = 0
  /// The latest rows, as long as they could be the last.
  private var foot: [KeptRow] = []

  init(_ format: Format) {
    self.format = format
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void) throws {
    let (held, rest) = mark.strip(bytes)
    try held.withUnsafeBytes { try read($0, found) }
    try read(rest, found)
  }

  mutating func finish(isCut: Bool, _ found: (Record) throws -> Void) throws {
    try mark.finish().withUnsafeBytes { try read($0, found) }
    if holder == nil, !start.isEmpty { try begin(isLast: true, found) }
    guard var holder else { return }
    let syntax = holder.syntax
    let waits = isCut && !holder.endsInFeed
    var last: KeptRow?
    try holder.finish { held, isSound in
      if let row = last { try handOn(row, syntax, found) }
      last = KeptRow(held, isSound: isSound)
    }
    if let last {
      if waits, mapping != nil {
        foot.append(last)
      } else {
        try handOn(last, syntax, found)
      }
    }
    for row in foot {
      try row.bytes.withUnsafeBytes { bytes in
        let reason = waits && row.line == last?.line ? "unfinished" : "foot"
        try found(
          Record(bytes, byteCount: row.byteCount, line: row.line, outcome: .skipped(reason)))
      }
    }
    foot = []
  }

  private mutating func handOn(
    _ row: KeptRow, _ syntax: CellSyntax, _ found: (Record) throws -> Void
  ) throws {
    try row.bytes.withUnsafeBytes { bytes in
      try handOn(
        HeldRecord(bytes: bytes, byteCount: row.byteCount, line: row.line), isSound: row.isSound,
        syntax, found)
    }
  }

  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void
  ) throws {
    guard var holder else {
      start.append(contentsOf: bytes)
      let isWhole = bytes.contains(UInt8(ascii: "\n")) || start.count > recordByteCountMax
      if isWhole { try begin(isLast: false, found) }
      return
    }
    // Taken out while it works, so that it is not copied.
    self.holder = nil
    defer { self.holder = holder }
    let syntax = holder.syntax
    try holder.take(bytes) { try handOn($0, isSound: $1, syntax, found) }
  }

  /// Begins with the header, once it is whole.
  private mutating func begin(isLast: Bool, _ found: (Record) throws -> Void) throws {
    var text = start[...]
    while skippedLineCount < format.headCount, let end = text.firstIndex(of: UInt8(ascii: "\n")) {
      text = text[(end + 1)...]
      skippedLineCount += 1
    }
    let whole = Array(text)
    let isWhole = whole.contains(UInt8(ascii: "\n")) || whole.count > recordByteCountMax
    if skippedLineCount < format.headCount || !isWhole && !isLast {
      start = whole
      return
    }
    start = []
    try whole.withUnsafeBytes { bytes in
      let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
      holder = DelimitedHolder(
        format.syntax(firstLine: UnsafeRawBufferPointer(rebasing: line)), line: skippedLineCount + 1
      )
      try read(bytes, found)
    }
  }

  private mutating func handOn(
    _ held: HeldRecord, isSound: Bool, _ syntax: CellSyntax, _ found: (Record) throws -> Void
  ) throws {
    if mapping == nil {
      guard isSound, !held.isOverlong, String(validating: held.bytes, as: UTF8.self) != nil else {
        throw FormatFault(line: held.line, message: "the first row is neither a header nor a row")
      }
      let names = cells(of: held.bytes, syntax)
      let beginning = try format.begin(names, line: held.line)
      mapping = beginning.mapping
      if !beginning.isRow { return }
    }
    if format.footCount > 0 {
      foot.append(KeptRow(held, isSound: isSound))
      guard foot.count > format.footCount else { return }
      let row = foot.removeFirst()
      return try row.bytes.withUnsafeBytes { bytes in
        try hand(
          HeldRecord(bytes: bytes, byteCount: row.byteCount, line: row.line), isSound: row.isSound,
          syntax, found)
      }
    }
    try hand(held, isSound: isSound, syntax, found)
  }

  private mutating func hand(
    _ held: HeldRecord, isSound: Bool, _ syntax: CellSyntax, _ found: (Record) throws -> Void
  ) throws {
    let (mapped, isMade) = mapped(held, isSound: isSound, syntax)
    try found(
      Record(
        held.bytes, byteCount: held.byteCount, line: held.line, outcome: mapped.outcome,
        kind: mapped.kind, hasMadeID: isMade, placeholderCount: mapped.placeholderCount,
        hint: mapped.hint))
  }

  private mutating func mapped(
    _ held: HeldRecord, isSound: Bool, _ syntax: CellSyntax
  ) -> (MappedRecord, isMade: Bool) {
    if held.isOverlong { return (.refused("too-long"), false) }
    guard isSound, let mapping else { return (.refused("quotes"), false) }
    guard isUTF8(held.bytes) else {
      var refused = MappedRecord.refused("utf8")
      refused.hint =
        "the text is not UTF-8; if it is of Windows: iconv -f WINDOWS-1252 -t UTF-8 FILE | "
        + "scorebook append …"
      return (refused, false)
    }
    row.cut(held.bytes, syntax)
    // Spreadsheets leave such rows below their data.
    if row.isBlank { return (.skipped("blank"), false) }
    var isMade = false
    let mapped = mapping.map(row) { content in
      isMade = true
      return ids.id(of: content)
    }
    return (mapped, isMade)
  }
}

/// A row that outlives its bytes.
private struct KeptRow {
  let bytes: [UInt8]
  let byteCount: Int
  let line: Int
  let isSound: Bool

  init(_ held: HeldRecord, isSound: Bool) {
    bytes = Array(held.bytes)
    byteCount = held.byteCount
    line = held.line
    self.isSound = isSound
  }
}

/// Returns whether bytes are UTF-8; most are ASCII, which eight at a time tell.
private func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var (at, all) = (0, UInt64(0))
  while at + 8 <= bytes.count {
    all |= bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    at += 8
  }
  while at < bytes.count {
    all |= UInt64(bytes[at])
    at += 1
  }
  return all & 0x8080_8080_8080_8080 == 0 || String(validating: bytes, as: UTF8.self) != nil
}
