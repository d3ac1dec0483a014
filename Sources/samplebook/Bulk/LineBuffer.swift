import Foundation

/// Bytes of lines in the making.
///
/// Nothing is checked per append: who asks `hasRoom` before each line never writes past the end.
struct LineBuffer: ~Copyable {
  /// How long a line gets at most; the longest that are written have some 300 bytes.
  static let lineByteCountMax = 1024

  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit {
    base.deallocate()
  }

  /// Whether there is room for another line.
  var hasRoom: Bool { count + Self.lineByteCountMax <= capacity }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  mutating func removeAll() {
    count = 0
  }

  @inline(__always)
  mutating func append(_ text: StaticString) {
    memcpy(base + count, text.utf8Start, text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  @inline(__always)
  mutating func append(_ words: WordTable, _ index: Int) {
    let word = words[index]
    memcpy(base + count, word.start, word.count)
    count += word.count
  }

  @inline(__always)
  mutating func append(byte: UInt8) {
    base[count] = byte
    count += 1
  }

  /// Appends a number in decimal digits, with leading zeros up to `width`.
  @inline(__always)
  mutating func append(_ number: Int, width: Int = 1) {
    var digitCount = 1
    var limit = 10
    while number >= limit {
      limit *= 10
      digitCount += 1
    }
    digitCount = max(digitCount, width)
    var rest = number
    var index = count + digitCount
    while index > count {
      index -= 1
      base[index] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    }
    count += digitCount
  }

  /// Appends the lower `digitCount` hexadecimal digits of a word.
  @inline(__always)
  mutating func append(hexadecimal word: UInt64, digitCount: Int) {
    var shift = UInt64(digitCount * 4)
    for offset in 0..<digitCount {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: word >> shift & 15)
      base[count + offset] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
    count += digitCount
  }
}

/// Words at fixed places in memory, found without an allocation or a reference count.
struct WordTable: @unchecked Sendable {
  // Safe to share: written once here, never again, and never freed, for tables live as long as the process.
  private let bytes: UnsafeMutablePointer<UInt8>
  private let starts: UnsafeMutablePointer<Int32>
  let count: Int

  init(_ words: [String]) {
    count = words.count
    starts = .allocate(capacity: words.count + 1)
    bytes = .allocate(capacity: words.reduce(0) { $0 + $1.utf8.count })
    var end = 0
    for (index, word) in words.enumerated() {
      starts[index] = Int32(end)
      for byte in word.utf8 {
        bytes[end] = byte
        end += 1
      }
    }
    starts[words.count] = Int32(end)
  }

  @inline(__always)
  subscript(_ index: Int) -> (start: UnsafeMutablePointer<UInt8>, count: Int) {
    let start = Int(starts[index])
    return (bytes + start, Int(starts[index + 1]) - start)
  }
}
