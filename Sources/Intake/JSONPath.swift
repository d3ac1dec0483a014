/// A place in a JSON object: names with dots between them.
///
/// A name that holds dots is found as a whole, too. Of an array a step is a number, from 0, or the `key`, `name`,
/// `id` or `ref` of the element that is meant. A value that is an object of one scalar alone, as `{"int_value": 3}`
/// is, stands for that scalar.
struct JSONPath: Sendable {
  private let steps: [Substring]

  init(_ text: String) {
    steps = text == "." ? [] : text.split(separator: ".", omittingEmptySubsequences: false)
  }

  /// Returns what stands there; nil where there is nothing, or null.
  func value(in object: JSONObject) -> JSONValue? {
    Self.value(steps[...], in: .object(object))
  }

  private static func value(_ steps: ArraySlice<Substring>, in value: JSONValue) -> JSONValue? {
    guard let step = steps.first else { return value == .null ? nil : value }
    switch value {
    case .object(let object):
      if let member = object[String(step)] { return self.value(steps.dropFirst(), in: member) }
      for count in stride(from: steps.count, to: 1, by: -1) {
        let name = steps.prefix(count).joined(separator: ".")
        if let member = object[name] { return self.value(steps.dropFirst(count), in: member) }
      }
      return nil
    case .array(let values):
      if let index = Int(step) {
        return values.indices.contains(index)
          ? self.value(steps.dropFirst(), in: values[index]) : nil
      }
      let meant = values.lazy.compactMap(\.object).first { isNamed($0, step) }
      guard let meant else { return nil }
      if steps.count > 1 { return self.value(steps.dropFirst(), in: .object(meant)) }
      return meant["value"] ?? .object(meant)
    case .string(let text) where text.first == "{" || text.first == "[":
      // Exports of warehouses keep objects as their text.
      let wrapped = Array("{\"x\":\(text)}".utf8)
      let parsed = wrapped.withUnsafeBytes { try? JSONParser.object($0) }?["x"]
      return parsed.flatMap { self.value(steps, in: $0) }
    default: return nil
    }
  }

  private static func isNamed(_ object: JSONObject, _ name: Substring) -> Bool {
    ["key", "name", "id", "ref"].contains { object.key($0) == String(name) }
      || object["field"]?.object.map { isNamed($0, name) } == true
  }
}

extension JSONValue {
  /// The scalar that it is, or that stands alone in it.
  var scalar: JSONValue? {
    if isScalar { return self }
    guard let members = object?.members.filter({ $0.value != .null }), members.count == 1 else {
      return nil
    }
    return members[0].value.isScalar ? members[0].value : nil
  }
}
