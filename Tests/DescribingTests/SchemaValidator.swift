import Testing

@testable import Definition

/// As much of JSON Schema as ours uses; any other keyword stops a test.
final class SchemaValidator {
  private let root: YAMLNode
  private var patterns: [String: Regex<AnyRegexOutput>] = [:]

  init(_ text: String) throws {
    let faults = FaultCollector(file: "schema")
    root = try #require(parseYAML(text, faults))
    try #require(faults.isEmpty)
  }

  /// Where a value is not what the schema says, and how; nil where all of it is.
  func refusal(of node: YAMLNode) throws -> String? { try refusal(of: node, root, "") }

  private func refusal(of node: YAMLNode, _ schema: YAMLNode, _ path: String) throws -> String? {
    guard case .mapping(let members) = schema.value else {
      if case .bool(let isAllowed) = schema.value {
        return isAllowed ? nil : "\(path): not allowed"
      }
      throw Unknown(keyword: "\(path): \(schema.written)")
    }
    for member in members {
      if let why = try refusal(of: node, member.key, member.value, schema, path) { return why }
    }
    return nil
  }

  private func refusal(
    of node: YAMLNode, _ keyword: String, _ value: YAMLNode, _ schema: YAMLNode, _ path: String
  ) throws -> String? {
    func unless(_ holds: Bool) -> String? { holds ? nil : "\(path): \(keyword)" }
    let bound = value.number ?? .nan
    switch keyword {
    case "$schema", "title", "description", "$defs": return nil
    case "$ref":
      let name = String(value.written.dropFirst("#/$defs/".count))
      return try refusal(of: node, try #require(root["$defs"]?[name], "\(name)"), path)
    case "type":
      return unless(
        value.items.isEmpty ? fits(node, value) : value.items.contains { fits(node, $0) })
    case "enum": return unless(value.items.contains { isSame(node, $0) })
    case "anyOf":
      for option in value.items where try refusal(of: node, option, path) == nil { return nil }
      return "\(path): none of these"
    case "pattern": return unless(try node.text.map { try matches($0, value.written) } ?? true)
    case "minLength":
      return unless(node.text.map { Double($0.utf8.count) >= bound } ?? true)
    case "minimum": return unless(node.number.map { $0 >= bound } ?? true)
    case "exclusiveMinimum": return unless(node.number.map { $0 > bound } ?? true)
    case "maximum": return unless(node.number.map { $0 <= bound } ?? true)
    case "minItems": return unless(!node.isList || Double(node.items.count) >= bound)
    case "maxItems": return unless(!node.isList || Double(node.items.count) <= bound)
    case "minProperties":
      return unless(!node.isMapping || Double(node.entries.count) >= bound)
    case "items":
      for (index, item) in node.items.enumerated() {
        if let why = try refusal(of: item, value, "\(path)/\(index)") { return why }
      }
      return nil
    case "required":
      return unless(!node.isMapping || value.items.allSatisfy { node[$0.written] != nil })
    case "properties", "patternProperties": return nil
    case "additionalProperties":
      for entry in node.entries {
        let rules = try self.rules(for: entry.key, schema, value)
        for rule in rules {
          if let why = try refusal(of: entry.value, rule, "\(path)/\(entry.key)") { return why }
        }
      }
      return nil
    default: throw Unknown(keyword: keyword)
    }
  }

  struct Unknown: Error {
    var keyword: String
  }

  /// What a member of an object must be.
  private func rules(
    for key: String, _ schema: YAMLNode, _ others: YAMLNode
  ) throws -> [YAMLNode] {
    var rules = schema["properties"]?[key].map { [$0] } ?? []
    for pattern in schema["patternProperties"]?.entries ?? []
    where try matches(key, pattern.key) {
      rules.append(pattern.value)
    }
    return rules.isEmpty ? [others] : rules
  }

  private func matches(_ text: String, _ pattern: String) throws -> Bool {
    let regex =
      try patterns[pattern] ?? Regex(pattern).matchingSemantics(.unicodeScalar)
    patterns[pattern] = regex
    return try regex.firstMatch(in: text) != nil
  }

  private func fits(_ node: YAMLNode, _ type: YAMLNode) -> Bool {
    switch (type.written, node.value) {
    case ("object", .mapping), ("array", .list), ("string", .text), ("boolean", .bool),
      ("number", .number):
      true
    case ("integer", .number): node.number.map { $0 == $0.rounded() } ?? false
    default: false
    }
  }

  private func isSame(_ one: YAMLNode, _ other: YAMLNode) -> Bool {
    switch (one.value, other.value) {
    case (.list(let one), .list(let other)):
      one.count == other.count && zip(one, other).allSatisfy(isSame)
    case (.number, .number): one.number == other.number
    case (.text(let one), .text(let other)): one == other
    default: false
    }
  }
}

extension YAMLNode {
  var isList: Bool { if case .list = value { true } else { false } }
  var isMapping: Bool { if case .mapping = value { true } else { false } }
  var text: String? { if case .text(let text) = value { text } else { nil } }
  var number: Double? { if case .number(let text) = value { Double(text) } else { nil } }
}
