/// A column in one group of rows, as it stands in the file.
struct ColumnChunk: Sendable {
  /// The pages.
  var bytes: [UInt8] = []
  var column: ExportColumn
  var rowCount: Int
  var nullCount: Int
  /// How many bytes the pages have, once they are written.
  var pageByteCount = 0
  /// Without compression.
  var plainByteCount = 0
  /// Of the page with the dictionary, where there is one.
  var dictionaryByteCount: Int?
  /// The least and greatest value; nil where there is none, or one is long.
  var bounds: (least: [UInt8], greatest: [UInt8])?

  /// A bound that is longer helps no reader.
  private static let boundByteCountMax = 256

  init(_ buffer: ColumnBuffer, _ gzip: GzipEncoder) {
    column = buffer.column
    rowCount = buffer.rowCount
    nullCount = buffer.nullCount
    var page: [UInt8] = []
    if buffer.isNullable { page = ColumnChunk.levels(of: buffer) }
    let dictionary = buffer.dictionary()
    if let dictionary {
      var values: [UInt8] = []
      for index in dictionary.firsts { buffer.appendPlain(index, to: &values) }
      addPage(values, gzip, .dictionary) { header in
        header.structure(7) {
          $0.int(1, dictionary.firsts.count)
          $0.int(2, ParquetEncoding.plain)
          $0.bool(3, false)
        }
      }
      dictionaryByteCount = bytes.count
      page.append(UInt8(dictionary.width))
      appendHybrid(dictionary.places, width: dictionary.width, to: &page)
    } else {
      buffer.appendPlain(to: &page)
    }
    addPage(page, gzip, .data) { header in
      header.structure(5) {
        $0.int(1, buffer.rowCount)
        $0.int(2, dictionary == nil ? ParquetEncoding.plain : ParquetEncoding.dictionary)
        $0.int(3, ParquetEncoding.hybrid)
        $0.int(4, ParquetEncoding.hybrid)
      }
    }
    bounds = buffer.bounds(of: dictionary?.firsts).flatMap { least, greatest in
      let isShort = max(least.count, greatest.count) <= ColumnChunk.boundByteCountMax
      return isShort ? (least, greatest) : nil
    }
  }

  /// Behind their length: which rows have a value.
  private static func levels(of buffer: ColumnBuffer) -> [UInt8] {
    var levels: [UInt8] = []
    appendHybrid(buffer.levels, width: 1, to: &levels)
    var bytes: [UInt8] = []
    bytes.appendLittleEndian(UInt32(levels.count))
    return bytes + levels
  }

  /// `kind`: that of the page, and what writes its own part of the header.
  private mutating func addPage(
    _ page: [UInt8], _ gzip: GzipEncoder, _ kind: ParquetPage,
    _ special: (inout ThriftCompact) -> Void
  ) {
    let compressed = gzip.compress(page)
    var header = ThriftCompact()
    header.bare {
      $0.int(1, kind.rawValue)
      $0.int(2, page.count)
      $0.int(3, compressed.count)
      special(&$0)
    }
    plainByteCount += header.bytes.count + page.count
    bytes += header.bytes + compressed
  }
}

private enum ParquetPage: Int {
  case data = 0
  case dictionary = 2
}

/// How values are written, by the numbers of the format.
enum ParquetEncoding {
  static let plain = 0
  static let hybrid = 3
  static let dictionary = 8
}

extension ColumnBuffer {
  /// All values as they are.
  fileprivate func appendPlain(to bytes: inout [UInt8]) {
    if column.kind == .truth { return appendBits(to: &bytes) }
    for index in 0..<valueCount { appendPlain(index, to: &bytes) }
  }

  fileprivate func appendPlain(_ index: Int, to bytes: inout [UInt8]) {
    switch column.kind {
    case .text:
      let range = textRange(index)
      bytes.appendLittleEndian(UInt32(range.count))
      bytes += text[range]
    case .integer, .decimal, .time, .truth: bytes.appendLittleEndian(numbers[index])
    }
  }

  private func appendBits(to bytes: inout [UInt8]) {
    for start in stride(from: 0, to: numbers.count, by: 8) {
      var byte: UInt8 = 0
      for (bit, number) in numbers[start..<min(start + 8, numbers.count)].enumerated() {
        byte |= UInt8(number) << UInt8(bit)
      }
      bytes.append(byte)
    }
  }

  /// `firsts`: one of each different value, where they are known; nil where there is no value.
  fileprivate func bounds(of firsts: [Int]?) -> (least: [UInt8], greatest: [UInt8])? {
    guard valueCount > 0 else { return nil }
    switch column.kind {
    case .text:
      var least = 0
      var greatest = 0
      for index in firsts ?? Array(1..<valueCount) {
        let value = text[textRange(index)]
        if value.lexicographicallyPrecedes(text[textRange(least)]) { least = index }
        if text[textRange(greatest)].lexicographicallyPrecedes(value) { greatest = index }
      }
      return (Array(text[textRange(least)]), Array(text[textRange(greatest)]))
    case .integer, .decimal, .time, .truth:
      guard let least = numbers.min(), let greatest = numbers.max() else { return nil }
      if column.kind == .truth { return ([UInt8(least)], [UInt8(greatest)]) }
      var bytes: (least: [UInt8], greatest: [UInt8]) = ([], [])
      bytes.least.appendLittleEndian(least)
      bytes.greatest.appendLittleEndian(greatest)
      return bytes
    }
  }
}
