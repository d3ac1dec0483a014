import Intake
import Testing

@Suite("What members are taken from")
struct MemberChoiceTests {
  private func choices(
    _ members: [(String, MemberChoices.Source)], _ change: (inout MemberChoices) -> Void = { _ in }
  ) -> MemberChoices {
    var choices = MemberChoices(
      members: members.map { (name: $0.0, source: $0.1) }
        + [("type", .text("x")), ("lead", .text("ada"))])
    if !members.contains(where: { $0.0 == "time" }) {
      choices.members.append(("time", .text("2026-01-15")))
    }
    change(&choices)
    return choices
  }

  private func csv(
    _ text: String, _ members: [(String, MemberChoices.Source)],
    _ change: (inout MemberChoices) -> Void = { _ in }
  ) throws -> [ReadRecord] {
    try records(text, by: csvReader(choices(members, change)))
  }

  @Test("of several columns the first with a value counts; one of them may be missing")
  func several() throws {
    let found = try csv(
      "A,B\n1,2\n ,3\n",
      [("a", .column("A")), ("a", .column("B")), ("a", .column("C")), ("a", .text("4"))])
    #expect(found.map { $0.events[0]["a"] } == ["1", "3"])
  }

  @Test("a time may stand in two columns")
  func twoColumns() throws {
    let found = try csv(
      "Date,Time\n2026-01-15,3:45 PM\n2026-01-16,\n", [("time", .column("Date + Time"))])
    #expect(found.map { $0.events[0]["time"] } == ["2026-01-15T15:45:00Z", "2026-01-16T00:00:00Z"])
  }

  @Test("values are translated, taken away, or kept")
  func translations() throws {
    let found = try csv(
      "Stage\nClosed Won\nClosed Lost\n-\nOpen\n", [("outcome", .column("Stage"))]
    ) {
      $0.translations = ["outcome": ["Closed Won": "won", "Closed Lost": "lost", "-": ""]]
    }
    #expect(found.map { $0.events[0]["outcome"] } == ["won", "lost", nil, "Open"])
  }

  @Test(
    "the number at the head of a text",
    arguments: [
      ("9 - Very likely", "9"), ("10 (extremely)", "10"), ("12 %", "12"), ("$1,200.50", "1200.50"),
      ("€ 7", "7"), ("-3 points", "-3"), ("7/10", "7"), ("1-2", "1"), ("Very likely", nil),
      ("about 9", nil),
    ])
  func numbers(text: String, number: String?) throws {
    let found = try csv("N\n\"\(text)\"\n", [("n", .column("N"))]) { $0.numbers = ["n"] }
    #expect(found[0].events[0]["n"] == number)
  }

  @Test(
    "a decimal comma, where it is told",
    arguments: [
      ("1.234,5", "1234.5"), ("2,5", "2.5"), ("1.200", "1200"), ("1,2,3", "1,2,3"), ("a,b", "a,b"),
    ])
  func commas(text: String, number: String) throws {
    let found = try csv("N;M\n\"\(text)\";1\n", [("n", .column("N"))]) {
      $0.hasDecimalCommas = true
    }
    #expect(found[0].events[0]["n"] == number)
    #expect(try csv("N;M\n\"\(text)\";1\n", [("n", .column("N"))])[0].events[0]["n"] == text)
  }

  @Test("blanks around cells, lines before the header and rows at the end are passed over")
  func frame() throws {
    let text = "Report \"x\"\nmade,today\n\nA,B\n 1 ,2\n3,\t4\nTotal,6\n,\n"
    for count in [1, 3, 1000] {
      let found = try records(
        Array(text.utf8),
        by: csvReader(choices([("a", .column("A"))]) { ($0.headCount, $0.footCount) = (3, 2) }),
        pieceByteCount: count)
      #expect(found.map { $0.events.first?["a"] } == ["1", "3", nil, nil])
      #expect(
        found.map(\.skipped) == [nil, nil, "foot", "foot"] && found.map(\.line) == [5, 6, 7, 8])
    }
  }

  @Test("the header tells the delimiter", arguments: [",", ";", "\t", "|"])
  func delimiters(delimiter: String) throws {
    let found = try csv("A\(delimiter)B\n1\(delimiter)2\n", [("b", .column("B"))])
    #expect(found[0].events[0]["b"] == "2")
  }

  @Test("paths lead through objects, arrays, keyed lists and texts of JSON")
  func paths() throws {
    let object = #"""
      {"a":{"b":7},"c.d":true,"list":[{"key":"plan","value":{"string_value":"team","int_value":null}},{"name":"n","value":3}],"inner":"{\"x\":[1,2]}","answers":[{"field":{"ref":"nps"},"number":9}],"t":1768491900250,"e":"","o":{"p":1,"id":"q","r":[1]}}
      """#
    let reader = jsonReader(
      choices([
        ("a", .column("a.b")), ("c", .column("c.d")), ("plan", .column("list.plan")),
        ("n", .column("list.n")),
        ("x", .column("inner.x.1")), ("nps", .column("answers.nps.number")), ("time", .column("t")),
        ("first", .column("e")), ("first", .column("nowhere")), ("first", .column("a.b")),
        ("properties", .column("o")), ("fields", .column("a")), ("fields.tier", .column("list.0")),
      ]))
    let event = try records(object, by: reader)[0].events[0]
    #expect(
      event["a"] == "7" && event["c"] == "true" && event["plan"] == "team" && event["n"] == "3")
    #expect(event["x"] == "2" && event["nps"] == "9" && event["time"] == "2026-01-15T15:45:00.250Z")
    #expect(
      event["first"] == "7" && event["p"] == "1" && event["property_id"] == "q" && event["r"] == nil
    )
    #expect(event["fields"] == #"{"b":7}"#)
  }

  @Test("records stand on lines, in an array, or in a wrapping object where that is told")
  func wrapped() throws {
    let reader = jsonReader(choices([("a", .column("a"))]) { $0.wrapper = "items" })
    for text in [
      "{\"a\":1}\n{\"a\":2}\n", "[{\"a\":1},{\"a\":2}]",
      "{\"n\":2,\"items\":[{\"a\":1},{\"a\":2}]}",
    ] {
      #expect(try records(text, by: reader).map { $0.events[0]["a"] } == ["1", "2"])
    }
  }

  @Test("a call's clock is put right by when it was sent and received, where that is asked for")
  func clocks() throws {
    let call =
      #"{"type":"track","event":"x","userId":"u","messageId":"1","timestamp":"2030-01-01T00:00:10Z","sentAt":"2030-01-01T00:00:30Z","receivedAt":"2026-01-15T10:00:00Z","traits":{}}"#
    #expect(try records(call, by: segmentReader())[0].events[0]["time"] == "2030-01-01T00:00:10Z")
    let right = try records(call, by: segmentReader(correctsClocks: true))[0].events[0]["time"]
    #expect(right?.hasPrefix("2026-01-15T09:59:40") == true)
  }

  @Test(
    "the company among a call's traits is the account",
    arguments: [#"{"id":"acme","name":"Acme"}"#, #""acme""#])
  func company(company: String) throws {
    let call =
      #"{"type":"identify","userId":"u","messageId":"1","timestamp":"2026-01-15T10:00:00Z","traits":{"company":\#(company)}}"#
    #expect(try records(call, by: segmentReader())[0].events[0]["account"] == "acme")
  }
}
