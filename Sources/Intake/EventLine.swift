/// A line of the log in the making.
struct EventLine {
  private var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(256)
  }

  init(id: String, time: String, type: String, lead: String?) {
    self.init()
    add("id", id)
    add("time", time)
    add("type", type)
    add("lead", lead)
  }

  /// Adds a text; nothing where there is none.
  mutating func add(_ name: String, _ text: String?) {
    guard let text else { return }
    addName(name)
    appendJSONString(text.utf8, to: &bytes)
  }

  /// Adds a scalar; anything else is no property.
  mutating func add(_ name: String, _ value: JSONValue?) {
    guard let value, value.isScalar else { return }
    addName(name)
    append(value)
  }

  /// Adds attributes: scalars, and nulls, which take an attribute away.
  ///
  /// Without any there is no member.
  mutating func addFields(_ values: [JSONObject.Member]) {
    let fields = values.filter { $0.value.isScalar || $0.value == .null }
    guard !fields.isEmpty else { return }
    addName("fields")
    var separator = UInt8(ascii: "{")
    for field in fields {
      bytes.append(separator)
      appendJSONString(field.name.utf8, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(field.value)
      separator = UInt8(ascii: ",")
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Adds properties by their own names; one that would pass for a member with a meaning of its own has
  /// `property_` before its name.
  mutating func addProperties(_ values: [JSONObject.Member]) {
    for value in values {
      add(reservedMembers.contains(value.name) ? "property_\(value.name)" : value.name, value.value)
    }
  }

  /// What has been added so far.
  var content: [UInt8] { bytes }

  /// Returns the line, without its line feed.
  consuming func finish() -> [UInt8] {
    bytes.isEmpty ? Array("{}".utf8) : bytes + [UInt8(ascii: "}")]
  }

  private mutating func addName(_ name: String) {
    bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    appendJSONString(name.utf8, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ value: JSONValue) {
    switch value {
    case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
    case .number(let digits): bytes.append(contentsOf: digits.utf8)
    case .string(let text): appendJSONString(text.utf8, to: &bytes)
    case .null, .array, .object: bytes.append(contentsOf: "null".utf8)
    }
  }
}

/// Members of an event that are no properties.
private let reservedMembers: Set<String> = [
  "id", "time", "type", "lead", "account", "fields", "from",
]

/// Types with a meaning of their own that what a website or an app reports may not claim: anybody can send it
/// events, and a name alone must not erase or join leads.
let protectedTypes: Set<String> = ["profile", "account_profile", "merge", "forget"]

/// Appends UTF-8 text as a JSON string, escaping no more than JSON asks for.
func appendJSONString(_ utf8: String.UTF8View, to line: inout [UInt8]) {
  line.append(UInt8(ascii: "\""))
  for byte in utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      line.append(UInt8(ascii: "\\"))
      line.append(byte)
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      line.append(contentsOf: "\\u00".utf8)
      line.append(digits[Int(byte >> 4)])
      line.append(digits[Int(byte & 15)])
    default:
      line.append(byte)
    }
  }
  line.append(UInt8(ascii: "\""))
}
