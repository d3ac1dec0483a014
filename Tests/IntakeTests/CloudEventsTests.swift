import Intake
import Testing

@Suite("Reading CloudEvents")
struct CloudEventsTests {
  private func event(_ members: String) throws -> ReadRecord {
    let shared = #""specversion":"1.0","id":"7","source":"/shop","time":"2026-02-01T10:00:00Z""#
    return try records("{\(shared),\(members)}", by: cloudEventsReader())[0]
  }

  @Test(
    "the type and time are the event's own, the id has the source, scalars of the data come along")
  func mapping() throws {
    let record = try event(
      #""type":"com.acme.order","subject":"ada","dataschema":"x","region":"eu","data":{"total":12.5,"id":"o-1","items":[1]}"#
    )
    #expect(
      record.events == [
        [
          "id": "7@/shop", "time": "2026-02-01T10:00:00Z", "type": "com.acme.order", "lead": "ada",
          "source": "/shop", "subject": "ada", "region": "eu", "total": "12.5",
          "property_id": "o-1",
        ]
      ])
  }

  @Test("the lead is the attribute, else that of the data, else the subject")
  func lead() throws {
    #expect(
      try event(#""type":"t","lead":"a","subject":"c","data":{"lead":"b"}"#).events[0]["lead"]
        == "a")
    #expect(
      try event(#""type":"t","subject":"c","data":{"lead":"b"}"#).events[0]["lead"] == "b")
    #expect(try event(#""type":"t","data":{}"#).refusal == "lead")
  }

  @Test("account, fields and from in the data keep their meaning")
  func own() throws {
    let profile = try event(
      #""type":"profile","subject":"a","data":{"account":"acme","fields":{"title":"VP"}}"#
    ).events[0]
    #expect(profile["account"] == "acme" && profile["fields"] == #"{"title":"VP"}"#)
    let merge = try event(#""type":"merge","subject":"a","data":{"from":"b"}"#).events[0]
    #expect(merge["from"] == "b" && merge["type"] == "merge")
    let account = try event(#""type":"account_profile","data":{"account":"acme"}"#).events[0]
    #expect(account["lead"] == nil && account["account"] == "acme")
  }

  @Test("what is no CloudEvent, or has no type or time, is refused")
  func refused() throws {
    let reader = cloudEventsReader()
    #expect(try records(#"{"id":"7"}"#, by: reader)[0].refusal == "specversion")
    #expect(try event(#""subject":"a""#).refusal == "type")
    let text = #"{"specversion":"1.0","id":"7","source":"s","type":"t","subject":"a"}"#
    #expect(try records(text, by: reader)[0].refusal == "time")
    #expect(try records("[\(text),\(text)]", by: reader).count == 2)
  }
}
