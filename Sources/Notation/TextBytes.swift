/// Text that grows at its end: where it has millions of cells, making a String of each takes longer than all else.
extension [UInt8] {
  package mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }

  package mutating func append(literal: StaticString) {
    append(
      contentsOf: UnsafeBufferPointer(
        start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  package mutating func append(integer: Int64) { put { $0.integer(integer) } }

  package mutating func append(points: Micropoints) { append(points, places: 6) }

  package mutating func append(points: Int128) {
    if let small = Micropoints(exactly: points) { return append(points: small) }
    append(text: pointsText(points))
  }

  /// A whole number of 10^-places, exactly, without trailing zeros.
  package mutating func append(_ value: Int64, places: Int) {
    put { $0.decimal(value, places: places) }
  }

  /// As `timeText` has it.
  package mutating func append(time: Milliseconds) {
    let day = floorDivide(time, 86_400_000)
    let date = CivilDate(daysSince1970: Int(day))
    guard (0...9999).contains(date.year) else {
      return append(text: timeText(milliseconds: time))
    }
    let inDay = UInt32(truncatingIfNeeded: time - day * 86_400_000)
    put { text in
      text.lastDigits(UInt64(date.year), 4)
      text.put(UInt8(ascii: "-"))
      text.pair(UInt32(date.month), then: UInt8(ascii: "-"))
      text.pair(UInt32(date.day), then: UInt8(ascii: "T"))
      text.clock(milliseconds: inDay)
    }
  }

  private mutating func put(_ write: (inout TextCursor) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TextCursor.cellByteCountMax) { room in
      let start = room.baseAddress.unsafelyUnwrapped
      var text = TextCursor(start)
      write(&text)
      append(contentsOf: UnsafeBufferPointer(start: start, count: text.at - start))
    }
  }
}
