/// The packed rows of a table, unpacked a word of eight bytes at a time.
public struct PackedRows: BitwiseCopyable, @unchecked Sendable {
  let packed: UnsafePointer<UInt8>
  let starts: UnsafePointer<Int>

  /// How many bytes behind the last cell are looked at, whatever they are.
  static let spareByteCount = 8

  /// The first packed byte of a row.
  public func firstByte(_ row: Int) -> UInt8 { packed[starts[row]] }

  /// Unpacks the first cells of a row.
  package func unpack(_ row: Int, _ cellCount: Int, into cells: UnsafeMutablePointer<Int64>) {
    var at = UnsafeRawPointer(packed + starts[row])
    let small = smallCells.base
    var column = 0
    while column < cellCount {
      let word = at.loadUnaligned(as: UInt64.self).littleEndian
      let ends = ~word & highBits
      if ends == highBits, column + 8 <= cellCount {
        // Most cells are absent, or small numbers.
        for place in 0..<8 {
          cells[column + place] = small[Int(truncatingIfNeeded: word >> UInt64(place * 8) & 0x7f)]
        }
        column += 8
        at += 8
      } else if ends & 0x80 != 0 {
        cells[column] = small[Int(truncatingIfNeeded: word & 0x7f)]
        column += 1
        at += 1
      } else if ends != 0 {
        // The sevens of all bytes up to the first with no mark, pushed together by twos.
        var sevens = word & (ends ^ (ends &- 1)) & ~highBits
        sevens = sevens & 0x007f_007f_007f_007f | (sevens & 0x7f00_7f00_7f00_7f00) >> 1
        sevens = sevens & 0x0000_3fff_0000_3fff | (sevens & 0x3fff_0000_3fff_0000) >> 2
        sevens = sevens & 0x0fff_ffff | (sevens & 0x0fff_ffff_0000_0000) >> 4
        cells[column] = number(sevens)
        column += 1
        at += ends.trailingZeroBitCount / 8 + 1
      } else {
        cells[column] = longCell(&at)
        column += 1
      }
    }
  }

  /// A cell of nine bytes or ten.
  @inline(never)
  private func longCell(_ at: inout UnsafeRawPointer) -> Int64 {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = at.load(as: UInt8.self)
      word |= UInt64(byte & 0x7f) &<< shift
      at += 1
      if byte < 0x80 { return number(word) }
      shift += 7
    }
  }
}

private let highBits: UInt64 = 0x8080_8080_8080_8080

/// A cell that is not absent: one more than its zigzag number.
@inline(__always)
private func number(_ word: UInt64) -> Int64 {
  let zigzag = word &- 1
  return Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
}

/// What each byte below 128 is as a cell of its own.
private struct SmallCells: @unchecked Sendable {
  let base: UnsafePointer<Int64>

  init() {
    let cells = UnsafeMutablePointer<Int64>.allocate(capacity: 128)
    for word in 0..<128 {
      (cells + word).initialize(to: word == 0 ? CellTable.absent : number(UInt64(word)))
    }
    base = UnsafePointer(cells)
  }
}

private let smallCells = SmallCells()
