import Intake
import Testing

@Suite("Reading Snowplow's enriched events")
struct SnowplowTests {
  /// Places of some of the 131 columns, from 0, as Snowplow documents them.
  private static let places = [
    "app_id": 0, "collector_tstamp": 3, "event": 5, "event_id": 6, "user_id": 12,
    "domain_userid": 15, "page_url": 29, "page_title": 30, "page_urlpath": 35, "mkt_campaign": 51,
    "se_category": 53, "se_action": 54, "se_label": 55, "se_property": 56, "se_value": 57,
    "unstruct_event": 58, "derived_tstamp": 124, "event_name": 126, "true_tstamp": 130,
  ]

  private static let shared = [
    "event_id": "e-1", "domain_userid": "d", "collector_tstamp": "2026-02-01 10:00:01.500",
  ]

  /// Returns an enriched line with some cells filled.
  private func enriched(_ cells: [String: String]) throws -> String {
    var line = [String](repeating: "", count: 131)
    for (name, value) in cells { line[try #require(Self.places[name])] = value }
    return line.joined(separator: "\t")
  }

  private func record(_ cells: [String: String]) throws -> ReadRecord {
    let line = try enriched(Self.shared.merging(cells) { $1 })
    let found = try records(line + "\n", by: snowplowReader())
    #expect(found.count == 1)
    return found[0]
  }

  @Test("a page view has its path, url and title")
  func pageView() throws {
    let record = try record([
      "event": "page_view", "page_urlpath": "/a", "page_url": "https://x.example/a",
      "page_title": #""Quoted" title"#, "mkt_campaign": "spring",
      "derived_tstamp": "2026-02-01 10:00:00.250",
    ])
    #expect(record.kind == "page_view")
    #expect(
      record.events == [
        [
          "id": "e-1", "time": "2026-02-01T10:00:00.250Z", "type": "page_view", "lead": "d",
          "path": "/a", "url": "https://x.example/a", "title": #""Quoted" title"#,
          "campaign": "spring",
        ]
      ])
  }

  @Test("the time is the derived one, else the collector's; without one a row is refused")
  func time() throws {
    let collected = try record(["event": "page_view"])
    #expect(collected.events[0]["time"] == "2026-02-01T10:00:01.500Z")
    #expect(try record(["event": "page_view", "collector_tstamp": ""]).refusal == "time")
  }

  @Test("a ping is a page_ping, a struct its action with its properties")
  func kinds() throws {
    #expect(try record(["event": "page_ping"]).events[0]["type"] == "page_ping")
    let struct_ = try record([
      "event": "struct", "se_action": "Sign up", "se_category": "c", "se_label": "l",
      "se_property": "p", "se_value": "1.5",
    ]).events[0]
    #expect(struct_["type"] == "Sign up" && struct_["category"] == "c" && struct_["label"] == "l")
    #expect(struct_["property"] == "p" && struct_["value"] == "1.5")
    #expect(try record(["event": "struct"]).refusal == "type")
    #expect(try record(["event": "struct", "se_action": "forget"]).refusal == "type")
    #expect(try record(["event": ""]).refusal == "type")
    #expect(try record(["event": "transaction"]).events[0]["type"] == "transaction")
  }

  @Test("an unstruct is an event by its name, with the scalars of its data")
  func unstruct() throws {
    let data =
      #"{"schema":"iglu:a/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.acme/link_click/jsonschema/1-0-1","data":{"targetUrl":"/x","id":7,"deep":{}}}}"#
    let named = try record(["event": "unstruct", "event_name": "click", "unstruct_event": data])
    #expect(named.events[0]["type"] == "click" && named.events[0]["targetUrl"] == "/x")
    #expect(named.events[0]["property_id"] == "7" && named.events[0]["deep"] == nil)
    let unnamed = try record(["event": "unstruct", "unstruct_event": data])
    #expect(unnamed.events[0]["type"] == "link_click")
  }

  @Test("the lead is the user, else the domain's user; with both there is a merge")
  func lead() throws {
    let both = try record(["event": "page_view", "user_id": "ada"])
    #expect(both.events.map { $0["type"] } == ["page_view", "merge"])
    #expect(both.events[0]["lead"] == "ada")
    #expect(both.events[1]["lead"] == "ada" && both.events[1]["from"] == "d")
    #expect(both.events[1]["id"] == "e-1-merge")
    let user = try record(["event": "page_view", "user_id": "ada", "domain_userid": ""])
    #expect(user.events.count == 1 && user.events[0]["lead"] == "ada")
    #expect(try record(["event": "page_view", "domain_userid": ""]).refusal == "lead")
  }

  @Test("a row without an id gets one from its content")
  func madeID() throws {
    let record = try record(["event": "page_view", "event_id": ""])
    #expect(record.hasMadeID && record.events[0]["id"]?.count == 32)
  }

  @Test("with a header columns may stand in any order and case, by tab or comma, in quotes")
  func header() throws {
    let comma =
      "\u{FEFF}EVENT,extra,EVENT_ID,USER_ID,COLLECTOR_TSTAMP,PAGE_URLPATH\r\n"
      + "page_view,\"a,\nb\",e-1,\"a \"\"b\"\"\",2026-02-01 10:00:00.000,/p\r\n"
    let tab =
      "collector_tstamp\tevent\tevent_id\tuser_id\tunstruct_event_com_acme_click_1\tevent_name\n"
      + "2026-02-01 10:00:00.000+00:00\tunstruct\te-2\tu\t[{\"\"a\"\":1}]\tclick\n"
      .replacing("[{\"\"a\"\":1}]", with: "\"[{\"\"a\"\":1}]\"")
    let first = try records(comma, by: snowplowReader())
    #expect(first.count == 1 && first[0].line == 2)
    #expect(first[0].events[0]["lead"] == "a \"b\"" && first[0].events[0]["path"] == "/p")
    let second = try records(tab, by: snowplowReader())
    #expect(second[0].events[0]["type"] == "click" && second[0].events[0]["a"] == "1")
    #expect(second[0].events[0]["time"] == "2026-02-01T10:00:00.000+00:00")
  }

  @Test("a row of another number of columns is refused, the first such line stops the reading")
  func columns() throws {
    let good = try enriched(Self.shared.merging(["event": "page_view"]) { $1 })
    let found = try records("\(good)\na\tb\n\(good)\n", by: snowplowReader())
    #expect(found.map(\.refusal) == [nil, "columns", nil] && found.map(\.line) == [1, 2, 3])
    for text in ["a\tb\n", "nothing\n", #"{"type":"page"}"#] {
      let fault = #expect(throws: FormatFault.self) { try records(text, by: snowplowReader()) }
      #expect(fault?.line == 1)
    }
    #expect(try records("", by: snowplowReader()) == [])
  }
}
