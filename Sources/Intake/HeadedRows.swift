/// Says what the rows of a file mean, once its columns are known.
protocol RowMapping {
  /// Returns what a row means.
  ///
  /// `madeID`: makes an id from what is given it.
  func map(_ row: Row, madeID: ([UInt8]) -> String) -> MappedRecord
}

/// One row of a file.
struct Row {
  let cells: [[UInt8]]
  /// As it stands in the file.
  let bytes: UnsafeRawBufferPointer

  /// Returns the text of a cell; nil if it is empty.
  func text(_ index: Int) -> String? {
    cells[index].isEmpty ? nil : String(decoding: cells[index], as: UTF8.self)
  }
}

/// How a kind of file with columns begins.
protocol RowFormat {
  /// Returns how cells are told apart, from the file's first line.
  func syntax(firstLine: UnsafeRawBufferPointer) -> CellSyntax
  /// Returns what the rows mean, from the cells of the first, and whether that is a row and no header.
  ///
  /// - Throws: `FormatFault` where the file is not of the format.
  func begin(_ cells: [String], line: Int) throws -> (mapping: any RowMapping, isRow: Bool)
}

/// Reads a file of rows whose beginning tells what its columns are.
struct HeadedRows<Format: RowFormat>: RecordReader {
  private let format: Format
  private var mark = ByteOrderMark()
  private var start: [UInt8] = []
  private var holder: DelimitedHolder?
  private var mapping: (any RowMapping)?
  private var ids = MadeIDs()

  init(_ format: Format) {
    self.format = format
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void) throws {
    let (held, rest) = mark.strip(bytes)
    try held.withUnsafeBytes { try read($0, found) }
    try read(rest, found)
  }

  mutating func finish(_ found: (Record) throws -> Void) throws {
    try mark.finish().withUnsafeBytes { try read($0, found) }
    if holder == nil, !start.isEmpty { try begin(found) }
    guard var holder else { return }
    let syntax = holder.syntax
    try holder.finish { try handOn($0, isSound: $1, syntax, found) }
  }

  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void
  ) throws {
    guard var holder else {
      start.append(contentsOf: bytes)
      let isWhole = bytes.contains(UInt8(ascii: "\n")) || start.count > recordByteCountMax
      if isWhole { try begin(found) }
      return
    }
    // Taken out while it works, so that it is not copied.
    self.holder = nil
    defer { self.holder = holder }
    let syntax = holder.syntax
    try holder.take(bytes) { try handOn($0, isSound: $1, syntax, found) }
  }

  private mutating func begin(_ found: (Record) throws -> Void) throws {
    let text = start
    start = []
    try text.withUnsafeBytes { bytes in
      let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
      holder = DelimitedHolder(format.syntax(firstLine: UnsafeRawBufferPointer(rebasing: line)))
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
      let names = cells(of: held.bytes, syntax).map { String(decoding: $0, as: UTF8.self) }
      let beginning = try format.begin(names, line: held.line)
      mapping = beginning.mapping
      if !beginning.isRow { return }
    }
    let (mapped, isMade) = mapped(held, isSound: isSound, syntax)
    try found(
      Record(
        held.bytes, byteCount: held.byteCount, line: held.line, outcome: mapped.outcome,
        kind: mapped.kind, hasMadeID: isMade))
  }

  private mutating func mapped(
    _ held: HeldRecord, isSound: Bool, _ syntax: CellSyntax
  ) -> (MappedRecord, isMade: Bool) {
    if held.isOverlong { return (.refused("too-long"), false) }
    guard isSound, let mapping else { return (.refused("quotes"), false) }
    guard String(validating: held.bytes, as: UTF8.self) != nil else {
      return (.refused("utf8"), false)
    }
    let cells = cells(of: held.bytes, syntax)
    // Spreadsheets leave such rows below their data.
    if cells.allSatisfy(\.isEmpty) { return (.skipped("blank"), false) }
    var isMade = false
    let row = Row(cells: cells, bytes: held.bytes)
    let mapped = mapping.map(row) { content in
      isMade = true
      return ids.id(of: content)
    }
    return (mapped, isMade)
  }
}
