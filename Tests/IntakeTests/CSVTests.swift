import Intake
import Testing

@Suite("Reading CSV")
struct CSVTests {
  private func reader(
    _ members: [(String, MemberChoices.Source)], delimiter: Character = ","
  ) -> any RecordReader {
    csvReader(
      MemberChoices(
        members: members.map { (name: $0.0, source: $0.1) },
        delimiter: delimiter.asciiValue ?? 0))
  }

  private var profiles: any RecordReader {
    reader([
      ("lead", .column("Email")), ("fields.job_title", .column("Job Title")),
      ("fields.size", .column("Size")), ("type", .text("profile")),
      ("time", .text("2026-01-01T00:00:00Z")),
    ])
  }

  @Test("columns become members and attributes by their choice; an empty cell is nothing")
  func choices() throws {
    let found = try records(
      "Email,Size,Job Title,Other\nada@x.example,50,VP,x\nbob@x.example,,\"Head, \"\"Sales\"\"\",\n",
      by: profiles)
    #expect(found.count == 2 && found.map(\.line) == [2, 3])
    #expect(found[0].events[0]["lead"] == "ada@x.example")
    #expect(found[0].events[0]["type"] == "profile")
    #expect(found[0].events[0]["time"] == "2026-01-01T00:00:00Z")
    // Numbers stay the text they are; conditions compare them as numbers.
    #expect(found[0].events[0]["fields"] == #"{"job_title":"VP","size":"50"}"#)
    #expect(found[1].events[0]["fields"] == #"{"job_title":"Head, \"Sales\""}"#)
  }

  @Test("quotes, line breaks in them, delimiters, a byte order mark and carriage returns")
  func syntax() throws {
    let text =
      "\u{FEFF}\"Em\nail\";a;b\r\n\"x\r\ny\";\"\";\"\"\"\"\r\n;;\r\n\r\nz;\";\";q\"q\r\n\"last\";1;2"
    let reader = reader(
      [("lead", .column("Em\nail")), ("a", .column("a")), ("b", .column("b"))], delimiter: ";")
    let whole = try records(Array(text.utf8), by: reader)
    #expect(whole.map(\.line) == [3, 5, 7, 8])
    #expect(whole.map(\.skipped) == [nil, "blank", nil, nil])
    #expect(whole.map { $0.events.first?["lead"] } == ["x\r\ny", nil, "z", "last"])
    #expect(whole.map { $0.events.first?["a"] } == [nil, nil, ";", "1"])
    #expect(whole.map { $0.events.first?["b"] } == ["\"", nil, "q\"q", "2"])
    for count in [1, 2, 3, 5, 8] {
      #expect(try records(Array(text.utf8), by: reader, pieceByteCount: count) == whole)
    }
  }

  @Test("a row with a cell too many or too few is refused")
  func columns() throws {
    let found = try records("Email,Size,Job Title\na,1\nb,1,2\nc,1,2,3\n", by: profiles)
    #expect(found.map(\.refusal) == ["columns", nil, "columns"])
  }

  @Test("a stray quote costs its own line, not those behind it")
  func strayQuotes() throws {
    let header = "Email,Size,Job Title\n"
    let good = (1...3).map { "g\($0),1,x\n" }.joined()
    for stray in ["\"a\"b,1,x\n", "a,\"1,x\n", "\"a,1,x\n", "a,1,\"x\"\"\n"] {
      let found = try records(header + "g0,1,x\n" + stray + good, by: profiles)
      #expect(found.map { $0.events.first?["lead"] } == ["g0", nil, "g1", "g2", "g3"], "\(stray)")
      #expect(found[1].refusal == "quotes" && found[1].line == 3)
      #expect(found[1].text + [0x0A] == Array(stray.utf8))
    }
    let strays = try records(
      header + String(repeating: "a,\"1,x\n", count: 5) + good, by: profiles)
    #expect(strays.suffix(3).map { $0.events.first?["lead"] } == ["g1", "g2", "g3"])
  }

  @Test("an open quote holds no more than a record, and lets go of what it held")
  func openQuote() throws {
    let rows = (1...12_000).map { "g\($0),1,\(String(repeating: "title ", count: 20))\n" }.joined()
    let found = try records("Email,Size,Job Title\n\"a,1,x\n" + rows, by: profiles)
    #expect(found.count == 12_001 && found[0].refusal == "quotes")
    #expect(found[1...].allSatisfy { $0.refusal == nil })
    #expect(found[12_000].line == 12_002)
  }

  @Test("a line over a megabyte is refused by its head, in quotes or not")
  func overlong() throws {
    let long = String(repeating: "y", count: 1 << 20)
    for cell in [long, "\"\(long)\""] {
      let found = try records("Email,Size,Job Title\na,1,\(cell)\nb,1,x\n", by: profiles)
      #expect(found.map(\.refusal) == ["too-long", nil] && found[0].text.count == 4096)
      #expect(found[0].byteCount == cell.utf8.count + 4)
    }
  }

  @Test("a column that is not there, or there twice, stops the reading and says what there is")
  func header() throws {
    let missing = #expect(throws: FormatFault.self) { try records("Mail,Size\n", by: profiles) }
    #expect(missing?.message == "the header has no column 'Email'")
    #expect(missing?.hint == "it has 'Mail', 'Size'")
    let other = #expect(throws: FormatFault.self) { try records("Email;Size\n", by: profiles) }
    #expect(other?.hint == "is the delimiter another? --delimiter ';'")
    let twice = #expect(throws: FormatFault.self) {
      try records("Email,Email,Size,Job Title\n", by: profiles)
    }
    #expect(twice?.message == "the header has the column 'Email' 2 times")
  }

  @Test("an id from a column is kept; without one it is made of the content and of what was chosen")
  func ids() throws {
    let text = "Email,Size,Job Title\na,1,x\na,1,x\nb,1,x\n"
    let made = try records(text, by: profiles)
    #expect(made.map(\.hasMadeID) == [true, true, true])
    let ids = made.map { $0.events[0]["id"] ?? "" }
    #expect(Set(ids).count == 3 && ids[1] == ids[0] + "-2")
    #expect(try records(text, by: profiles) == made)
    let members: [(String, MemberChoices.Source)] = [
      ("lead", .column("Email")), ("type", .text("outcome")),
      ("time", .text("2026-01-01T00:00:00Z")),
    ]
    let other = try records(text, by: reader(members))
    #expect(Set(other.map { $0.events[0]["id"] ?? "" }).isDisjoint(with: ids))
    let given = try records(text, by: reader(members + [("id", .column("Size"))]))
    #expect(given[0].events[0]["id"] == "1" && !given[0].hasMadeID)
  }

  @Test("a time in a column is read in the usual forms, and none of them is refused")
  func times() throws {
    let reader = reader([("lead", .column("l")), ("time", .column("t")), ("type", .text("x"))])
    let found = try records("l,t\na,2026-01-02 03:04\nb,soon\nc,\n", by: reader)
    #expect(found[0].events[0]["time"] == "2026-01-02T03:04:00Z")
    #expect(found[1].refusal == "time")
    // What is missing is for the log to refuse.
    #expect(found[2].refusal == nil && found[2].events[0]["time"] == nil)
  }

  @Test("a row that is not UTF-8 is refused")
  func utf8() throws {
    let bytes = Array("Email,Size,Job Title\na,1,".utf8) + [0xE9, 0x0A] + Array("b,1,é\n".utf8)
    #expect(try records(bytes, by: profiles).map(\.refusal) == ["utf8", nil])
  }
}
