/// A pattern with long parts between its stars, searched for in time that grows with the text alone.
///
/// Short ones are walked: where a part does not fit, the walk begins one character further on, which of a
/// long part would take as long as text and part multiplied.
final class GlobParts: Sendable {
  private let parts: [GlobPart]
  private let opens: Bool
  private let closes: Bool

  /// The longest part that is walked, one with stars alone around it being walked faster (guesses: what the
  /// worst texts may take more than others).
  static let walkedMax = (between: 16, alone: 64)

  /// The longest part with a `?` among its characters: such a search takes longer, the longer the part is.
  static let mixedMax = 8192

  /// `tokens`: of a folded pattern.
  init(_ tokens: [UInt32]) {
    opens = tokens.first == Glob.anyRun
    closes = tokens.last == Glob.anyRun
    parts = tokens.split(separator: Glob.anyRun).map { GlobPart($0) }
  }

  /// Whether a part that may stand anywhere is longer than what is walked.
  static func areNeeded(for tokens: [UInt32]) -> Bool {
    guard tokens.count > walkedMax.between else { return false }
    let parts = tokens.split(separator: Glob.anyRun, omittingEmptySubsequences: false)
    let isAlone = parts.count == 3 && parts[0].isEmpty && parts[2].isEmpty
    return parts.dropFirst().contains {
      $0.count > (isAlone && !$0.contains(Glob.anyOne) ? walkedMax.alone : walkedMax.between)
    }
  }

  /// The length of the longest part with a `?` among its characters; 0 where there is none.
  var longestMixed: Int { parts.lazy.filter(\.isMixed).map(\.count).max() ?? 0 }

  /// Returns whether the whole text, UTF-8 bytes, matches.
  func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bytes.count) { text in
      var count = 0
      var at = 0
      while at < bytes.count {
        let (scalar, length) = decodeScalar(bytes, at: at)
        text[count] = simpleFold(scalar)
        count += 1
        at += length
      }
      return matches(UnsafeBufferPointer(rebasing: text[..<count]))
    }
  }

  /// Each part is taken where it comes first, but for one that begins or ends the text.
  private func matches(_ text: UnsafeBufferPointer<UInt32>) -> Bool {
    var start = 0
    var end = text.count
    var searched = parts[...]
    if !opens, let first = searched.popFirst() {
      guard first.count <= end, first.stands(in: text, at: 0) else { return false }
      start = first.count
    }
    if !closes, let last = searched.popLast() {
      end -= last.count
      guard start <= end, last.stands(in: text, at: end) else { return false }
    } else if !opens, !closes, start != end {
      return false
    }
    for part in searched {
      guard let place = part.search(text, start..<end) else { return false }
      start = place + part.count
    }
    return true
  }
}

/// What stands between two stars of a pattern: characters, and `?` for any one.
struct GlobPart: Sendable {
  private let tokens: [UInt32]
  /// Where what is searched for begins and ends: the question marks around it are only counted.
  private let core: Range<Int>
  private let method: Method

  private enum Method: Sendable {
    /// There are only question marks.
    case none
    /// By Knuth, Morris and Pratt: by length of a beginning of it that has been met, the length of the
    /// longest one that also ends it.
    case borders([Int32])
    /// With question marks inside: all places where it may have begun are carried along, a bit each.
    case bits(BitSearch)
  }

  init(_ part: ArraySlice<UInt32>) {
    let tokens = Array(part)
    self.tokens = tokens
    let first = tokens.firstIndex { $0 != Glob.anyOne } ?? tokens.count
    let last = tokens.lastIndex { $0 != Glob.anyOne } ?? tokens.count - 1
    core = first..<(last + 1)
    if core.isEmpty {
      method = .none
    } else if tokens[core].contains(Glob.anyOne) {
      method = .bits(BitSearch(tokens[core]))
    } else {
      method = .borders(GlobPart.borders(of: tokens[core]))
    }
  }

  /// Whether it has question marks among its characters.
  var isMixed: Bool {
    if case .bits = method { true } else { false }
  }

  /// How many characters it takes.
  var count: Int { tokens.count }

  func stands(in text: UnsafeBufferPointer<UInt32>, at place: Int) -> Bool {
    for (index, token) in tokens.enumerated()
    where token != Glob.anyOne && token != text[place + index] {
      return false
    }
    return true
  }

  /// Returns the first place within a range where it stands.
  func search(_ text: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> Int? {
    guard range.count >= tokens.count else { return nil }
    let cores =
      (range.lowerBound + core.lowerBound)..<(range.upperBound - tokens.count + core.upperBound)
    let end: Int? =
      switch method {
      case .none: range.lowerBound + core.upperBound
      case .borders(let borders): searchByBorders(text, cores, borders)
      case .bits(let bits): bits.end(in: text, cores)
      }
    return end.map { $0 - core.upperBound }
  }

  /// Returns where the first that is found ends.
  private func searchByBorders(
    _ text: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, _ borders: [Int32]
  ) -> Int? {
    var met = 0
    for place in range {
      while met > 0, tokens[core.lowerBound + met] != text[place] { met = Int(borders[met]) }
      if tokens[core.lowerBound + met] == text[place] { met += 1 }
      if met == core.count { return place + 1 }
    }
    return nil
  }

  private static func borders(of core: ArraySlice<UInt32>) -> [Int32] {
    let core = Array(core)
    var borders = [Int32](repeating: 0, count: core.count + 1)
    var met = 0
    for place in core.indices.dropFirst() {
      while met > 0, core[met] != core[place] { met = Int(borders[met]) }
      if core[met] == core[place] { met += 1 }
      borders[place + 1] = Int32(met)
    }
    return borders
  }
}

/// A search for characters with question marks among them.
///
/// - Complexity: O(n × m / 64).
private struct BitSearch: Sendable {
  private let count: Int
  private let wordCount: Int
  /// By character: at which places of the part it stands, in words of a bit each; words without any are
  /// left out.
  private let places: [UInt32: [(word: Int, bits: UInt64)]]
  /// At which places any character may stand.
  private let open: [UInt64]

  init(_ core: ArraySlice<UInt32>) {
    count = core.count
    wordCount = (core.count + 63) / 64
    var open = [UInt64](repeating: 0, count: wordCount)
    var places: [UInt32: [(word: Int, bits: UInt64)]] = [:]
    for (index, token) in core.enumerated() {
      let (word, bit) = (index / 64, 1 << UInt64(index % 64) as UInt64)
      if token == Glob.anyOne {
        open[word] |= bit
      } else if let last = places[token]?.indices.last, places[token]?[last].word == word {
        places[token]?[last].bits |= bit
      } else {
        places[token, default: []].append((word, bit))
      }
    }
    self.open = open
    self.places = places
  }

  /// Returns where the first within a range ends.
  func end(in text: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> Int? {
    let lastBit: UInt64 = 1 << UInt64((count - 1) % 64)
    // Of the characters that are met, all words.
    var rows: [UInt32: [UInt64]] = [:]
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { met in
      met.initialize(repeating: 0)
      // No word behind these has a bit.
      var usedCount = 0
      for place in range {
        let row = rows[text[place]] ?? row(of: text[place], &rows)
        usedCount = min(usedCount + 1, wordCount)
        row.withUnsafeBufferPointer { row in
          var word = usedCount - 1
          while word > 0 {
            met[word] = (met[word] << 1 | met[word - 1] >> 63) & row[word]
            word -= 1
          }
          met[0] = (met[0] << 1 | 1) & row[0]
        }
        while usedCount > 0, met[usedCount - 1] == 0 { usedCount -= 1 }
        if usedCount == wordCount, met[wordCount - 1] & lastBit != 0 { return place + 1 }
      }
      return nil
    }
  }

  private func row(of character: UInt32, _ rows: inout [UInt32: [UInt64]]) -> [UInt64] {
    guard let places = places[character] else { return open }
    var row = open
    for (word, bits) in places { row[word] |= bits }
    rows[character] = row
    return row
  }
}
