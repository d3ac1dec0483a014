/// Where the next byte of a text goes, in room that somebody has made: numbers, times and bytes.
///
/// It is a bare pointer in a local variable, so that nothing is stored but the text.
@frozen
public struct TextCursor {
  public var at: UnsafeMutablePointer<UInt8>

  /// More than any number or time takes.
  @inlinable public static var cellByteCountMax: Int { 32 }

  /// How much more than a short text is read, and written over.
  @inlinable public static var slack: Int { 16 }

  @inlinable @inline(__always)
  public init(_ start: UnsafeMutablePointer<UInt8>) {
    at = start
  }

  @inlinable @inline(__always)
  public mutating func put(_ byte: UInt8) {
    at.pointee = byte
    at += 1
  }

  @inlinable @inline(__always)
  public mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    at.update(from: start, count: text.count)
    at += text.count
  }

  /// Puts a text of a few words, sixteen bytes at a time: up to `slack` bytes behind it are read, and as
  /// many written over.
  ///
  /// Calling for a copy of so few bytes takes longer than copying them.
  @inlinable @inline(__always)
  public mutating func put(short text: UnsafeBufferPointer<UInt8>) {
    guard let start = UnsafeRawPointer(text.baseAddress) else { return }
    let target = UnsafeMutableRawPointer(at)
    var place = 0
    while place < text.count {
      target.storeBytes(
        of: start.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self),
        toByteOffset: place, as: SIMD16<UInt8>.self)
      place += TextCursor.slack
    }
    at += text.count
  }

  @inlinable
  public mutating func truth(_ value: Bool) {
    for byte in (value ? "true" : "false").utf8 { put(byte) }
  }

  @inlinable @inline(__always)
  public mutating func integer(_ value: Int64) {
    if value >= 0, value < 10 { return put(UInt8(truncatingIfNeeded: value) &+ 0x30) }
    if value < 0 { put(UInt8(ascii: "-")) }
    digits(value.magnitude)
  }

  /// A whole number of 10^-places, without trailing zeros.
  @inlinable @inline(__always)
  public mutating func decimal(_ value: Int64, places: Int) {
    // Divided by what the compiler knows, where there is a column with so many places.
    switch places {
    case 2: decimal(value, places: 2, unit: 100)
    case 3: decimal(value, places: 3, unit: 1000)
    case 6: decimal(value, places: 6, unit: 1_000_000)
    default: decimal(value, places: places, unit: (0..<places).reduce(1) { unit, _ in unit * 10 })
    }
  }

  @inlinable @inline(__always)
  mutating func decimal(_ value: Int64, places: Int, unit: UInt64) {
    if value < 0 { put(UInt8(ascii: "-")) }
    digits(value.magnitude / unit)
    let fraction = value.magnitude % unit
    if fraction == 0 { return }
    put(UInt8(ascii: "."))
    lastDigits(fraction, places)
    while at[-1] == 0x30 { at -= 1 }
  }

  /// Milliseconds since 1970, never before, as RFC 3339 UTC.
  @inlinable @inline(__always)
  public mutating func time(_ milliseconds: Int64, _ dates: DateTexts) {
    let time = UInt64(bitPattern: milliseconds)
    let day = time / 86_400_000
    let date = dates[UInt32(truncatingIfNeeded: day)]
    let raw = UnsafeMutableRawPointer(at)
    raw.storeBytes(of: date.first.littleEndian, as: UInt64.self)
    raw.storeBytes(of: date.rest.littleEndian, toByteOffset: 8, as: UInt32.self)
    at += DateTexts.byteCount
    clock(milliseconds: UInt32(truncatingIfNeeded: time - day * 86_400_000))
  }

  /// What a clock shows so long after midnight, and the zone.
  @inlinable @inline(__always)
  mutating func clock(milliseconds ofDay: UInt32) {
    let second = ofDay / 1000
    pair(second / 3600, then: UInt8(ascii: ":"))
    pair(second / 60 % 60, then: UInt8(ascii: ":"))
    pair(second % 60, then: UInt8(ascii: "."))
    let thousandths = ofDay % 1000
    put(UInt8(truncatingIfNeeded: thousandths / 100) &+ 0x30)
    pair(thousandths % 100, then: UInt8(ascii: "Z"))
  }

  @inlinable @inline(__always)
  mutating func pair(_ value: UInt32, then mark: UInt8) {
    at[0] = UInt8(truncatingIfNeeded: value / 10) &+ 0x30
    at[1] = UInt8(truncatingIfNeeded: value % 10) &+ 0x30
    at[2] = mark
    at += 3
  }

  @inlinable @inline(__always)
  mutating func digits(_ value: UInt64) {
    var width = 1
    var bound: UInt64 = 10
    while width < 20, value >= bound {
      width += 1
      bound &*= 10
    }
    lastDigits(value, width)
  }

  /// Writes so many digits, from the last to the first.
  @inlinable @inline(__always)
  mutating func lastDigits(_ value: UInt64, _ width: Int) {
    var rest = value
    var place = width
    while place > 0 {
      place -= 1
      at[place] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
      rest /= 10
    }
    at += width
  }
}
