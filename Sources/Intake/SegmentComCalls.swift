import Notation

/// Calls of Segment's specification, as Segment, RudderStack and Jitsu record them.
///
/// - `page` and `screen` are a `page_view`, `track` an event whose type is its name; their scalar properties are
///   properties of the event.
/// - `identify` is a `profile` with the traits, and a `merge` where it names a user and an anonymous id.
/// - `group` is an `account_profile` with the traits, and a `profile` that puts the lead into the account.
/// - `alias` is a `merge`.
///
/// The lead is the user, or else the anonymous id. Everything but an alias has the account of its
/// context's group, and the campaign of its context.
struct SegmentCalls: ObjectMapping {
  let wrapperNames = ["batch"]

  private let times: TimeForms
  private let correctsClocks: Bool

  /// `correctsClocks`: whether the time that passed between a call and its sending is taken off when it was received,
  /// so that no clock counts but the receiver's.
  init(times: TimeForms = TimeForms(), correctsClocks: Bool = false) {
    self.times = times
    self.correctsClocks = correctsClocks
  }

  func map(_ record: JSONObject, madeID: () -> String) -> MappedRecord {
    let kind = record.text("type")?.lowercased() ?? ""
    guard let mapping = Self.mappings[kind] else { return .refused("type") }
    let time =
      (correctsClocks ? corrected(record) : nil)
      ?? times.first(
        of: record.key("timestamp"), record.key("originalTimestamp"), record.key("receivedAt"))
    guard let time else { return .refused("time", kind: kind) }
    guard let lead = record.identity("userId", "anonymousId") else {
      return .refused("lead", kind: kind)
    }
    let id = record.identity("messageId").map(MadeIDs.given) ?? madeID()
    let call = SegmentCall(record: record, id: id, time: time, lead: lead)
    let keys = ["userId", "anonymousId", "previousId", "groupId"].map { record.key($0) }
    return MappedRecord(
      kind: kind, outcome: mapping(call), placeholderCount: keys.placeholderCount)
  }

  private func corrected(_ record: JSONObject) -> String? {
    func milliseconds(_ names: String...) -> Int64? {
      names.lazy.compactMap { record.key($0) }.first.flatMap(times.rfc3339).flatMap {
        eventTime($0)
      }
    }
    guard let called = milliseconds("originalTimestamp", "timestamp"),
      let sent = milliseconds("sentAt"),
      let received = milliseconds("receivedAt")
    else { return nil }
    return timeText(milliseconds: received - (sent - called))
  }

  private static let mappings: [String: @Sendable (SegmentCall) -> LineReading] = [
    "page": { $0.pageView() }, "screen": { $0.pageView() }, "track": { $0.tracked() },
    "identify": { $0.identified() }, "group": { $0.grouped() }, "alias": { $0.aliased() },
  ]
}

/// One call, with what its events share.
struct SegmentCall {
  let record: JSONObject
  let id: String
  let time: String
  let lead: String

  private func event(_ type: String, suffix: String = "") -> EventLine {
    EventLine(id: id + suffix, time: time, type: type, lead: lead)
  }

  private var context: JSONObject { record.object("context") }
  /// The group of the call's context, or the company among the traits of `identify`.
  private var account: String? {
    context.identity("groupId") ?? company(record) ?? company(context)
  }

  private func company(_ object: JSONObject) -> String? {
    let traits = object.object("traits")
    return traits.object("company").identity("id", "name") ?? traits.identity("company")
  }

  func pageView() -> LineReading {
    let properties = record.object("properties")
    let page = context.object("page")
    var line = event("page_view")
    line.add("account", account)
    if properties["name"] == nil { line.add("name", record["name"]) }
    if properties["category"] == nil { line.add("category", record["category"]) }
    // The log takes the path from the url where there is none.
    for name in ["path", "url", "title", "referrer"] where properties.key(name) == nil {
      line.add(name, page.text(name))
    }
    addCampaign(to: &line, properties)
    line.addProperties(properties.members)
    return .events([line.finish()])
  }

  func tracked() -> LineReading {
    guard let name = record.text("event"), !protectedTypes.contains(name) else {
      return .refused("type")
    }
    let properties = record.object("properties")
    var line = event(name)
    line.add("account", account)
    addCampaign(to: &line, properties)
    line.addProperties(properties.members)
    return .events([line.finish()])
  }

  private func addCampaign(to line: inout EventLine, _ properties: JSONObject) {
    guard properties["campaign"]?.isScalar != true else { return }
    line.add("campaign", context.object("campaign").key("name"))
  }

  func identified() -> LineReading {
    var line = event("profile")
    line.add("account", account)
    line.addFields(traits)
    var lines = [line.finish()]
    if let anonymous = record.identity("anonymousId"), anonymous != lead {
      var merge = event("merge", suffix: "-merge")
      merge.add("from", anonymous)
      lines.append(merge.finish())
    }
    return .events(lines)
  }

  /// The traits; some libraries put them into the context.
  ///
  /// What the call itself says comes last, so it counts.
  private var traits: [JSONObject.Member] {
    let own = record.object("traits")
    let shared = context.object("traits").members.filter { own[$0.name] == nil }
    return shared + own.members
  }

  func grouped() -> LineReading {
    guard let group = record.identity("groupId") else { return .refused("account") }
    var profile = EventLine(id: id, time: time, type: "account_profile", lead: nil)
    profile.add("account", group)
    profile.addFields(record.object("traits").members)
    var membership = event("profile", suffix: "-member")
    membership.add("account", group)
    return .events([profile.finish(), membership.finish()])
  }

  func aliased() -> LineReading {
    guard let previous = record.identity("previousId") else { return .refused("from") }
    var line = event("merge")
    line.add("from", previous)
    return .events([line.finish()])
  }
}
