import Notation

/// Reads the times of events, which mostly are of one day one behind the other: a day is worked out once.
struct TimeReader {
  /// The date read last as it stands in a line, with its `T`: eight bytes and three.
  private var date: UInt64 = 0
  private var rest: UInt32 = 0
  /// When that day began.
  private var dayStart: Milliseconds = 0

  /// Returns what `eventTime` does.
  ///
  /// `start`: at least 24 bytes are readable there.
  @inline(__always)
  mutating func time(_ start: Position, _ count: Int) -> Milliseconds? {
    let text = UnsafeRawPointer(start)
    guard count == 24 || count == 20, start[count &- 1] == UInt8(ascii: "Z"),
      text.loadUnaligned(as: UInt64.self) == date,
      text.loadUnaligned(fromByteOffset: 8, as: UInt32.self) & 0xff_ffff == rest
    else { return anyTime(start, count) }

    // `08:15:30`, each digit and colon as what it is more than `0` or `:`.
    let clock =
      text.loadUnaligned(fromByteOffset: 11, as: UInt64.self).littleEndian ^ 0x3030_3a30_303a_3030
    if (clock &+ 0x7676_7f76_767f_7676 | clock) & 0x8080_8080_8080_8080 != 0 {
      return anyTime(start, count)
    }
    let pairs = clock &* 10 &+ clock >> 8
    let (hour, minute, second) = (pairs & 0xff, pairs >> 24 & 0xff, pairs >> 48 & 0xff)
    if hour > 23 || minute > 59 || second > 59 { return nil }

    var thousandths: UInt32 = 0
    if count == 24 {
      let decimals =
        text.loadUnaligned(fromByteOffset: 19, as: UInt32.self).littleEndian ^ 0x3030_302e
      if (decimals &+ 0x7676_767f | decimals) & 0x8080_8080 != 0 { return anyTime(start, count) }
      thousandths =
        (decimals >> 8 & 0xff) &* 100 &+ (decimals >> 16 & 0xff) &* 10 &+ decimals >> 24
    }
    let seconds = hour &* 3600 &+ minute &* 60 &+ second
    return dayStart &+ Milliseconds(truncatingIfNeeded: seconds &* 1000)
      &+ Milliseconds(truncatingIfNeeded: thousandths)
  }

  /// Reads a time of any form, and remembers the day where it is in UTC.
  @inline(never)
  private mutating func anyTime(_ start: Position, _ count: Int) -> Milliseconds? {
    guard let time = eventTime(start, count) else { return nil }
    if start[10] == UInt8(ascii: "T"), start[count - 1] == UInt8(ascii: "Z") {
      let text = UnsafeRawPointer(start)
      date = text.loadUnaligned(as: UInt64.self)
      rest = text.loadUnaligned(fromByteOffset: 8, as: UInt32.self) & 0xff_ffff
      dayStart = time - time % 86_400_000
    }
    return time
  }
}
