/// Says what a row of Snowplow's enriched events means.
///
/// - `page_view` is a `page_view`, `page_ping` a `page_ping`, with the page's path, url, title and referrer.
/// - `struct` is an event named by its action; category, label, property and value are its properties.
/// - `unstruct` is an event by its name, with the scalars of its data; any other keeps its own name.
///
/// The lead is the user, or else the domain's user; where a row has both it is a `merge` besides.
struct SnowplowMapping: RowMapping {
  private let columns: [String: Int]
  private let columnCount: Int
  private let times = TimeForms()

  /// - Parameter columns: the columns' names in order, in lowercase.
  init(columns: [String]) {
    columnCount = columns.count
    self.columns = Dictionary(
      columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func map(_ given: Row, madeID: ([UInt8]) -> String) -> MappedRecord {
    guard given.count == columnCount else { return .refused("columns") }
    let row = SnowplowRow(row: given, columns: columns)
    // Some exports have only the event's name.
    guard let event = row["event"] ?? row["event_name"].map({ _ in "unstruct" }) else {
      return .refused("type")
    }
    let kind = Self.kinds.contains(event) ? event : "other"
    guard let type = type(of: row, event), !protectedTypes.contains(type) else {
      return .refused("type", kind: kind)
    }
    let time = times.first(of: row["derived_tstamp"], row["collector_tstamp"])
    guard let time else { return .refused("time", kind: kind) }
    guard let lead = row.identity("user_id") ?? row.identity("domain_userid") else {
      return .refused("lead", kind: kind)
    }
    func lines(_ id: String) -> [[UInt8]] {
      self.lines(row, event: event, EventLine(id: id, time: time, type: type, lead: lead)) {
        EventLine(id: id + "-merge", time: time, type: "merge", lead: lead)
      }
    }
    let given = row.identity("event_id").map(MadeIDs.given)
    let lines = lines(given ?? madeID(Array(lines("").joined())))
    return MappedRecord(
      kind: kind, outcome: .events(lines),
      placeholderCount: [row["user_id"], row["domain_userid"]].placeholderCount)
  }

  private func lines(
    _ row: SnowplowRow, event: String, _ given: EventLine, merge: () -> EventLine
  ) -> [[UInt8]] {
    var line = given
    for (name, column) in Self.shared { line.add(name, row[column]) }
    if event == "struct" { for (name, column) in Self.structured { line.add(name, row[column]) } }
    if event == "unstruct" { line.addProperties(row.unstructuredData) }
    var lines = [line.finish()]
    if let visitor = row.identity("domain_userid"),
      row.identity("user_id").map({ $0 != visitor }) == true
    {
      var merge = merge()
      merge.add("from", visitor)
      lines.append(merge.finish())
    }
    return lines
  }

  private func type(of row: SnowplowRow, _ event: String) -> String? {
    switch event {
    case "page_view", "page_ping": event
    case "struct": row["se_action"]
    case "unstruct": row["event_name"] ?? row.unstructuredName
    default: row["event_name"] ?? event
    }
  }

  private static let kinds: Set = ["page_view", "page_ping", "struct", "unstruct"]
  private static let shared = [
    ("path", "page_urlpath"), ("url", "page_url"), ("title", "page_title"),
    ("referrer", "page_referrer"), ("campaign", "mkt_campaign"), ("source", "mkt_source"),
    ("medium", "mkt_medium"),
  ]
  private static let structured = [
    ("category", "se_category"), ("label", "se_label"), ("property", "se_property"),
    ("value", "se_value"),
  ]
}

/// The cells of one row by the names of their columns.
struct SnowplowRow {
  let row: Row
  let columns: [String: Int]

  /// The text in a column; nil if it is empty or there is no such column.
  subscript(column: String) -> String? {
    columns[column].flatMap(row.text)
  }

  /// The text in a column, if it names somebody.
  func identity(_ column: String) -> String? {
    self[column].flatMap { isPlaceholder($0) ? nil : $0 }
  }

  /// The self-describing JSON of an unstruct event, as the pipeline writes it: a schema and data.
  private var selfDescribing: JSONObject? {
    columns["unstruct_event"].flatMap(object)?.object("data")
  }

  /// The data of an unstruct event; in a warehouse it stands in a column that is named by its schema.
  var unstructuredData: [JSONObject.Member] {
    if let data = selfDescribing?.object("data") { return data.members }
    let named = columns.filter { $0.key.hasPrefix("unstruct_event_") }.map(\.value).sorted()
    return named.lazy.compactMap(object).first?.members ?? []
  }

  /// The object in a cell or, as some warehouses have it, in an array of one there.
  private func object(_ index: Int) -> JSONObject? {
    guard !row[index].isEmpty else { return nil }
    let text = Array(#"{"cell":"#.utf8) + row[index] + [UInt8(ascii: "}")]
    let value = text.withUnsafeBytes { try? JSONParser.object($0) }?["cell"]
    if case .array(let values) = value { return values.first?.object }
    return value?.object
  }

  /// The name within the schema, as `iglu:com.acme/link_click/jsonschema/1-0-1` has it.
  var unstructuredName: String? {
    let parts = selfDescribing?.text("schema")?.split(separator: "/") ?? []
    return parts.count == 4 ? String(parts[1]) : nil
  }
}
