/// The texts of days, `2026-11-01T`, each worked out once for as long as no day of the same place in
/// the table takes it: times of a log are of few days.
///
/// Whoever makes it frees it: a class would be retained for each time.
struct DateTexts {
  /// The eleven bytes of a day, and zeros behind them.
  struct Text: BitwiseCopyable {
    var first: UInt64
    var rest: UInt32
    fileprivate var day: UInt32
  }

  static let byteCount = 11
  /// Close to three years, in 16 KiB.
  private static let placeCount = 1024
  private let texts: UnsafeMutablePointer<Text>

  init() {
    texts = .allocate(capacity: DateTexts.placeCount)
    texts.initialize(
      repeating: Text(first: 0, rest: 0, day: .max), count: DateTexts.placeCount)
  }

  func deallocate() { texts.deallocate() }

  /// `day`: days since 1970.
  @inline(__always)
  subscript(day: UInt32) -> Text {
    let place = texts + Int(day) % DateTexts.placeCount
    if place.pointee.day != day { place.pointee = DateTexts.text(of: day) }
    return place.pointee
  }

  /// By eras of 400 years from a March, as in Hinnant's "chrono-compatible low-level date algorithms".
  @inline(never)
  private static func text(of day: UInt32) -> Text {
    let days = Int(day) + 719_468
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = days / 146_097 * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1

    func digit(_ value: Int) -> UInt64 { UInt64(value % 10) + 0x30 }
    let dash = UInt64(UInt8(ascii: "-"))
    let bytes = [
      digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), dash,
      digit(month / 10), digit(month), dash, digit(dayOfMonth / 10), digit(dayOfMonth),
      UInt64(UInt8(ascii: "T")),
    ]
    func packed(_ bytes: ArraySlice<UInt64>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | $1 }
    }
    return Text(
      first: packed(bytes[..<8]), rest: UInt32(truncatingIfNeeded: packed(bytes[8...])), day: day)
  }
}
