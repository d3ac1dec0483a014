import Files
import Notation
import Workers

/// Writes a table as a Parquet file, a group of rows at a time.
///
/// No more of the format than is needed: one page a column and group, values plain or in a dictionary, gzip, and
/// a footer that has the least and greatest value of each.
final class ParquetFile {
  private let file: ExportFile
  private let columns: [ColumnBuffer]
  /// The columns whose cells are the same in all rows.
  private let constants: [(buffer: ColumnBuffer, text: String)]
  private var groups: [Group] = []
  private var byteCount = 0
  private let jobs: Int

  /// What the footer says of a group of rows; the pages are in the file.
  private struct Group {
    var chunks: [ColumnChunk]
    var starts: [Int]
    var rowCount: Int
    var plainByteCount: Int
    var byteCount: Int
  }

  /// As many as other writers put into a group (DuckDB 122,880), so that readers share out the work.
  private static let groupRowCount = 1 << 17
  /// What cells may take until a group is ended early, where they are long.
  private static let groupByteCount = 64 << 20
  private static let magic = Array("PAR1".utf8)

  init(_ path: String, _ table: ExportTable, _ origin: ExportOrigin, jobs: Int) throws {
    file = try ExportFile(path)
    self.jobs = jobs
    columns = table.columns.indices.map {
      ColumnBuffer(table.columns[$0], isNullable: $0 >= table.keyCount)
    }
    constants = origin.columns.map { (ColumnBuffer($0.column, isNullable: true), $0.text) }
    append(ParquetFile.magic)
  }

  /// Takes the row at hand.
  func append(_ rows: ExportRows) throws {
    for index in columns.indices { try columns[index].append(rows, index) }
    let rowCount = columns[0].rowCount
    if rowCount == ParquetFile.groupRowCount
      || rowCount % 1024 == 0
        && columns.reduce(0, { $0 + $1.byteCount }) > ParquetFile.groupByteCount
    {
      try endGroup()
    }
  }

  func finish(_ metadata: [(key: String, value: String)]) throws {
    if columns[0].rowCount > 0 { try endGroup() }
    let footer = footer(metadata)
    append(footer)
    var length: [UInt8] = []
    length.appendLittleEndian(UInt32(footer.count))
    append(length + ParquetFile.magic)
    try file.commit()
  }

  private func append(_ bytes: [UInt8]) {
    file.bytes += bytes
    byteCount += bytes.count
  }

  /// Encodes the columns side by side.
  private func endGroup() throws {
    let rowCount = columns[0].rowCount
    for (buffer, text) in constants { buffer.fill(text, rowCount: rowCount) }
    let buffers = columns + constants.map(\.buffer)
    let slots = Slots<ColumnChunk>(buffers.count)
    try parallel(buffers.count, jobs: jobs, makeWorker: { _ in GzipEncoder() }) { gzip, index in
      slots[index] = ColumnChunk(buffers[index], gzip)
    }
    for buffer in buffers { buffer.removeAll() }
    var group = Group(
      chunks: [], starts: [], rowCount: rowCount, plainByteCount: 0, byteCount: 0)
    for var chunk in slots.elements {
      group.starts.append(byteCount)
      group.plainByteCount += chunk.plainByteCount
      group.byteCount += chunk.bytes.count
      append(chunk.bytes)
      try file.flush()
      chunk.pageByteCount = chunk.bytes.count
      chunk.bytes = []
      group.chunks.append(chunk)
    }
    groups.append(group)
  }

  private func footer(_ metadata: [(key: String, value: String)]) -> [UInt8] {
    var thrift = ThriftCompact()
    let buffers = columns + constants.map(\.buffer)
    thrift.bare { thrift in
      thrift.int(1, 1)
      thrift.structures(2, [nil] + buffers) { element, buffer in
        guard let buffer else {
          element.text(4, "schema")
          return element.int(5, buffers.count)
        }
        element.schema(buffer)
      }
      thrift.long(3, groups.reduce(0) { $0 + $1.rowCount })
      thrift.structures(4, groups) { element, group in
        element.structures(1, Array(zip(group.chunks, group.starts))) { element, chunk in
          element.chunk(chunk.0, at: chunk.1)
        }
        element.long(2, group.plainByteCount)
        element.long(3, group.rowCount)
        element.long(5, group.starts.first ?? 0)
        element.long(6, group.byteCount)
      }
      thrift.structures(5, metadata) { element, entry in
        element.text(1, entry.key)
        element.text(2, entry.value)
      }
      thrift.text(6, "Scorebook")
      // Bounds are compared by type: numbers as such, texts by their bytes.
      thrift.structures(7, buffers) { order, _ in order.structure(1) { _ in } }
    }
    return thrift.bytes
  }
}

/// The physical types by the numbers of the format.
private enum ParquetType {
  static let boolean = 0
  static let int64 = 2
  static let bytes = 6

  static func of(_ kind: ExportColumn.Kind) -> Int {
    switch kind {
    case .truth: boolean
    case .integer, .decimal, .time: int64
    case .text: bytes
    }
  }
}

extension ThriftCompact {
  /// What a column is, by the older of the two ways too.
  fileprivate mutating func schema(_ buffer: ColumnBuffer) {
    let kind = buffer.column.kind
    int(1, ParquetType.of(kind))
    int(3, buffer.isNullable ? 1 : 0)
    text(4, buffer.column.name)
    switch kind {
    case .text:
      int(6, 0)
      structure(10) { $0.structure(1) { _ in } }
    case .decimal(let places): decimal(places)
    case .time:
      int(6, 9)
      structure(10) { type in
        type.structure(8) { time in
          time.bool(1, true)
          time.structure(2) { $0.structure(1) { _ in } }
        }
      }
    case .integer:
      int(6, 18)
      structure(10) { type in
        type.structure(10) {
          $0.byte(1, 64)
          $0.bool(2, true)
        }
      }
    case .truth: break
    }
  }

  private mutating func decimal(_ places: Int) {
    int(6, 5)
    int(7, places)
    int(8, decimalDigitCount)
    structure(10) { type in
      type.structure(5) {
        $0.int(1, places)
        $0.int(2, decimalDigitCount)
      }
    }
  }

  fileprivate mutating func chunk(_ chunk: ColumnChunk, at start: Int) {
    long(2, start)
    structure(3) { data in
      data.int(1, ParquetType.of(chunk.column.kind))
      data.ints(
        2,
        chunk.dictionaryByteCount == nil
          ? [ParquetEncoding.plain, ParquetEncoding.hybrid]
          : [ParquetEncoding.plain, ParquetEncoding.hybrid, ParquetEncoding.dictionary])
      data.texts(3, [chunk.column.name])
      // Gzip.
      data.int(4, 2)
      data.long(5, chunk.rowCount)
      data.long(6, chunk.plainByteCount)
      data.long(7, chunk.pageByteCount)
      data.long(9, start + (chunk.dictionaryByteCount ?? 0))
      if chunk.dictionaryByteCount != nil { data.long(11, start) }
      data.structure(12) { statistics in
        statistics.long(3, chunk.nullCount)
        if let bounds = chunk.bounds {
          statistics.binary(5, bounds.greatest)
          statistics.binary(6, bounds.least)
        }
      }
    }
  }
}

/// As many digits as whole numbers of 64 bits are sure to have.
private let decimalDigitCount = 18
