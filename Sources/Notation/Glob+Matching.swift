extension Glob {
  /// Returns whether the whole text matches.
  package func matches(_ text: String) -> Bool {
    if let answer = text.utf8.withContiguousStorageIfAvailable({ matches($0) }) { return answer }
    var copy = text
    return copy.withUTF8 { matches($0) }
  }

  /// Returns whether the whole text, UTF-8 bytes, matches.
  ///
  /// - Complexity: O(n), but with `?` inside a long part O(n × m / 64), m being at most `GlobParts.mixedMax`.
  package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    // A folded ASCII literal is never longer in bytes than a text it matches: what is not ASCII and
    // folds to it (the Kelvin sign, the long s) takes more bytes.
    guard text.count >= needle.count else { return false }
    let answer: Bool?
    switch shape {
    case .exact: answer = matchesExactly(text)
    case .prefix: answer = startsWithNeedle(text)
    case .suffix: answer = endsWithNeedle(text)
    case .contains: answer = containsNeedle(text)
    case .asciiGeneral: answer = matchesBytes(text)
    case .long: answer = matchesParts(text)
    case .general: answer = nil
    }
    return answer ?? matchesScalars(text)
  }

  /// Kept apart, so that the shapes of nearly all patterns do without the parts.
  @inline(never)
  private func matchesParts(_ text: UnsafeBufferPointer<UInt8>) -> Bool? { parts?.matches(text) }

  // Each of these answers nil where only a look at the scalars can tell.

  func matchesExactly(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard let matches = startsWithNeedle(text) else { return nil }
    if !matches || text.count == needle.count { return matches }
    // What follows the literal is one character too many.
    return false
  }

  func startsWithNeedle(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    for index in 0..<needle.count where foldedByte(text[index]) != needle[index] {
      return text[index] < 0x80 ? false : nil
    }
    return true
  }

  func endsWithNeedle(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    let start = text.count - needle.count
    var index = needle.count
    while index > 0 {
      index -= 1
      let byte = text[start + index]
      if foldedByte(byte) != needle[index] { return byte < 0x80 ? false : nil }
    }
    return true
  }

  func containsNeedle(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard let first = needle.first else { return true }
    var isASCII = true
    for start in 0...(text.count - needle.count) {
      let byte = text[start]
      if byte >= 0x80 { isASCII = false }
      guard foldedByte(byte) == first else { continue }
      var length = 1
      while length < needle.count, foldedByte(text[start + length]) == needle[length] {
        length += 1
      }
      if length == needle.count { return true }
    }
    for index in (text.count - needle.count)..<text.count where text[index] >= 0x80 {
      isASCII = false
    }
    return isASCII ? false : nil
  }

  /// Walks a text of ASCII alone; at a star it notes where to come back to, one byte further on.
  func matchesBytes(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    for byte in text where byte >= 0x80 { return nil }
    let tokens = tokens
    var at = 0
    var token = 0
    var retryText = -1
    var retryToken = 0
    while at < text.count {
      if token < tokens.count, tokens[token] == Glob.anyRun {
        token += 1
        retryToken = token
        retryText = at
      } else if token < tokens.count,
        tokens[token] == Glob.anyOne || tokens[token] == UInt32(foldedByte(text[at]))
      {
        token += 1
        at += 1
      } else if retryText >= 0 {
        retryText += 1
        at = retryText
        token = retryToken
      } else {
        return false
      }
    }
    while token < tokens.count, tokens[token] == Glob.anyRun { token += 1 }
    return token == tokens.count
  }

  /// The same walk over scalars, decoded as they are met.
  package func matchesScalars(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let tokens = tokens
    var at = 0
    var token = 0
    var retryText = -1
    var retryToken = 0
    while at < text.count {
      if token < tokens.count, tokens[token] == Glob.anyRun {
        token += 1
        retryToken = token
        retryText = at
        continue
      }
      let (scalar, length) = decodeScalar(text, at: at)
      if token < tokens.count, tokens[token] == Glob.anyOne || tokens[token] == simpleFold(scalar) {
        token += 1
        at += length
      } else if retryText >= 0 {
        retryText += decodeScalar(text, at: retryText).length
        at = retryText
        token = retryToken
      } else {
        return false
      }
    }
    while token < tokens.count, tokens[token] == Glob.anyRun { token += 1 }
    return token == tokens.count
  }
}

/// Returns the byte with an ASCII capital made small.
func foldedByte(_ byte: UInt8) -> UInt8 {
  // Wraps below `A` on purpose: one comparison tells a capital.
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}

/// Returns the scalar that starts at an index and how many bytes it takes.
///
/// The text is valid UTF-8; of one that is not, a stray byte counts as one replacement character,
/// and nothing is read beyond the end.
func decodeScalar(
  _ text: UnsafeBufferPointer<UInt8>, at index: Int
) -> (scalar: UInt32, length: Int) {
  let lead = text[index]
  let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  if length == 1 { return (UInt32(lead), 1) }
  guard lead >= 0xC0, index + length <= text.count else { return (0xFFFD, 1) }
  var scalar = UInt32(lead) & (0x7F >> UInt32(length))
  for next in text[(index + 1)..<(index + length)] {
    guard next & 0xC0 == 0x80 else { return (0xFFFD, 1) }
    scalar = scalar << 6 | UInt32(next & 0x3F)
  }
  return (scalar, length)
}
