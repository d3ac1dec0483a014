import Intake
import Testing

@Suite("Reading PostHog's exports")
struct PostHogTests {
  private func event(_ name: String, _ properties: String, _ rest: String = "") throws -> ReadRecord
  {
    let shared =
      #""uuid":"u-1","distinct_id":"ada","timestamp":"2026-02-01T10:00:00.000000+00:00""#
    let text = #"{\#(shared),"event":"\#(name)","properties":{\#(properties)}\#(rest)}"#
    return try records(text, by: postHogReader())[0]
  }

  @Test("a page view has its path and url, a screen its name")
  func pages() throws {
    let page = try event(
      "$pageview",
      #""$pathname":"/a","$current_url":"https://x.example/a","$lib":"web","utm_campaign":"spring","$groups":{"company":"acme"}"#
    )
    #expect(page.kind == "$pageview")
    #expect(
      page.events == [
        [
          "id": "u-1", "time": "2026-02-01T10:00:00.000000+00:00", "type": "page_view",
          "lead": "ada", "account": "acme", "path": "/a", "url": "https://x.example/a",
          "campaign": "spring", "utm_campaign": "spring",
        ]
      ])
    let screen = try event("$screen", #""$screen_name":"Home""#).events[0]
    #expect(screen["type"] == "page_view" && screen["name"] == "Home")
  }

  @Test("an event of one's own keeps its name and properties, and $set gives attributes")
  func custom() throws {
    let event = try event(
      "signed up", #""plan":"pro","id":3,"$browser":"x","$set":{"title":"VP"}"#
    ).events[0]
    #expect(event["type"] == "signed up" && event["plan"] == "pro" && event["property_id"] == "3")
    #expect(event["fields"] == #"{"title":"VP"}"# && event["$browser"] == nil)
    #expect(try self.event("forget", "").refusal == "type")
  }

  @Test("identify, alias and group")
  func identities() throws {
    let identify = try event("$identify", #""$anon_distinct_id":"anon","$set":{"a":1}"#)
    #expect(identify.events.map { $0["type"] } == ["profile", "merge"])
    #expect(identify.events[0]["fields"] == #"{"a":1}"# && identify.events[1]["from"] == "anon")
    let set = try event("$set", "", #","$set":{"b":2}"#)
    #expect(set.events.count == 1 && set.events[0]["fields"] == #"{"b":2}"#)
    let alias = try event("$create_alias", #""alias":"other""#).events[0]
    #expect(alias["type"] == "merge" && alias["lead"] == "ada" && alias["from"] == "other")
    #expect(try event("$create_alias", "").refusal == "from")
    let group = try event(
      "$groupidentify", #""$group_type":"company","$group_key":"acme","$group_set":{"size":9}"#
    ).events[0]
    #expect(group["type"] == "account_profile" && group["account"] == "acme")
    #expect(group["fields"] == #"{"size":9}"#)
  }

  @Test("PostHog's other own events are skipped; without lead, time or name an event is refused")
  func rest() throws {
    #expect(try event("$autocapture", "").skipped == "posthog")
    let reader = postHogReader()
    #expect(
      try records(#"{"event":"a","timestamp":"2026-01-01T00:00:00Z"}"#, by: reader)[0].refusal
        == "lead")
    #expect(try records(#"{"event":"a","distinct_id":"b"}"#, by: reader)[0].refusal == "time")
    #expect(try records(#"{"distinct_id":"b"}"#, by: reader)[0].refusal == "type")
  }

  @Test("properties may be the text of an object, and events may stand in a page of results")
  func forms() throws {
    let text =
      #"{"next":null,"results":[{"id":"1","event":"a","distinct_id":"b","timestamp":"2026-01-01T00:00:00Z","properties":"{\"plan\":\"pro\"}"}]}"#
    let found = try records(text, by: postHogReader())
    #expect(found.count == 1 && found[0].events[0]["plan"] == "pro")
    #expect(found[0].events[0]["id"] == "1")
  }
}
