import Intake
import Testing

@Suite("Reading calls of Segment's specification")
struct SegmentTests {
  /// Returns the one record of a call with the members that every call has.
  private func call(_ members: String) throws -> ReadRecord {
    let shared = #""messageId":"m-1","timestamp":"2026-02-01T10:00:00.250Z""#
    let found = try records("{\(shared),\(members)}\n", by: segmentReader())
    #expect(found.count == 1)
    return found[0]
  }

  @Test(
    "the path of a page is that of its properties, else of its context, else the url's",
    arguments: [
      (#""properties":{"path":"/a","url":"https://x.example/b"}"#, "/a"),
      (#""context":{"page":{"path":"/c","url":"https://x.example/b"}}"#, "/c"),
      (#""properties":{"path":"/a"},"context":{"page":{"path":"/c"}}"#, "/a"),
    ])
  func pagePath(members: String, path: String) throws {
    let event = try call(#""type":"page","userId":"ada",\#(members)"#).events[0]
    #expect(event["type"] == "page_view" && event["path"] == path && event["lead"] == "ada")
    #expect(event["id"] == "m-1" && event["time"] == "2026-02-01T10:00:00.250Z")
    let url = try call(
      #""type":"page","userId":"ada","context":{"page":{"url":"https://x.example/b"}}"#
    ).events[0]
    // The log takes the path from it.
    #expect(url["path"] == nil && url["url"] == "https://x.example/b")
  }

  @Test("a screen is a page view with its name; a page's own properties come along")
  func screen() throws {
    let record = try call(
      #""type":"screen","userId":"ada","name":"Home","category":"App","properties":{"tab":2}"#)
    #expect(record.kind == "screen")
    #expect(
      record.events == [
        [
          "id": "m-1", "time": "2026-02-01T10:00:00.250Z", "type": "page_view", "lead": "ada",
          "name": "Home", "category": "App", "tab": "2",
        ]
      ])
  }

  @Test(
    "a track is an event of its very name with its scalar properties, numbers as they were written")
  func track() throws {
    let record = try call(
      #""type":"track","event":"Order Döne","userId":"ada","properties":{"plan":"pro","total":12.50,"n":123456789012345678901234567890,"vip":true,"none":null,"items":[1],"deep":{"a":1}}"#
    )
    guard case .events(let lines) = record.outcome else { return #expect(Bool(false)) }
    #expect(
      String(decoding: lines[0], as: UTF8.self)
        == #"{"id":"m-1","time":"2026-02-01T10:00:00.250Z","type":"Order Döne","lead":"ada","plan":"pro","total":12.50,"n":123456789012345678901234567890,"vip":true}"#
    )
  }

  @Test("a property that has a reserved name gets another")
  func reserved() throws {
    let event = try call(
      #""type":"track","event":"e","userId":"ada","properties":{"id":1,"time":2,"type":3,"lead":4,"account":5,"fields":6,"from":7,"path":"/p"}"#
    ).events[0]
    for (name, value) in [
      ("id", "1"), ("time", "2"), ("type", "3"), ("lead", "4"), ("account", "5"), ("fields", "6"),
      ("from", "7"),
    ] { #expect(event["property_\(name)"] == value) }
    #expect(event["id"] == "m-1" && event["lead"] == "ada" && event["path"] == "/p")
    #expect(event["account"] == nil && event["fields"] == nil && event["from"] == nil)
  }

  @Test("an identify is a profile with its traits, and a merge where there are two ids")
  func identify() throws {
    let record = try call(
      #""type":"identify","userId":"ada","anonymousId":"anon","traits":{"title":"VP","age":36,"gone":null,"address":{"city":"x"}}"#
    )
    #expect(record.events.count == 2)
    #expect(record.events[0]["type"] == "profile" && record.events[0]["id"] == "m-1")
    #expect(record.events[0]["fields"] == #"{"age":36,"gone":null,"title":"VP"}"#)
    #expect(record.events[1]["type"] == "merge" && record.events[1]["id"] == "m-1-merge")
    #expect(record.events[1]["lead"] == "ada" && record.events[1]["from"] == "anon")
    let alone = try call(#""type":"identify","anonymousId":"anon","traits":{"a":1}"#)
    #expect(alone.events.count == 1 && alone.events[0]["lead"] == "anon")
    let same = try call(#""type":"identify","userId":"u","anonymousId":"u""#)
    #expect(same.events.count == 1)
  }

  @Test("traits in the context are an identify's too; the call's own win")
  func contextTraits() throws {
    let record = try call(
      #""type":"identify","userId":"ada","traits":{"a":1},"context":{"traits":{"a":2,"b":3}}"#)
    #expect(record.events[0]["fields"] == #"{"a":1,"b":3}"#)
  }

  @Test("a group is the account's profile and the lead's account")
  func group() throws {
    let record = try call(#""type":"group","userId":"ada","groupId":"acme","traits":{"size":50}"#)
    #expect(record.events.count == 2)
    #expect(record.events[0]["type"] == "account_profile")
    #expect(record.events[0]["account"] == "acme" && record.events[0]["lead"] == nil)
    #expect(record.events[0]["fields"] == #"{"size":50}"#)
    #expect(record.events[1]["type"] == "profile" && record.events[1]["lead"] == "ada")
    #expect(record.events[1]["account"] == "acme" && record.events[1]["id"] == "m-1-member")
    #expect(try call(#""type":"group","userId":"ada""#).refusal == "account")
  }

  @Test("an alias is a merge of the previous id into the user")
  func alias() throws {
    let record = try call(#""type":"alias","userId":"B","previousId":"A""#)
    #expect(record.events.map { $0["type"] } == ["merge"])
    #expect(record.events[0]["lead"] == "B" && record.events[0]["from"] == "A")
    #expect(try call(#""type":"alias","userId":"B""#).refusal == "from")
  }

  @Test("the lead is the user, else the anonymous id; without either a call is refused")
  func lead() throws {
    #expect(
      try call(#""type":"page","userId":"u","anonymousId":"a""#).events[0]["lead"] == "u")
    #expect(
      try call(#""type":"page","userId":null,"anonymousId":"a""#).events[0]["lead"] == "a")
    #expect(try call(#""type":"page","userId":"","anonymousId":"a""#).events[0]["lead"] == "a")
    #expect(try call(#""type":"page","userId":42"#).events[0]["lead"] == "42")
    #expect(try call(#""type":"page""#).refusal == "lead")
  }

  @Test(
    "the time is the timestamp, else the original one, else when it was received",
    arguments: [
      (#""timestamp":"2026-01-01T00:00:00Z","originalTimestamp":"2026-01-02T00:00:00Z""#, 1),
      (#""originalTimestamp":"2026-01-02T00:00:00Z","receivedAt":"2026-01-03T00:00:00Z""#, 2),
      (#""timestamp":"soon","receivedAt":"2026-01-03T00:00:00Z""#, 3),
    ])
  func time(members: String, day: Int) throws {
    let found = try records(
      #"{"type":"page","userId":"u","messageId":"m",\#(members)}"#, by: segmentReader())
    #expect(found[0].events[0]["time"] == "2026-01-0\(day)T00:00:00Z")
    let none = try records(
      #"{"type":"page","userId":"u","messageId":"m","sentAt":"2026-01-01T00:00:00Z"}"#,
      by: segmentReader())
    #expect(none[0].refusal == "time")
  }

  @Test("account and campaign come from the context, on whatever call")
  func context() throws {
    let context = #""context":{"groupId":"acme","campaign":{"name":"spring","source":"x"}}"#
    let page = try call(#""type":"page","userId":"u",\#(context)"#).events[0]
    #expect(page["account"] == "acme" && page["campaign"] == "spring")
    let track = try call(#""type":"track","event":"e","userId":"u",\#(context)"#).events[0]
    #expect(track["account"] == "acme" && track["campaign"] == "spring")
    let own = try call(
      #""type":"track","event":"e","userId":"u","properties":{"campaign":"own"},\#(context)"#
    ).events[0]
    #expect(own["campaign"] == "own")
    #expect(
      try call(#""type":"identify","userId":"u",\#(context)"#).events[0]["account"] == "acme")
  }

  @Test("type names may have any case; others are refused", arguments: ["PAGE", "Page", "pAgE"])
  func anyCase(type: String) throws {
    #expect(try call(#""type":"\#(type)","userId":"u""#).events[0]["type"] == "page_view")
    #expect(try call(#""type":"pages","userId":"u""#).refusal == "type")
    #expect(try call(#""userId":"u""#).refusal == "type")
    #expect(try call(#""type":"track","userId":"u""#).refusal == "type")
  }

  @Test(
    "what a website sends cannot pass for a merge or a forget",
    arguments: ["forget", "merge", "profile", "account_profile"])
  func protected(name: String) throws {
    #expect(try call(#""type":"track","event":"\#(name)","userId":"u""#).refusal == "type")
  }

  @Test("a call without an id gets one from its content, the same each time; repeated ones differ")
  func madeIDs() throws {
    let call = #"{"type":"page","userId":"u","timestamp":"2026-01-01T00:00:00Z"}"#
    let text = "\(call)\n\(call)\n\(call.replacing("u\"", with: "v\""))\n"
    let first = try records(text, by: segmentReader())
    #expect(first.map(\.hasMadeID) == [true, true, true])
    let ids = first.map { $0.events[0]["id"] ?? "" }
    #expect(Set(ids).count == 3 && ids[1] == ids[0] + "-2")
    #expect(try records(text, by: segmentReader()) == first)
    #expect(try !self.call(#""type":"page","userId":"u""#).hasMadeID)
  }

  @Test("an id too long for the log becomes its hash, the same each time")
  func longID() throws {
    let id = String(repeating: "x", count: 120)
    let text =
      #"{"type":"page","userId":"u","messageId":"\#(id)","timestamp":"2026-01-01T00:00:00Z"}"#
    let found = try records(text, by: segmentReader())
    #expect(found[0].events[0]["id"]?.count == 32 && !found[0].hasMadeID)
  }
}
