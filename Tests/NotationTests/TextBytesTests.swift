import Notation
import Testing

@Suite("text that grows") struct TextBytesTests {
  private func written(_ write: (inout [UInt8]) -> Void) -> String {
    var text = Array("before ".utf8)
    write(&text)
    #expect(text.starts(with: "before ".utf8))
    return String(decoding: text.dropFirst(7), as: UTF8.self)
  }

  @Test("times are those of timeText, also before 1970 and beyond four digits of years")
  func times() {
    let edges: [Milliseconds] = [
      0, -1, 951_782_400_000, 253_402_300_799_999, 253_402_300_800_000, -62_167_219_200_001,
    ]
    let many = stride(
      from: Milliseconds(-9_214_646_400_000), to: 9_214_646_400_000, by: 290_006_999)
    for time in edges + Array(many) {
      #expect(written { $0.append(time: time) } == timeText(milliseconds: time))
    }
  }

  @Test("numbers are those of pointsText and decimalText, to the ends of what there is")
  func numbers() {
    for value in [0, 1, -1, 999_999, 1_000_000, -1_500_000, Int64.max, Int64.min] {
      #expect(written { $0.append(integer: value) } == "\(value)")
      #expect(written { $0.append(points: value) } == pointsText(value))
      #expect(written { $0.append(value, places: 3) } == decimalText(value, places: 3))
      for wide in [Int128(value), Int128(value) * 1_000_003] {
        #expect(written { $0.append(points: wide) } == pointsText(wide))
      }
    }
    #expect(written { $0.append(text: "é, and more than fifteen") } == "é, and more than fifteen")
    #expect(written { $0.append(literal: "é") } == "é")
  }
}
