/// Where the fields of a row of CSV end.
///
/// It is kept from row to row, so that nothing is allocated for one.
struct RowFields {
  private(set) var ends: [Int] = []

  /// Finds the fields of a row without its line end.
  mutating func split(_ row: UnsafeRawBufferPointer) {
    ends.removeAll(keepingCapacity: true)
    var isQuoted = false
    for index in row.indices {
      let byte = row[index]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: ","), !isQuoted { ends.append(index) }
    }
    ends.append(row.count)
  }

  var count: Int { ends.count }

  /// Where some fields stand, commas between them included; nowhere behind the last.
  func range(_ fields: Range<Int>) -> Range<Int> {
    guard let last = ends.last, fields.lowerBound < ends.count, !fields.isEmpty else {
      return 0..<0
    }
    let start = fields.lowerBound == 0 ? 0 : ends[fields.lowerBound - 1] + 1
    let end = fields.upperBound <= ends.count ? ends[fields.upperBound - 1] : last
    return start..<end
  }

  func range(_ field: Int) -> Range<Int> { range(field..<field + 1) }
}

/// Returns some bytes of a row.
func bytes(_ row: UnsafeRawBufferPointer, _ range: Range<Int>) -> UnsafeRawBufferPointer {
  UnsafeRawBufferPointer(rebasing: row[range])
}
