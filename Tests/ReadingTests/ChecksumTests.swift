import Chance
import Testing

@testable import Reading

@Suite("The checksum of a block") struct ChecksumTests {
  private func sum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { checksum($0) } }

  private func sum(_ words: [UInt64]) -> UInt64 { words.withUnsafeBytes { checksum($0) } }

  /// What the checksum is made of: where its lanes start, its factor, its modulus.
  private static let inside: [UInt64] =
    Array(0...9) + [factor, ~factor, factor &- 1, .max, .max - 1]
  private static let factor: UInt64 = 0xa076_1d64_78bd_642f

  /// Contents that a sheet may have, and some that a weak checksum is blind to: each lane's words are three.
  private static let regions: [[UInt64]] = {
    var dice = SeededDice(seed: 11)
    let random = (0..<24).map { _ in UInt64.random(in: 0...UInt64.max, using: &dice) }
    return [
      random, [UInt64](repeating: 0, count: 24), [UInt64](repeating: .max, count: 24),
      (inside + inside).prefix(24) + [],
    ]
  }()

  @Test("every flipped bit changes it, and every two that one lane takes", arguments: regions)
  func flips(region: [UInt64]) {
    let whole = sum(region)
    var unseen: [(Int, Int)] = []
    var words = region
    func flip(_ bit: Int) { words[bit / 64] ^= 1 << UInt64(bit % 64) }
    for lane in 0..<8 {
      let bits = [lane, lane + 8, lane + 16].flatMap { 64 * $0..<64 * $0 + 64 }
      for (index, first) in bits.enumerated() {
        flip(first)
        if sum(words) == whole { unseen.append((first, first)) }
        for second in bits[(index + 1)...] {
          flip(second)
          if sum(words) == whole { unseen.append((first, second)) }
          flip(second)
        }
        flip(first)
      }
    }
    #expect(unseen.isEmpty)
  }

  @Test("every flipped bit of a region that ends in the middle of a word changes it")
  func endings() {
    for byteCount in 1...80 {
      var bytes = (0..<byteCount).map { UInt8($0) }
      let whole = sum(bytes)
      for bit in 0..<byteCount * 8 {
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(sum(bytes) != whole)
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      }
    }
  }

  @Test("it is another for every number of zeros, in front, behind and between")
  func zeros() {
    let text = Array("a sheet of events".utf8)
    var seen: Set<UInt64> = []
    var count = 0
    for zeros in 0..<300 {
      let run = [UInt8](repeating: 0, count: zeros)
      for bytes in [run, run + [1], text + run, text + run + text] {
        seen.insert(sum(bytes))
        count += 1
      }
      if zeros > 0 {
        seen.insert(sum(run + text))
        count += 1
      }
    }
    #expect(seen.count == count)
  }

  @Test("any two words that are swapped change it, and any word that is left out or doubled")
  func moves() {
    var dice = SeededDice(seed: 12)
    let words = (0..<40).map { _ in UInt64.random(in: 0...UInt64.max, using: &dice) }
    let whole = sum(words)
    for first in words.indices {
      for second in words.indices where second > first {
        var moved = words
        moved.swapAt(first, second)
        #expect(sum(moved) != whole)
      }
      var others = words
      others.remove(at: first)
      #expect(sum(others) != whole)
      #expect(sum(words + [words[first]]) != whole)
    }
  }

  @Test("whatever a lane has come to, and whatever word it is given, the next words still count")
  func lanes() {
    var dice = SeededDice(seed: 13)
    for lane in 0..<8 {
      for blinding in Self.inside
        + (0..<20).map({ _ in UInt64.random(in: 0...UInt64.max, using: &dice) })
      {
        // The first word cancels what the lane starts with, so that it comes to 0.
        var words = [UInt64](repeating: 0, count: 48)
        words[lane] = UInt64(lane + 1)
        words[lane + 8] = blinding
        let whole = sum(words)
        for place in stride(from: lane, to: 48, by: 8) {
          var flipped = words
          for bit in stride(from: 0, to: 64, by: 7) as StrideTo<UInt64> {
            flipped[place] ^= 1 << bit
            #expect(sum(flipped) != whole)
            flipped[place] ^= 1 << bit
          }
          flipped[place] = ~flipped[place] &+ blinding
          if flipped != words { #expect(sum(flipped) != whole) }
        }
      }
    }
  }

  @Test("its steps can be undone, and it is the same everywhere and for ever")
  func constants() {
    #expect(greatestCommonDivisor(Self.factor, .max) == 1)
    #expect(sum([] as [UInt8]) == 0xc45d_367e_9d23_979a)
    #expect(sum(Array("scorebook".utf8)) == 0xaadf_3825_14d9_459a)
    #expect(sum((0..<1000).map { UInt8($0 % 251) }) == 0x1cc1_d404_5679_e07d)
  }
}

private func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
