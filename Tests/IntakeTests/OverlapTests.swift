import Intake
import Testing

@Suite("Exports that overlap")
struct OverlapTests {
  private func reader(_ members: [(String, MemberChoices.Source)]) -> any RecordReader {
    csvReader(MemberChoices(members: members.map { (name: $0.0, source: $0.1) }))
  }

  private let members: [(String, MemberChoices.Source)] = [
    ("lead", .column("Email")), ("time", .column("When")), ("type", .text("x")),
  ]

  @Test(
    "a made id is that of the event, whatever its row looked like and in what order it was asked for"
  )
  func rows() throws {
    let texts = [
      "Email,When\nada@x.example,2026-01-01\n", "Email,When\r\nada@x.example,2026-01-01\r\n",
      "\"Email\",\"When\"\n\"ada@x.example\",\"2026-01-01\"\n",
      "Email,When,Owner\nada@x.example,2026-01-01,\n",
      "When,Email\n2026-01-01 00:00, ada@x.example\n",
      "Email;When\nada@x.example;2026-01-01T00:00:00Z",
    ]
    let found = try texts.map { try records($0, by: reader(members))[0].events }
    #expect(Set(found).count == 1 && found[0].count == 1)
    #expect(try records(texts[0], by: reader(members.reversed()))[0].events == found[0])
    let other = try records("Email,When\nada@x.example,2026-01-02\n", by: reader(members))[0].events
    #expect(other[0]["id"] != found[0][0]["id"])
  }

  @Test("of JSON neither blanks nor the order of members matter")
  func objects() throws {
    let texts = [
      #"{"type":"track","event":"x","userId":"u","timestamp":"2026-01-15T10:00:00Z","properties":{"a":1,"b":2}}"#,
      #"{ "userId": "u", "properties": {"b": 2, "a": 1}, "event": "x", "type": "track", "timestamp": "2026-01-15T10:00:00Z" }"#,
    ]
    let found = try texts.map { try records($0, by: segmentReader())[0] }
    #expect(found[0].hasMadeID && found[0].events[0]["id"] == found[1].events[0]["id"])
    #expect(found[0].events[0]["id"]?.isEmpty == false)
  }

  @Test("a row that is still being written waits: it would count again when it is whole")
  func unfinished() throws {
    let text = "Email,When,n\na@x.example,2026-01-15,9\nb@x.example,2026-01-15,1"
    let members = members + [("n", .column("n"))]
    let cut = try records(text, by: reader(members), isCut: true)
    #expect(cut.map(\.skipped) == [nil, "unfinished"])
    #expect(
      try records(text + "0\n", by: reader(members), isCut: true).map(\.skipped) == [nil, nil])
    #expect(try records(text, by: reader(members)).map(\.skipped) == [nil, nil])
  }

  @Test("elements of an array are told apart by their numbers")
  func elements() throws {
    let call = #"{"type":"track","event":"x","userId":"u"}"#
    let found = try records("[\(call),\(call),\(call)]", by: segmentReader())
    #expect(found.map(\.number) == [1, 2, 3] && found.map(\.refusal) == ["time", "time", "time"])
    #expect(try records("\(call)\n\(call)\n", by: segmentReader()).map(\.number) == [nil, nil])
  }

  @Test("the answer to a survey of PostHog is a property")
  func survey() throws {
    let found = try records(
      #"{"uuid":"s-1","event":"survey sent","distinct_id":"ada","timestamp":"2026-01-15T10:00:00Z","properties":{"$survey_id":"q1","$survey_response":9,"$lib":"web"}}"#,
      by: postHogReader())
    #expect(found[0].events[0]["survey_response"] == "9" && found[0].events[0]["survey_id"] == "q1")
    #expect(found[0].events[0]["$lib"] == nil)
  }
}
