/// Why a record is not a JSON object, by the names that the log's own lines are refused by.
enum JSONFault: String, Error {
  case utf8, nesting, json
}

/// Reads one JSON object as RFC 8259 has it and as the log's own lines are read: a lone surrogate, a control
/// character in a text or anything behind the object is not JSON.
struct JSONParser {
  /// How many brackets may be open at once, the contract's limit.
  private static let openBracketsMax = 64

  private let bytes: UnsafeRawBufferPointer
  private var at = 0
  private var openBrackets = 0

  /// Returns the object that the bytes are.
  static func object(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) -> JSONObject {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .utf8 }
    var parser = JSONParser(bytes: bytes)
    parser.skipBlanks()
    guard parser.next == UInt8(ascii: "{") else { throw .json }
    let object = try parser.object()
    parser.skipBlanks()
    guard parser.next == nil else { throw .json }
    return object
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func step(over byte: UInt8) throws(JSONFault) {
    guard next == byte else { throw .json }
    at += 1
  }

  private mutating func value() throws(JSONFault) -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    for byte in word.utf8 { try step(over: byte) }
    return value
  }

  private mutating func openBracket() throws(JSONFault) {
    at += 1
    openBrackets += 1
    if openBrackets > Self.openBracketsMax { throw .nesting }
  }

  private mutating func object() throws(JSONFault) -> JSONObject {
    try openBracket()
    var object = JSONObject()
    try elements(endingWith: UInt8(ascii: "}")) { parser throws(JSONFault) in
      guard parser.next == UInt8(ascii: "\"") else { throw .json }
      let name = try parser.string()
      parser.skipBlanks()
      try parser.step(over: UInt8(ascii: ":"))
      object.members.append(.init(name: name, value: try parser.value()))
    }
    return object
  }

  private mutating func array() throws(JSONFault) -> [JSONValue] {
    try openBracket()
    var values: [JSONValue] = []
    try elements(endingWith: UInt8(ascii: "]")) { parser throws(JSONFault) in
      values.append(try parser.value())
    }
    return values
  }

  /// Reads elements with commas between them, up to the bracket that ends them.
  private mutating func elements(
    endingWith end: UInt8, _ element: (inout JSONParser) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    skipBlanks()
    if next == end {
      at += 1
    } else {
      while true {
        skipBlanks()
        try element(&self)
        skipBlanks()
        if next == end { break }
        try step(over: UInt8(ascii: ","))
      }
      at += 1
    }
    openBrackets -= 1
  }

  private mutating func number() throws(JSONFault) -> String {
    let start = at
    if next == UInt8(ascii: "-") { at += 1 }
    if next == UInt8(ascii: "0") { at += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws(JSONFault) {
    let start = at
    while let byte = next, (0x30...0x39).contains(byte) { at += 1 }
    guard at > start else { throw .json }
  }

  private mutating func string() throws(JSONFault) -> String {
    at += 1
    let start = at
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      at += 1
    }
    if next == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
    }
    var text = Array(bytes[start..<at])
    while let byte = next, byte >= 0x20 {
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
      default: text.append(byte)
      }
    }
    throw .json
  }

  private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
    guard let byte = next else { throw .json }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw .json
    }
  }

  private mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00 else { throw .json }
    try step(over: UInt8(ascii: "\\"))
    try step(over: UInt8(ascii: "u"))
    let low = try codeUnit()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(low - 0xDC00))
    else { throw .json }
    return scalar
  }

  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    guard at + 4 <= bytes.count,
      let high = hexadecimalValue(Array(bytes[at..<(at + 2)])[...]),
      let low = hexadecimalValue(Array(bytes[(at + 2)..<(at + 4)])[...])
    else { throw .json }
    at += 4
    return UInt16(high) << 8 | UInt16(low)
  }
}
