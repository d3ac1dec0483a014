/// Events in the structured mode of CloudEvents: one JSON object each.
///
/// The type is the event's own. The lead is the `lead` among its attributes or in its data, else the subject. An id
/// is unique within a source only, so the log's id has both. The scalars in `data` are properties, but for the
/// members that an event of the log has of its own (`account`, `fields`, `from`), which keep their meaning: whoever
/// sends CloudEvents speaks for a service, not for a browser.
struct CloudEvents: ObjectMapping {
  let wrapperNames: [String] = []

  private let times: TimeForms
  private static let envelope: Set<String> = [
    "specversion", "id", "type", "time", "data", "data_base64", "datacontenttype", "dataschema",
    "lead", "account", "fields", "from",
  ]

  init(times: TimeForms = TimeForms()) {
    self.times = times
  }

  func map(_ record: JSONObject, madeID: () -> String) -> MappedRecord {
    guard record.key("specversion") != nil else { return .refused("specversion") }
    guard let type = record.text("type") else { return .refused("type") }
    guard let time = record.key("time").flatMap(times.rfc3339) else { return .refused("time") }
    let data = record.object("data")
    let lead = record.identity("lead") ?? data.identity("lead") ?? record.identity("subject")
    let account = record.identity("account") ?? data.identity("account")
    let isOfAccount =
      ["account_profile", "account_merge"].contains(type) || type == "withdraw" && account != nil
    guard lead != nil || isOfAccount else { return .refused("lead") }
    let id = Self.id(record) ?? madeID()
    var line = EventLine(id: id, time: time, type: type, lead: lead)
    line.add("account", account)
    line.add("from", record.identity("from") ?? data.identity("from"))
    line.addProperties(record.members.filter { !Self.envelope.contains($0.name) })
    line.addFields(data.object("fields").members)
    let own: Set = ["lead", "account", "from", "fields"]
    line.addProperties(data.members.filter { !own.contains($0.name) })
    let keys = [record.key("lead"), data.key("lead"), record.key("account"), record.key("from")]
    return MappedRecord(
      kind: nil, outcome: .events([line.finish()]), placeholderCount: keys.placeholderCount)
  }

  private static func id(_ record: JSONObject) -> String? {
    record.identity("id").map { id in
      MadeIDs.given(record.key("source").map { "\(id)@\($0)" } ?? id)
    }
  }
}
