/// A value of a member of a sample event.
enum SampleValue {
  case text(String)
  case whole(Int)
  case null
  case object([(String, SampleValue)])

  /// The value as JSON.
  ///
  /// The sample's words need no escapes.
  var json: String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .whole(let number): "\(number)"
    case .null: "null"
    case .object(let members):
      "{" + members.map { "\"\($0.0)\":\($0.1.json)" }.joined(separator: ",") + "}"
    }
  }
}

typealias SampleMembers = [(String, SampleValue)]
