import Chance
import Testing

@testable import Upkeep

@Suite("Looking for many words at once") struct WordSearchTests {
  private func finds(_ words: Set<String>, in text: String) -> Bool {
    let search = WordSearch(Set(words.map { Array($0.utf8) }))
    return Array(text.utf8).withUnsafeBytes(search.finds)
  }

  @Test("a word counts where it is not a part of a longer one")
  func edges() {
    #expect(finds(["ada"], in: "lead,ada,3"))
    #expect(finds(["ada"], in: "ada"))
    #expect(!finds(["ada"], in: "ada@acme.example,adam,+ada,.ada,ada_,ada-"))
    #expect(finds(["o, ada"], in: #""o, ada""#))
    #expect(!finds(["o, ada"], in: "o, adam"))
    #expect(finds(["o", "o, ada l", "o, ada"], in: "x,o, ada,"))
    #expect(!finds([], in: "ada") && !finds(["ada"], in: ""))
  }

  @Test("random words are found where looking at every place finds them")
  func agrees() {
    var dice = SeededDice(seed: 7)
    let letters = Array("ab ,@\"é".utf8)
    func text(_ count: Int) -> [UInt8] { (0..<count).map { _ in dice.pick(letters) } }
    func isPart(_ byte: UInt8) -> Bool { Array("ab@".utf8).contains(byte) || byte >= 0x80 }
    var found = 0
    var wrong: [String] = []
    for _ in 0..<3000 {
      let words = Set((0..<1 + dice.below(4)).map { _ in text(1 + dice.below(3)) })
      let text = text(dice.below(60))
      let wanted = words.contains { word in
        text.indices.contains { start in
          let end = start + word.count
          return text[start...].starts(with: word) && (start == 0 || !isPart(text[start - 1]))
            && (end == text.count || !isPart(text[end]))
        }
      }
      if text.withUnsafeBytes(WordSearch(words).finds) != wanted {
        wrong.append("\(words) in \(text)")
      }
      if wanted { found += 1 }
    }
    #expect(wrong.isEmpty)
    #expect(found > 500 && found < 2500)
  }
}
