import Testing

@testable import Reading

@Suite("The fixed hash")
struct KeyHashTests {
  /// Worked out by another program from the definition in words.
  ///
  /// That is: a seed and the length, then eight
  /// bytes at a time, then the rest. A change here changes what every sheet holds.
  @Test(
    "is the same in every process and on every machine",
    arguments: [
      ("", 0, 0x0), ("a", 0, 0xce24_e9b6_d38f_3f6e),
      ("ada@example.com", 0, 0x20fb_f68c_4d19_e389), ("12345678", 0, 0xfc14_2d7e_2c18_9d96),
      ("123456789", 0, 0x4242_b836_e969_5b70), ("é", 0, 0x1786_8b33_789d_ea61),
      ("\0", 0, 0x0850_f97d_bcea_c57f), ("\0\0", 0, 0x3ba5_6da1_98a1_e1d5),
      ("acme", 255, 0x91ad_25ec_b65c_a506),
      (String(repeating: "x", count: 64), 0, 0xe61e_b482_57a2_4076),
    ] as [(String, UInt64, UInt64)])
  func vectors(text: String, seed: UInt64, expected: UInt64) {
    #expect(hash(text, seed: seed) == expected)
  }

  @Test("the partition of a key is the top bits of its hash")
  func partitions() {
    #expect(Sheet.partition(of: 0) == 0)
    #expect(Sheet.partition(of: .max) == Sheet.partitionCount - 1)
    // 128 partitions: the top seven bits.
    #expect(Sheet.partition(of: 1 << 57) == 1)
    #expect(Sheet.partition(of: (1 << 57) - 1) == 0)
  }

  @Test("a key table numbers distinct keys in the order they are first met")
  func keyTable() {
    var table = KeyTable()
    // More keys than the table begins with room for.
    for round in 0..<2 {
      for index in 0..<10_000 {
        let text = Array("lead-\(index)".utf8)
        let number = text.withUnsafeBufferPointer {
          let start = $0.baseAddress.unsafelyUnwrapped
          return table.number(of: start, text.count, hash: keyHash(start, text.count))
        }
        if number != UInt32(index) { Issue.record("round \(round): \(index) is \(number)") }
      }
    }
    #expect(table.count == 10_000)
  }

  @Test("keys with the same hash are told apart by their bytes, and by their tag")
  func collisions() {
    var table = KeyTable()
    func number(_ text: String, _ tag: UInt8?) -> UInt32 {
      Array(text.utf8).withUnsafeBufferPointer {
        table.number(of: $0.baseAddress.unsafelyUnwrapped, $0.count, hash: 7, tag: tag)
      }
    }
    let met = [number("a", nil), number("b", nil), number("a", 255), number("ab", nil)]
    #expect(met == [0, 1, 2, 3])
    let again = [number("ab", nil), number("a", 255), number("b", nil), number("a", nil)]
    #expect(again == [3, 2, 1, 0])
  }
}
