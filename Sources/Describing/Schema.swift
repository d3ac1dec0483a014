import Vocabulary

/// Returns the JSON Schema of a definition, for editors.
///
/// It refuses nothing that loads. What needs more than one look (a name that is declared nowhere, a persona that
/// can never be chosen) is for `check`.
package func definitionSchema() -> String {
  var schema = Schema()
  let root = schema.table(.definition)
  while let table = schema.waiting.popLast() {
    schema.definitions.append((table.name, schema.table(table)))
  }
  let definitions = schema.definitions.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
  return JSONValue.object(
    [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("Scorebook pipeline definition")),
    ] + root.members + [("$defs", .object(definitions))]
  ).written() + "\n"
}

/// What is gathered on the way through the tables.
private struct Schema {
  var definitions: [(String, JSONValue)] = []
  /// Tables that are referred to and not yet written.
  var waiting: [KeyTable] = []
  private var known: Set<String> = []

  private mutating func reference(to table: KeyTable) -> JSONValue {
    if known.insert(table.name).inserted { waiting.append(table) }
    return .object([("$ref", .text("#/$defs/\(table.name)"))])
  }

  mutating func table(_ table: KeyTable) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("description", .text(table.meaning)), ("type", .text("object")),
    ]
    var properties = table.keys.map { ($0.name, described(value($0.value), $0.meaning)) }
    var patterns: [(String, JSONValue)] = []
    var others = JSONValue.bool(false)
    switch table.others {
    case .nothing: break
    case .members: others = .bool(true)
    case .tests(let asked):
      if table.name == KeyTable.expectation.name {
        patterns.append(("^list\\.", described(value(.bool), "Whether the lead is on a list")))
      }
      if asked == [.event] {
        properties.append(
          ("time", described(test(.eventTime), "The event's time, compared as an instant")))
        others = test(.member)
      }
      for kind in asked.flatMap({ SubjectKind.all(of: $0) }) where table[kind.name] == nil {
        let test = described(test(kind.values), meaning(of: kind))
        if kind.part == nil, kind.window == .never {
          if !properties.contains(where: { $0.0 == kind.name }) {
            properties.append((kind.name, test))
          }
        } else if !patterns.contains(where: { $0.0 == pattern(kind) }) {
          patterns.append((pattern(kind), test))
        }
      }
    }
    if !properties.isEmpty { members.append(("properties", .object(properties))) }
    if !patterns.isEmpty { members.append(("patternProperties", .object(patterns))) }
    members.append(("additionalProperties", others))
    if !table.required.isEmpty {
      members.append(("required", .list(table.required.map { .text($0) })))
    } else if case .tests = table.others {
      members.append(("minProperties", .whole(1)))
    }
    return .object(members)
  }

  private func meaning(of kind: SubjectKind) -> String {
    let noun = kind.meaning.replacingEllipsis(by: kind.part ?? "")
    return noun.prefix(1).uppercased() + noun.dropFirst()
      + (kind.window == .never ? "" : "; with @ and a duration, in the time up to the as-of")
  }

  /// What a subject looks like; names are not looked up.
  private func pattern(_ kind: SubjectKind) -> String {
    let part =
      switch kind.part {
      case nil: ""
      case "NAME": "\\."
      case "GROUP.PERSONA": "\\.\(Schema.name)\\.\(Schema.name)"
      default: "\\.\(Schema.name)"
      }
    if kind.part == "NAME" { return "^\(kind.name)\(part)" }
    let window =
      switch kind.window {
      case .never: ""
      case .possible: "(@\(Schema.duration))?"
      case .required: "@\(Schema.duration)"
      }
    return "^\(kind.name)\(part)\(window)$"
  }

  private static let name = "[a-z0-9][a-z0-9_-]*"
  private static let duration = "0*[1-9][0-9]*[mhdw]"

  private func described(_ value: JSONValue, _ meaning: String) -> JSONValue {
    .object([("description", .text(meaning))] + value.members)
  }

  private mutating func test(_ values: ComparedValues) -> JSONValue {
    let mapping = reference(to: .tests(of: values))
    switch values {
    case .time, .eventTime: return mapping
    default: return .object([("anyOf", .list(alternatives(values) + [mapping]))])
    }
  }

  /// A scalar that a value is compared to, or a list of them.
  private func alternatives(_ values: ComparedValues) -> [JSONValue] {
    let types = values == .number ? ["string", "number"] : ["string", "number", "boolean"]
    let scalar = JSONValue.object([("type", .list(types.map { .text($0) }))])
    return [scalar, list(of: scalar, isEmptyAllowed: false)]
  }

  private func list(of items: JSONValue, isEmptyAllowed: Bool) -> JSONValue {
    .object(
      [("type", .text("array")), ("items", items)]
        + (isEmptyAllowed ? [] : [("minItems", .whole(1))]))
  }

  private func text(_ pattern: String) -> JSONValue {
    .object([("type", .text("string")), ("pattern", .text("^\(pattern)$"))])
  }

  private mutating func value(_ kind: ValueKind) -> JSONValue {
    switch kind {
    case .name: return text(Schema.name)
    case .text: return .object([("type", .text("string"))])
    case .bool: return .object([("type", .text("boolean"))])
    case .number(let bounds):
      return .object([
        ("type", .text("number")),
        (bounds.isAboveMin ? "exclusiveMinimum" : "minimum", .whole(bounds.min)),
        ("maximum", .whole(bounds.max)),
      ])
    case .bound: return .object([("type", .text("number"))])
    case .whole(let bounds):
      return .object([
        ("type", .text("integer")), ("minimum", .whole(bounds.lowerBound)),
        ("maximum", .whole(bounds.upperBound)),
      ])
    case .range:
      return .object([
        ("type", .text("array")), ("items", value(.whole(-1_000_000_000...1_000_000_000))),
        ("minItems", .whole(2)), ("maxItems", .whole(2)),
      ])
    case .duration: return text(Schema.duration)
    case .word(let words): return .object([("enum", .list(words.map { .text($0) }))])
    case .oneOf(let lists):
      return .object([("enum", .list(lists.map { .list($0.map { .whole($0) }) }))])
    case .list(let items, let isEmptyAllowed):
      let item = value(items)
      return list(of: item, isEmptyAllowed: isEmptyAllowed)
    case .entries(let keys, let kind, let isEmptyAllowed):
      let entry = value(kind)
      return entries(keys, entry, isEmptyAllowed)
    case .patterns(let values): return .object([("anyOf", .list(alternatives(values)))])
    case .mapping(let table): return reference(to: table)
    case .condition(let asked): return reference(to: .condition(on: asked))
    case .subject: return .object([("type", .text("string")), ("minLength", .whole(1))])
    case .either(let kinds):
      var values: [JSONValue] = []
      for kind in kinds { values.append(value(kind)) }
      return .object([("anyOf", .list(values))])
    }
  }

  private func entries(
    _ keys: EntryKeys, _ value: JSONValue, _ isEmptyAllowed: Bool
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [("type", .text("object"))]
    switch keys {
    case .anything: members.append(("additionalProperties", value))
    case .names:
      members.append(("patternProperties", .object([("^\(Schema.name)$", value)])))
      members.append(("additionalProperties", .bool(false)))
    case .parts(let words):
      let pattern = "^(\(words.joined(separator: "|")))\\.\(Schema.name)$"
      members.append(("patternProperties", .object([(pattern, value)])))
      members.append(("additionalProperties", .bool(false)))
    }
    if !isEmptyAllowed { members.append(("minProperties", .whole(1))) }
    return .object(members)
  }
}

extension JSONValue {
  fileprivate var members: [(String, JSONValue)] {
    if case .object(let members) = self { members } else { [] }
  }
}

extension String {
  /// Puts a part in the place of `…`.
  func replacingEllipsis(by part: String) -> String {
    split(separator: "…", omittingEmptySubsequences: false).joined(separator: part)
  }
}
