import Yams

/// A YAML value by the rules of the contract: "YAML 1.2 core schema, but only `true` and `false`
/// are booleans: `NO` is Norway; times are text".
indirect enum Yaml {
  case null
  case bool(Bool)
  /// A number, as it is written.
  case number(String)
  case text(String)
  case list([Yaml])
  case map([(key: String, value: Yaml)])

  init(parsing text: String) throws {
    guard let node = try Yams.compose(yaml: text) else {
      throw ReferenceError.badDefinition("empty")
    }
    self = try Yaml(node)
  }

  private init(_ node: Node) throws {
    switch node {
    case .scalar(let scalar):
      self = scalar.style == .plain ? Yaml(plain: scalar.string) : .text(scalar.string)
    case .sequence(let sequence):
      self = .list(try sequence.map { try Yaml($0) })
    case .mapping(let mapping):
      self = .map(
        try mapping.map { pair in
          guard case .scalar(let key) = pair.key else {
            throw ReferenceError.badDefinition("a key that is no scalar")
          }
          return (key.string, try Yaml(pair.value))
        })
    case .alias:
      throw ReferenceError.badDefinition("an alias")
    }
  }

  /// Resolves a plain scalar.
  private init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true": self = .bool(true)
    case "false": self = .bool(false)
    default: self = Yaml.isNumber(text) ? .number(text) : .text(text)
    }
  }

  // `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
  private static func isNumber(_ text: String) -> Bool {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }) else {
      return false
    }
    return ExactDecimal(text) != nil
  }

  subscript(_ key: String) -> Yaml? {
    guard case .map(let pairs) = self else { return nil }
    return pairs.first { $0.key == key }?.value
  }

  var pairs: [(key: String, value: Yaml)] {
    if case .map(let pairs) = self { return pairs }
    return []
  }

  var items: [Yaml] {
    if case .list(let items) = self { return items }
    return []
  }

  /// The text of a scalar as it is written.
  var written: String? {
    switch self {
    case .text(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null, .list, .map: nil
    }
  }

  /// A number in millionths: "Points, caps and weights have at most six decimals".
  var micro: Int? {
    guard case .number(let text) = self else { return nil }
    return ExactDecimal(text)?.rounded(places: 6)
  }

  var whole: Int? {
    guard case .number(let text) = self else { return nil }
    return ExactDecimal(text)?.rounded(places: 0)
  }

  var binary64: Double? {
    guard case .number(let text) = self else { return nil }
    return Double(text)
  }

  /// A duration in milliseconds.
  var time: Int? { written.flatMap { duration($0) } }

  var scalar: Scalar? {
    switch self {
    case .bool(let value): .bool(value)
    case .number: binary64.map { .number($0) }
    case .text(let text): .text(Text(text))
    case .null, .list, .map: nil
    }
  }
}
