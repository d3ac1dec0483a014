/// A JSON value as far as a recomputation needs it.
enum JSON {
  case null
  case bool(Bool)
  /// "Numbers are binary64; one beyond its range is absent": then nil.
  case number(Double?)
  case string(Text)
  case array
  case object([Text: JSON])

  /// The scalar this is, if it is one: not null, not nested, and within the range of binary64.
  var scalar: Scalar? {
    switch self {
    case .bool(let value): .bool(value)
    case .number(let value): value.map { .number($0) }
    case .string(let value): .text(value)
    case .null, .array, .object: nil
    }
  }
}

/// Why a text is not taken as JSON.
enum JSONFault: Error {
  case nesting
  case syntax
}

/// A strict reader of RFC 8259 over the bytes of one text, which must be UTF-8 already.
struct StrictJSON {
  private let bytes: [UInt8]
  private var at = 0
  private var open = 0

  static let deepest = 64

  static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
    var reader = StrictJSON(bytes: bytes)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.at == bytes.count else { throw .syntax }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
  }

  private mutating func take(_ expected: Character) -> Bool {
    guard let byte = next, byte == expected.asciiValue else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(JSONFault) -> JSON {
    skipSpace()
    guard let byte = next else { throw .syntax }
    switch Character(Unicode.Scalar(byte)) {
    case "{": return try object()
    case "[": return try array()
    case "\"": return .string(try string())
    case "t": return try word("true", .bool(true))
    case "f": return try word("false", .bool(false))
    case "n": return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ meaning: JSON) throws(JSONFault) -> JSON {
    guard bytes[at...].starts(with: word.utf8) else { throw .syntax }
    at += word.utf8.count
    return meaning
  }

  // "`nesting` (a 65th open bracket, whatever follows)"
  private mutating func openBracket() throws(JSONFault) {
    open += 1
    if open > StrictJSON.deepest { throw .nesting }
    at += 1
    skipSpace()
  }

  private mutating func object() throws(JSONFault) -> JSON {
    try openBracket()
    var members: [Text: JSON] = [:]
    if !take("}") {
      repeat {
        skipSpace()
        guard next == 0x22 else { throw .syntax }
        let name = try string()
        skipSpace()
        guard take(":") else { throw .syntax }
        // "Of a member given twice the last counts."
        members[name] = try value()
        skipSpace()
      } while take(",")
      guard take("}") else { throw .syntax }
    }
    open -= 1
    return .object(members)
  }

  private mutating func array() throws(JSONFault) -> JSON {
    try openBracket()
    if !take("]") {
      repeat {
        _ = try value()
        skipSpace()
      } while take(",")
      guard take("]") else { throw .syntax }
    }
    open -= 1
    return .array
  }

  private mutating func number() throws(JSONFault) -> JSON {
    guard let end = endOfNumber(bytes, from: at) else { throw .syntax }
    let value = binary64(bytes[at..<end])
    at = end
    return .number(value)
  }

  private mutating func string() throws(JSONFault) -> Text {
    at += 1
    var text: [UInt8] = []
    while let byte = next {
      at += 1
      switch byte {
      case 0x22: return Text(bytes: text)
      case 0x5C: text += try escaped()
      case 0x00..<0x20: throw .syntax
      default: text.append(byte)
      }
    }
    throw .syntax
  }

  private mutating func escaped() throws(JSONFault) -> [UInt8] {
    guard let byte = next else { throw .syntax }
    at += 1
    switch Character(Unicode.Scalar(byte)) {
    case "\"": return [0x22]
    case "\\": return [0x5C]
    case "/": return [0x2F]
    case "b": return [0x08]
    case "f": return [0x0C]
    case "n": return [0x0A]
    case "r": return [0x0D]
    case "t": return [0x09]
    case "u": return try escapedScalar()
    default: throw .syntax
    }
  }

  /// The scalar of a `\u` escape or of a pair of them: "a lone surrogate is not" JSON.
  private mutating func escapedScalar() throws(JSONFault) -> [UInt8] {
    var code = try fourHexDigits()
    if (0xD800..<0xDC00).contains(code) {
      guard take("\\"), take("u") else { throw .syntax }
      let low = try fourHexDigits()
      guard (0xDC00..<0xE000).contains(low) else { throw .syntax }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw .syntax }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func fourHexDigits() throws(JSONFault) -> UInt32 {
    guard at + 4 <= bytes.count else { throw .syntax }
    var code: UInt32 = 0
    for byte in bytes[at..<at + 4] {
      let character = Character(Unicode.Scalar(byte))
      guard character.isASCII, let digit = character.hexDigitValue else { throw .syntax }
      code = code * 16 + UInt32(digit)
    }
    at += 4
    return code
  }
}

/// Where the JSON number that starts at `start` ends; nil if none starts there.
func endOfNumber(_ bytes: [UInt8], from start: Int) -> Int? {
  var at = start
  func isDigit(_ index: Int) -> Bool {
    index < bytes.count && (0x30...0x39).contains(bytes[index])
  }
  func isOneOf(_ characters: String, _ index: Int) -> Bool {
    index < bytes.count && characters.utf8.contains(bytes[index])
  }
  func skipDigits() -> Bool {
    guard isDigit(at) else { return false }
    while isDigit(at) { at += 1 }
    return true
  }
  if isOneOf("-", at) { at += 1 }
  if isOneOf("0", at) { at += 1 } else if !skipDigits() { return nil }
  if isOneOf(".", at) {
    at += 1
    if !skipDigits() { return nil }
  }
  if isOneOf("eE", at) {
    at += 1
    if isOneOf("+-", at) { at += 1 }
    if !skipDigits() { return nil }
  }
  return at
}

/// "Numbers are binary64; one beyond its range is absent": nil there.
func binary64(_ digits: ArraySlice<UInt8>) -> Double? {
  guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else {
    return nil
  }
  // "there is no negative zero"
  return value == 0 ? 0 : value
}
