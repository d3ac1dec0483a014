/// Makes ids for what comes without one: a hash of its content.
///
/// So the same file appended twice changes nothing. Of contents that are the same to the byte within one file, the
/// second and later ones have an ordinal in their ids, so that they are not taken for copies.
struct MadeIDs {
  /// How many contents are remembered at least, to tell repeated ones.
  ///
  /// A guess: repeated ones have the same time, so they are never far apart.
  private static let rememberedCountMin = 1 << 19

  // Two generations, so that memory is bounded and what is forgotten is the oldest.
  private var recent: [LineHash: Int] = [:]
  private var older: [LineHash: Int] = [:]

  /// Returns the id of a content, which tells it from the same content earlier in the file.
  mutating func id(of content: [UInt8]) -> String {
    let hash = LineHash(content)
    let ordinal = max(recent[hash] ?? 0, older[hash] ?? 0) + 1
    if recent.count >= Self.rememberedCountMin {
      older = recent
      recent = [:]
    }
    recent[hash] = ordinal
    return ordinal == 1 ? hash.text : "\(hash.text)-\(ordinal)"
  }

  /// The longest given id that is kept as it is: the contract's 128 bytes, less room for an ending.
  private static let givenByteCountMax = 112

  /// Returns an id that was given; of one too long for the log its hash.
  static func given(_ id: String) -> String {
    id.utf8.count <= givenByteCountMax ? id : LineHash(Array(id.utf8)).text
  }
}
