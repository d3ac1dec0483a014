import Intake
import Testing

@Suite("Keys that are none")
struct PlaceholderTests {
  static let texts = [
    "undefined", "null", "NULL", "(null)", "nil", "None", "NaN", "N/A", "#N/A", "(not set)",
    "unknown",
    "anonymous", "guest", "[object Object]", "true", "false", "0", "  ", "-",
    "00000000-0000-0000-0000-000000000000",
  ]

  private func identify(_ user: String, _ anonymous: String, id: String = "1") -> String {
    #"{"type":"identify","messageId":"\#(id)","userId":"\#(user)","anonymousId":"\#(anonymous)","timestamp":"2026-01-15T10:00:00Z"}"#
      + "\n"
  }

  @Test("a user who is none is the visitor, and is counted", arguments: texts)
  func users(text: String) throws {
    let found = try records(identify(text, "a-1") + identify(text, text), by: segmentReader())
    #expect(found[0].events.map { $0["lead"] } == ["a-1"] && found[0].placeholderCount == 1)
    #expect(found[1].refusal == "lead")
  }

  @Test(
    "keys that only look alike are somebody's",
    arguments: ["nullable@x.example", "id-7", "0x1", "u", "truex"])
  func somebody(text: String) throws {
    let found = try records(identify(text, "a-1"), by: segmentReader())
    #expect(found[0].events.map { $0["lead"] } == [text, text] && found[0].placeholderCount == 0)
  }

  @Test("in PostHog, Snowplow, CloudEvents and CSV alike")
  func formats() throws {
    let postHog = try records(
      #"{"uuid":"1","event":"x","distinct_id":"undefined","timestamp":"2026-01-15T10:00:00Z"}"#,
      by: postHogReader())
    #expect(postHog[0].refusal == "lead")
    let snowplow = try records(
      "event,event_id,user_id,domain_userid,derived_tstamp\npage_view,1,null,d-1,2026-01-15 10:00:00\n",
      by: snowplowReader())
    #expect(snowplow[0].events.map { $0["lead"] } == ["d-1"] && snowplow[0].placeholderCount == 1)
    let cloud = try records(
      #"{"specversion":"1.0","id":"1","source":"s","type":"x","subject":"null","time":"2026-01-15T10:00:00Z"}"#,
      by: cloudEventsReader())
    #expect(cloud[0].refusal == "lead")
    let csv = try records(
      "Email,Other\nnull,ada\n",
      by: csvReader(
        MemberChoices(members: [
          ("lead", .column("Email")), ("lead", .column("Other")), ("type", .text("x")),
          ("time", .text("2026-01-15")),
        ])))
    #expect(csv[0].events[0]["lead"] == "ada" && csv[0].placeholderCount == 1)
  }

  @Test("an id that is none is made, or many events would be one")
  func ids() throws {
    let found = try records(
      identify("ada", "a-1", id: "undefined") + identify("bob", "a-1", id: "undefined"),
      by: segmentReader())
    #expect(found.map(\.hasMadeID) == [true, true])
    #expect(Set(found.compactMap { $0.events[0]["id"] }).count == 2)
  }
}
