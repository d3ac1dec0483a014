/// Where an event stands in the log: the segment, in the byte order of the paths, and its line.
struct Place: Hashable, Comparable {
  var segment: Int
  var line: Int

  static func < (left: Place, right: Place) -> Bool {
    (left.segment, left.line) < (right.segment, right.line)
  }
}

/// The types "with a meaning of their own", compared byte for byte.
enum SpecialType: String, CaseIterable {
  case profile
  case accountProfile = "account_profile"
  case merge
  case forget
  case outcome
}

/// What an event says about one attribute.
enum FieldNews: Equatable {
  case value(Scalar)
  /// "in `fields` a null removes the attribute"
  case removed
}

/// A line of the log that was not refused.
struct Event {
  var place: Place
  var id: Text
  var time: Int
  var type: Text
  /// The key that the event is of; nil for an `account_profile`.
  var lead: Text?
  var account: Text?
  /// The other key of a merge.
  var from: Text?
  /// The scalar members, by name: the properties that rules can test.
  var members: [Text: Scalar]
  var fields: [Text: FieldNews]

  var special: SpecialType? { SpecialType.allCases.first { Text($0.rawValue) == type } }

  // "A lead's events are ordered by (`time`, place in the log)."
  func precedes(_ other: Event) -> Bool {
    (time, place) < (other.time, other.place)
  }

  // "Subjects of an event: its members by name, `fields.NAME` for one inside `fields`."
  func subject(_ name: String) -> Scalar? {
    if let field = name.suffix(after: "fields.") {
      guard case .value(let value)? = fields[Text(field)] else { return nil }
      return value
    }
    return members[Text(name)]
  }
}

extension String {
  /// The rest of the text after a prefix, if it has that prefix.
  func suffix(after prefix: String) -> String? {
    // By bytes: a combining character after the prefix belongs to the rest.
    guard utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }
}

/// Why a line is refused.
enum Refusal: String, Error {
  case tooLong = "too-long"
  case utf8
  case nesting
  case json
  case id
  case time
  case type
  case lead
  case account
  case from
  case outcome
}

private let longestLine = 1 << 20

/// Reads one line as an event, or throws the first of the reasons to refuse it, "in this order".
func readEvent(_ line: [UInt8], at place: Place) throws(Refusal) -> Event {
  if line.count > longestLine { throw .tooLong }
  if !isUTF8(line) { throw .utf8 }
  let object = try readObject(line)

  // "`id` | string, 1 to 128 bytes | required"
  let id = try required(object, "id", longest: 128, else: .id)
  guard let time = milliseconds(rfc3339: try required(object, "time", else: .time)) else {
    throw .time
  }
  let type = try required(object, "type", else: .type)
  var event = Event(
    place: place, id: id, time: time, type: type, lead: nil, account: nil, from: nil,
    members: [:], fields: [:])

  // "`lead` | string, 1 to 256 bytes | required, but for `account_profile`"
  if event.special != .accountProfile {
    event.lead = try required(object, "lead", longest: 256, else: .lead)
  }
  // "An empty `account` is absent"
  event.account = nonEmptyString(object[Text("account")])
  if event.special == .accountProfile && event.account == nil { throw .account }
  if event.special == .merge { event.from = try required(object, "from", else: .from) }
  if event.special == .outcome { _ = try required(object, "outcome", else: .outcome) }

  event.members = members(object, account: event.account)
  event.fields = fields(object)
  return event
}

private func readObject(_ line: [UInt8]) throws(Refusal) -> [Text: JSON] {
  let value: JSON
  do {
    value = try StrictJSON.parse(line)
  } catch {
    throw error == .nesting ? .nesting : .json
  }
  guard case .object(let object) = value else { throw .json }
  return object
}

// "other required strings have at least 1 byte"
private func required(
  _ object: [Text: JSON], _ name: String, longest: Int = .max, else reason: Refusal
) throws(Refusal) -> Text {
  guard let text = nonEmptyString(object[Text(name)]), text.bytes.count <= longest else {
    throw reason
  }
  return text
}

private func nonEmptyString(_ value: JSON?) -> Text? {
  guard case .string(let text)? = value, !text.bytes.isEmpty else { return nil }
  return text
}

// "A member that is null, or of the wrong kind where it is not required, is as if absent"
private func members(_ object: [Text: JSON], account: Text?) -> [Text: Scalar] {
  var members = object.compactMapValues(\.scalar)
  members[Text("account")] = account.map { .text($0) }
  // "If `path` is absent and `url` is given, `path` is the URL's path"
  if members[Text("path")] == nil, case .text(let url)? = members[Text("url")] {
    members[Text("path")] = .text(pathOfURL(url))
  }
  return members
}

// "`fields` | object of scalars"; "in `fields` a null removes the attribute"
private func fields(_ object: [Text: JSON]) -> [Text: FieldNews] {
  guard case .object(let fields)? = object[Text("fields")] else { return [:] }
  var news: [Text: FieldNews] = [:]
  for (name, value) in fields {
    if case .null = value { news[name] = .removed }
    if let scalar = value.scalar { news[name] = .value(scalar) }
  }
  return news
}

// "the URL's path (RFC 3986 appendix B, nothing normalised or decoded; `/` if empty)"
//
// The expression there is `^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?`.
func pathOfURL(_ url: Text) -> Text {
  var rest = url.bytes[...]
  let colon = UInt8(ascii: ":")
  let slash = UInt8(ascii: "/")
  let marks = [UInt8(ascii: "?"), UInt8(ascii: "#")]
  // (([^:/?#]+):)?
  let scheme = rest.prefix { $0 != colon && $0 != slash && !marks.contains($0) }
  if !scheme.isEmpty, rest.dropFirst(scheme.count).first == colon {
    rest = rest.dropFirst(scheme.count + 1)
  }
  // (//([^/?#]*))?
  if rest.starts(with: [slash, slash]) {
    rest = rest.dropFirst(2).drop { $0 != slash && !marks.contains($0) }
  }
  // ([^?#]*)
  let path = Array(rest.prefix { !marks.contains($0) })
  return path.isEmpty ? Text("/") : Text(bytes: path)
}
