/// Makes ids for what comes without one: a hash of the event that it becomes, or of its line.
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

  /// Returns the id of events that are whole but for it, whatever the order of their members.
  mutating func id(of lines: [[UInt8]]) -> String {
    id(of: Array(lines.map(inOneOrder).joined(separator: [UInt8(ascii: "\n")])))
  }

  /// The longest given id that is kept as it is: the contract's 128 bytes, less room for an ending.
  private static let givenByteCountMax = 112

  /// Returns an id that was given; of one too long for the log its hash.
  static func given(_ id: String) -> String {
    id.utf8.count <= givenByteCountMax ? id : LineHash(Array(id.utf8)).text
  }
}

/// Returns a JSON object with its members in order.
private func inOneOrder(_ line: [UInt8]) -> [UInt8] {
  guard let object = line.withUnsafeBytes({ try? JSONParser.object($0) }) else { return line }
  return inOneOrder(object).finish()
}

private func inOneOrder(_ object: JSONObject) -> EventLine {
  var line = EventLine()
  for member in object.members.sorted(by: { $0.name < $1.name }) {
    if let inner = member.value.object {
      line.addFields(inner.members.sorted { $0.name < $1.name })
    } else {
      line.add(member.name, member.value)
    }
  }
  return line
}
