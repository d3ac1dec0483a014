import Chance
import Notation
import Testing

@testable import Reading

@Suite("Short ways of reading") struct PrimitivesTests {
  @Test("a time that is read the short way is what any reader says, whatever was read before")
  func times() {
    var chance = SeededDice(seed: 11)
    var reader = TimeReader()
    var readCount = 0
    for _ in 0..<200_000 {
      let text = Self.time(&chance)
      let padded = Array(text.utf8) + [UInt8](repeating: 0, count: 24)
      let (short, any) = padded.withUnsafeBufferPointer { bytes in
        let start = bytes.baseAddress.unsafelyUnwrapped
        return (reader.time(start, text.utf8.count), eventTime(start, text.utf8.count))
      }
      if short != any {
        Issue.record("\(text): \(String(describing: short)), not \(String(describing: any))")
      }
      if any != nil { readCount += 1 }
    }
    #expect(readCount > 40_000)
  }

  /// Mostly times of few days, some of them with a byte that does not belong there.
  private static func time(_ chance: inout SeededDice) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = [24, 60, 60].map { two(chance.below($0 + 1)) }.joined(separator: ":")
    let date = "20\(two(chance.below(3)))-0\(chance.below(3))-0\(chance.below(4))"
    let decimals = ["", ".250", ".5", ".123456", ".000", ".", ".9x9"][chance.below(7)]
    let zone = ["Z", "Z", "Z", "z", "+00:00", "-01:30", ""][chance.below(7)]
    var bytes = Array("\(date)\(chance.below(9) == 0 ? "t" : "T")\(clock)\(decimals)\(zone)".utf8)
    if chance.below(4) == 0 {
      bytes[chance.below(bytes.count)] = UInt8(chance.below(95) + 32)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "the processor's way through a string ends where the other does, and sees the same high bytes")
  func strings() {
    var chance = SeededDice(seed: 12)
    for _ in 0..<50_000 {
      let count = chance.below(70)
      var bytes = (0..<count).map { _ in
        chance.below(12) == 0
          ? UInt8(chance.below(256)) : UInt8(chance.below(26) + 97)
      }
      bytes += [[0x22], [0x5c, 0x22], [0x0a], [0x00], [0x1f]][chance.below(5)]
      let padded = bytes + [UInt8](repeating: 0xff, count: 32)
      padded.withUnsafeBufferPointer { buffer in
        let start = buffer.baseAddress.unsafelyUnwrapped
        var (high, highByWords): (UInt64, UInt64) = (0, 0)
        let end = plainEnd(start, &high)
        #expect(end == plainEndByWords(start, &highByWords))
        #expect((high == 0) == (highByWords == 0))
        #expect(
          (high != 0) == bytes.prefix(end - start).contains { $0 >= 0x80 })
        #expect(bytes.firstIndex { $0 == 0x22 || $0 == 0x5c || $0 < 0x20 } == end - start)
      }
    }
  }

  @Test("texts of one length are the same exactly where all their bytes are")
  func equality() {
    var chance = SeededDice(seed: 13)
    for count in 0..<40 {
      for _ in 0..<200 {
        let one = (0..<count).map { _ in UInt8(chance.below(256)) }
        var other = one
        if count > 0, chance.below(4) > 0 {
          other[chance.below(count)] ^= UInt8(1 << chance.below(8))
        }
        let isSame = (one + [0]).withUnsafeBufferPointer { one in
          (other + [1]).withUnsafeBufferPointer { other in
            equalBytes(
              one.baseAddress.unsafelyUnwrapped, other.baseAddress.unsafelyUnwrapped, count)
          }
        }
        #expect(isSame == (one == other))
      }
    }
  }
}
