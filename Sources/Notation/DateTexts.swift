/// The texts of days, `2026-11-01T`, each worked out once for as long as no day of the same place in
/// the table takes it: times of a log are of few days.
///
/// Whoever makes it frees it: a class would be retained for each time.
@frozen
public struct DateTexts: @unchecked Sendable {
  /// The eleven bytes of a day, and zeros behind them.
  @frozen
  public struct Text: BitwiseCopyable {
    public var first: UInt64
    public var rest: UInt32
    @usableFromInline var day: UInt32

    @usableFromInline
    init(first: UInt64, rest: UInt32, day: UInt32) {
      self.first = first
      self.rest = rest
      self.day = day
    }
  }

  @inlinable public static var byteCount: Int { 11 }
  /// Close to three years, in 16 KiB.
  @usableFromInline static var placeCount: Int { 1024 }
  @usableFromInline let texts: UnsafeMutablePointer<Text>

  public init() {
    texts = .allocate(capacity: DateTexts.placeCount)
    texts.initialize(
      repeating: Text(first: 0, rest: 0, day: .max), count: DateTexts.placeCount)
  }

  public func deallocate() { texts.deallocate() }

  /// `day`: days since 1970.
  @inlinable @inline(__always)
  public subscript(day: UInt32) -> Text {
    let place = texts + Int(day) % DateTexts.placeCount
    if place.pointee.day != day { place.pointee = DateTexts.text(of: day) }
    return place.pointee
  }

  @usableFromInline @inline(never)
  static func text(of day: UInt32) -> Text {
    let date = CivilDate(daysSince1970: Int(day))
    func digit(_ value: Int) -> UInt64 { UInt64(value % 10) + 0x30 }
    let dash = UInt64(UInt8(ascii: "-"))
    let bytes = [
      digit(date.year / 1000), digit(date.year / 100), digit(date.year / 10), digit(date.year),
      dash, digit(date.month / 10), digit(date.month), dash, digit(date.day / 10),
      digit(date.day), UInt64(UInt8(ascii: "T")),
    ]
    func packed(_ bytes: ArraySlice<UInt64>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | $1 }
    }
    return Text(
      first: packed(bytes[..<8]), rest: UInt32(truncatingIfNeeded: packed(bytes[8...])), day: day)
  }
}
