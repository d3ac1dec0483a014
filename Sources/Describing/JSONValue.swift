import Notation

/// A JSON value whose members keep their order.
indirect enum JSONValue: Sendable {
  case text(String)
  case whole(Int64)
  case bool(Bool)
  case list([JSONValue])
  case object([(String, JSONValue)])

  /// The value over several lines, what is small on one.
  func written(indentedBy depth: Int = 0) -> String {
    let short = inOneLine
    if short.utf8.count + depth <= 100 { return short }
    let inner = String(repeating: " ", count: depth + 2)
    let end = "\n" + String(repeating: " ", count: depth)
    switch self {
    case .text, .whole, .bool: return short
    case .list(let items):
      let lines = items.map { inner + $0.written(indentedBy: depth + 2) }
      return "[\n" + lines.joined(separator: ",\n") + end + "]"
    case .object(let members):
      let lines = members.map { name, value in
        "\(inner)\(jsonString(name)): \(value.written(indentedBy: depth + 2))"
      }
      return "{\n" + lines.joined(separator: ",\n") + end + "}"
    }
  }

  private var inOneLine: String {
    switch self {
    case .text(let text): jsonString(text)
    case .whole(let number): "\(number)"
    case .bool(let bool): "\(bool)"
    case .list(let items): "[\(items.map(\.inOneLine).joined(separator: ", "))]"
    case .object(let members):
      members.isEmpty
        ? "{}"
        : "{ \(members.map { "\(jsonString($0)): \($1.inOneLine)" }.joined(separator: ", ")) }"
    }
  }
}
