/// A JSON value as it was written: a number keeps its digits, an object the order of its members.
indirect enum JSONValue: Equatable {
  case null
  case bool(Bool)
  /// Verbatim, so that nothing is rounded on its way to the log.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// Whether it can be a property or an attribute.
  var isScalar: Bool {
    switch self {
    case .bool, .number, .string: true
    case .null, .array, .object: false
    }
  }

  /// What a key or an id is taken from: text that is not empty, or a number's digits.
  var key: String? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .number(let digits): digits
    case .null, .bool, .array, .object: nil
    }
  }

  var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }
}

/// The members of a JSON object; of a name given twice the last counts.
struct JSONObject: Equatable {
  struct Member: Equatable {
    let name: String
    let value: JSONValue
  }

  var members: [Member] = []

  subscript(name: String) -> JSONValue? {
    members.last { $0.name == name }?.value
  }

  /// Returns the object within; an empty one where there is none.
  func object(_ name: String) -> JSONObject { self[name]?.object ?? JSONObject() }

  /// Returns the key in the first of these members that has one.
  func key(_ names: String...) -> String? {
    for name in names {
      if let key = self[name]?.key { return key }
    }
    return nil
  }

  /// Returns the key in the first of these members that has one that names somebody.
  func identity(_ names: String...) -> String? {
    for name in names {
      if let key = self[name]?.key, !isPlaceholder(key) { return key }
    }
    return nil
  }

  /// Returns the text in a member; nil if it is empty or no text.
  func text(_ name: String) -> String? {
    if case .string(let text) = self[name], !text.isEmpty { text } else { nil }
  }
}
