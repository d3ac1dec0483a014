import Intake

/// Finds any of some words in a text, however many they are: the text is gone through once.
///
/// A word counts where it is not just a part of a longer one. Words may have spaces and the like in them.
struct WordSearch: Sendable {
  /// The words by their hash.
  private var words: [UInt64: [[UInt8]]] = [:]
  /// The hashes of what words begin with, up to where a shorter one could end.
  private var beginnings: Set<UInt64> = []

  init(_ words: Set<[UInt8]>) {
    for word in words where !word.isEmpty {
      var hash = WordHash()
      for (index, byte) in word.enumerated() {
        hash.add(byte)
        if index + 1 == word.count {
          self.words[hash.value, default: []].append(word)
        } else if isEdge(byte, word[index + 1]) {
          beginnings.insert(hash.value)
        }
      }
    }
  }

  func finds(in text: UnsafeRawBufferPointer) -> Bool {
    if words.isEmpty { return false }
    return text.indices.contains { start in
      (start == 0 || !isPartOfWord(text[start - 1])) && isWord(at: start, text)
    }
  }

  private func isWord(at start: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    var hash = WordHash()
    for index in start..<text.count {
      hash.add(text[index])
      let next = index + 1
      guard next == text.count || isEdge(text[index], text[next]) else { continue }
      if next == text.count || !isPartOfWord(text[next]),
        words[hash.value]?.contains(where: { $0.elementsEqual(text[start..<next]) }) ?? false
      {
        return true
      }
      if !beginnings.contains(hash.value) { return false }
    }
    return false
  }
}

/// A hash of bytes that come one after the other (FNV-1a).
private struct WordHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
}

/// Whether a word could end between two bytes.
@inline(__always)
private func isEdge(_ byte: UInt8, _ next: UInt8) -> Bool {
  !isPartOfWord(byte) || !isPartOfWord(next)
}

/// Whether a byte beside a word would make it another one.
private func isPartOfWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "@"), UInt8(ascii: "."),
    UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), 0x80...:
    true
  default: false
  }
}
