import Notation
import Testing

@Suite("times as text") struct TimeTextTests {
  @Test(
    "times are written to the millisecond",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (-1, "1969-12-31T23:59:59.999Z"), (9_214_646_399_999, "2261-12-31T23:59:59.999Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
    ] as [(Milliseconds, String)])
  func times(milliseconds: Milliseconds, text: String) {
    #expect(timeText(milliseconds: milliseconds) == text)
  }

  @Test("what is written is read back as the same time, every few hours of the contract's years")
  func back() {
    for time in stride(from: Milliseconds(0), to: 9_214_646_400_000, by: 190_006_999) {
      #expect(eventTime(timeText(milliseconds: time)) == time)
    }
  }

  @Test(
    "times written into a row are the same text, also where two days share a place in the table")
  func rows() {
    let dates = DateTexts()
    defer { dates.deallocate() }
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
    defer { room.deallocate() }
    let day: Milliseconds = 86_400_000
    // Sixty-one days, and a piece of one.
    for first in stride(from: Milliseconds(0), to: 1024 * 3 * day, by: 5_274_123_045) {
      for time in [first, first + 1024 * day, first] {
        var text = TextCursor(room)
        text.time(time, dates)
        let written = UnsafeBufferPointer(start: room, count: text.at - room)
        #expect(String(decoding: written, as: UTF8.self) == timeText(milliseconds: time))
      }
    }
  }
}
