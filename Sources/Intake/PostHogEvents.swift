/// Events as PostHog exports them: an object each with `uuid`, `event`, `distinct_id`, `timestamp`, `properties`.
///
/// - `$pageview` and `$screen` are a `page_view`; an event of your own keeps its name as its type, and its scalar
///   properties, but for PostHog's own, which begin with `$`.
/// - `$set`, of any event, gives the lead attributes; `$identify` and `$set` are a `profile`.
/// - `$identify` is also a `merge` with the anonymous id before it; `$create_alias` and `$merge_dangerously` are a
///   `merge`.
/// - `$groupidentify` is an `account_profile`.
/// - Other events of PostHog's own (`$autocapture`, `$pageleave`, …) are skipped.
struct PostHogEvents: ObjectMapping {
  let wrapperNames = ["batch", "results"]

  private let times: TimeForms

  init(times: TimeForms = TimeForms()) {
    self.times = times
  }

  func map(_ record: JSONObject, madeID: () -> String) -> MappedRecord {
    guard let name = record.text("event") else { return .refused("type") }
    let kind = name.hasPrefix("$") ? name : "event"
    guard let time = record.key("timestamp").flatMap(times.rfc3339) else {
      return .refused("time", kind: kind)
    }
    let properties = Self.properties(record)
    guard let lead = record.identity("distinct_id") ?? properties.identity("distinct_id") else {
      return .refused("lead", kind: kind)
    }
    if kind != "event", Self.mappings[name] == nil { return .skipped("posthog", kind: "other") }
    if protectedTypes.contains(name) { return .refused("type", kind: kind) }
    let id = record.identity("uuid", "id").map(MadeIDs.given) ?? madeID()
    let event = PostHogEvent(
      name: name, id: id, time: time, lead: lead, properties: properties, record: record)
    let keys = [
      record.key("distinct_id"), properties.key("$anon_distinct_id"), properties.key("alias"),
    ]
    return MappedRecord(
      kind: kind, outcome: (Self.mappings[name] ?? { $0.custom() })(event),
      placeholderCount: keys.placeholderCount)
  }

  /// The properties: an object, or in some exports the text of one.
  private static func properties(_ record: JSONObject) -> JSONObject {
    guard let text = record.text("properties") else { return record.object("properties") }
    let parsed = Array(text.utf8).withUnsafeBytes { try? JSONParser.object($0) }
    return parsed ?? JSONObject()
  }

  private static let mappings: [String: @Sendable (PostHogEvent) -> LineReading] = [
    "$pageview": { $0.pageView() }, "$screen": { $0.pageView() },
    "$identify": { $0.identified() }, "$set": { $0.identified() },
    "$create_alias": { $0.aliased() }, "$merge_dangerously": { $0.aliased() },
    "$groupidentify": { $0.grouped() },
  ]
}

/// One event, with what its lines share.
struct PostHogEvent {
  let name: String
  let id: String
  let time: String
  let lead: String
  let properties: JSONObject
  let record: JSONObject

  private func event(_ type: String, suffix: String = "") -> EventLine {
    var line = EventLine(id: id + suffix, time: time, type: type, lead: lead)
    line.add("account", account)
    return line
  }

  /// The one group of the event, or of several the one whose type sounds like a company's.
  private var account: String? {
    let groups = properties.object("$groups")
    let named = groups.identity("company", "account", "organization", "organisation")
    return named ?? (groups.members.count == 1 ? groups.identity(groups.members[0].name) : nil)
  }

  private var attributes: [JSONObject.Member] {
    let outer = record.object("$set").members
    return outer.isEmpty ? properties.object("$set").members : outer
  }

  func pageView() -> LineReading {
    var line = event("page_view")
    line.add("name", properties.key("$screen_name"))
    return .events([finished(&line)])
  }

  func custom() -> LineReading {
    var line = event(name)
    return .events([finished(&line)])
  }

  private func finished(_ line: inout EventLine) -> [UInt8] {
    let own = properties.members.compactMap { member -> JSONObject.Member? in
      // The answer to a survey is PostHog's own, and what the survey is for.
      if member.name.hasPrefix("$survey_") {
        return .init(name: String(member.name.dropFirst()), value: member.value)
      }
      return member.name.hasPrefix("$") ? nil : member
    }
    let given = Set(own.map(\.name))
    let standard = [
      ("path", "$pathname"), ("url", "$current_url"), ("title", "title"),
      ("referrer", "$referrer"), ("campaign", "utm_campaign"),
    ]
    for (name, property) in standard where !given.contains(name) {
      line.add(name, properties.text(property))
    }
    line.addFields(attributes)
    line.addProperties(own)
    return line.finish()
  }

  func identified() -> LineReading {
    var line = event("profile")
    line.addFields(attributes)
    var lines = [line.finish()]
    if let anonymous = properties.identity("$anon_distinct_id"), anonymous != lead {
      lines.append(merge(with: anonymous, suffix: "-merge"))
    }
    return .events(lines)
  }

  func aliased() -> LineReading {
    guard let alias = properties.identity("alias") else { return .refused("from") }
    return .events([merge(with: alias, suffix: "")])
  }

  private func merge(with other: String, suffix: String) -> [UInt8] {
    var line = EventLine(id: id + suffix, time: time, type: "merge", lead: lead)
    line.add("from", other)
    return line.finish()
  }

  func grouped() -> LineReading {
    guard let group = properties.identity("$group_key") else { return .refused("account") }
    var line = EventLine(id: id, time: time, type: "account_profile", lead: nil)
    line.add("account", group)
    line.addFields(properties.object("$group_set").members)
    return .events([line.finish()])
  }
}
