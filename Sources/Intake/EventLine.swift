import Notation

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
    bytes.appendString(text)
  }

  /// Adds a text of UTF-8.
  mutating func add(_ name: String, _ utf8: UnsafeRawBufferPointer) {
    addName(name)
    appendJSONString(utf8, to: &bytes, shortEscapes: false)
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
      bytes.appendString(field.name)
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
    bytes.appendString(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ value: JSONValue) {
    switch value {
    case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
    case .number(let digits): bytes.append(contentsOf: digits.utf8)
    case .string(let text): bytes.appendString(text)
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
let protectedTypes: Set<String> = [
  "profile", "account_profile", "merge", "account_merge", "forget", "withdraw",
]

extension [UInt8] {
  /// Appends a text as events have it, its tabs as `\u0009`: whether the log has a line already is told by its
  /// bytes, and what was appended before has them so.
  fileprivate mutating func appendString(_ text: String) {
    appendJSONString(text.utf8, to: &self, shortEscapes: false)
  }
}
