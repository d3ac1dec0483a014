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
  case withdraw
  case accountMerge = "account_merge"
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
  /// The key that the event is of; nil where it is about an account.
  var lead: Text?
  var account: Text?
  /// The other key of a merge.
  var from: Text?
  /// The id that a withdraw names.
  var withdrawn: Text?
  /// Whether its segment was known.
  var isKnown = true
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
  case event
}

private let longestLine = 1 << 20

/// Reads one line as an event, or throws the first of the reasons to refuse it, "in this order".
func readEvent(
  _ line: [UInt8], at place: Place, _ reading: Reading = Reading()
) throws(Refusal) -> Event {
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
  event.lead = try lead(object, event.special)
  // "An empty `account` is absent"
  event.account = nonEmptyString(object[Text("account")])
  if event.isAboutAccounts && event.account == nil { throw .account }
  if event.special == .merge || event.special == .accountMerge {
    event.from = try required(object, "from", else: .from)
  }
  if event.special == .outcome { _ = try required(object, "outcome", else: .outcome) }
  if event.special == .withdraw {
    event.withdrawn = try required(object, "event", longest: 128, else: .event)
  }

  // "Conditions and properties see `lead`, `account` and `from` as written."
  event.members = members(object, account: event.account, reading)
  event.fields = fields(object, reading)
  try event.normaliseKeys(reading)
  return event
}

private func lead(_ object: [Text: JSON], _ special: SpecialType?) throws(Refusal) -> Text? {
  switch special {
  case .accountProfile, .accountMerge: return nil
  case .withdraw:
    // "With an `account` and no `lead` (a `lead` that is text but no valid key is refused, not
    // taken as absent) it is about `account_profile` and `account_merge`; with neither it is refused
    // (`lead`)."
    if case .string? = object[Text("lead")] { break }
    if nonEmptyString(object[Text("account")]) == nil { throw .lead }
    return nil
  default: break
  }
  // "`lead` | string, 1 to 256 bytes | required, but for `account_profile`"
  return try required(object, "lead", longest: 256, else: .lead)
}

extension Event {
  /// Whether it is about an account, and about no lead.
  fileprivate var isAboutAccounts: Bool {
    special == .accountProfile || special == .accountMerge || (special == .withdraw && lead == nil)
  }

  // "after all of step 2, a required one that comes to nothing is refused by its name, an optional
  // account is then absent."
  fileprivate mutating func normaliseKeys(_ reading: Reading) throws(Refusal) {
    let fromMode = special == .accountMerge ? reading.accountKeys : reading.leadKeys
    lead = lead.map { reading.leadKeys.normalised($0) }
    account = account.map { reading.accountKeys.normalised($0) }
    from = from.map { fromMode.normalised($0) }
    if lead?.bytes.isEmpty ?? false { throw .lead }
    if account?.bytes.isEmpty ?? false {
      if isAboutAccounts { throw .account }
      account = nil
    }
    if from?.bytes.isEmpty ?? false { throw .from }
  }
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
private func members(
  _ object: [Text: JSON], account: Text?, _ reading: Reading
) -> [Text: Scalar] {
  var members = object.compactMapValues(\.scalar)
  members[Text("account")] = account.map { .text($0) }
  if reading.ignoresBlanks {
    // "in properties": these five have meanings of their own.
    let own = ["id", "time", "type", "lead", "account"].map { Text($0) }
    members = members.filter { own.contains($0.key) || !$0.value.isBlank }
  }
  // "If `path` is absent and `url` is given, `path` is the URL's path"
  let path = Text("path")
  if members[path] == nil, case .text(let url)? = members[Text("url")] {
    members[path] = .text(pathOfURL(url))
  }
  if case .text(let written)? = members[path] {
    members[path] = .text(reading.normalised(path: written))
  }
  // "a path that is blank then is absent, too."
  if reading.ignoresBlanks, members[path]?.isBlank ?? false { members[path] = nil }
  return members
}

extension Scalar {
  fileprivate var isBlank: Bool {
    if case .text(let text) = self { return text.isBlank }
    return false
  }
}

// "`fields` | object of scalars"; "in `fields` a null removes the attribute"
private func fields(_ object: [Text: JSON], _ reading: Reading) -> [Text: FieldNews] {
  guard case .object(let fields)? = object[Text("fields")] else { return [:] }
  var news: [Text: FieldNews] = [:]
  for (name, value) in fields {
    if case .null = value { news[name] = .removed }
    guard let scalar = value.scalar else { continue }
    // "is as if its member were absent; it removes nothing"
    if reading.ignoresBlanks && scalar.isBlank { continue }
    news[name] = .value(scalar)
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
