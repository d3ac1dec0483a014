import Intake
import Testing

@Suite("Records in JSON text")
struct JSONRecordsTests {
  private func page(_ id: Int, _ rest: String = "") -> String {
    #"{"type":"page","userId":"u","messageId":"\#(id)","timestamp":"2026-01-01T00:00:00Z"\#(rest)}"#
  }

  /// Returns, of each record in order, its id, or the reason it was refused for.
  private func ids(_ text: String) throws -> [String] {
    try records(text, by: segmentReader()).map { $0.events.first?["id"] ?? $0.refusal ?? "?" }
  }

  /// A call over several lines, as tools print it.
  private func pretty(_ id: Int, indent: String) -> String {
    let members = [
      #""type": "page""#, #""userId": "u{\"[""#, #""messageId": "\#(id)""#,
      #""timestamp": "2026-01-01T00:00:00Z""#,
      #""context": {\#n\#(indent)    "page": {}\#n\#(indent)  }"#,
    ]
    return "\(indent){\n" + members.map { "\(indent)  \($0)" }.joined(separator: ",\n")
      + "\n\(indent)}"
  }

  private func pretty(_ ids: ClosedRange<Int>, indent: String) -> String {
    ids.map { pretty($0, indent: indent) }.joined(separator: ",\n")
  }

  @Test(
    "objects on lines, in an array, in a wrapping object, over several lines, one behind another")
  func forms() throws {
    let three = (1...3).map { page($0) }
    let batch =
      #"{"sentAt":"x","a":["batch",{"batch":[1]}],"batch": [\#(three.joined(separator: ","))],"context":{"b":"]}"}}"#
    let prettyArray = "[\n" + pretty(1...3, indent: "  ") + "\n]\n"
    let prettyBatch =
      "{\n  \"batch\": [\n" + pretty(1...3, indent: "    ")
      + "\n  ],\n  \"context\": {\n    \"a\": [ {} ]\n  }\n}\n"
    let forms: [String] = [
      three.joined(separator: "\n"), three.joined(separator: "\r\n") + "\r\n",
      "\u{FEFF}" + three.joined(separator: "\n\n  \n"), three.joined(),
      "[" + three.joined(separator: ",") + "]", "[\n" + three.joined(separator: ",\n") + "\n]\n",
      batch, "\(page(1))\n\(#"{"batch":[\#(page(2)),\#(page(3))]}"#)\n",
      "[\(page(1))]\n[\(page(2)),\(page(3))]\n",
      (1...3).map { pretty($0, indent: "") }.joined(separator: "\n"),
      prettyArray, prettyBatch,
    ]
    for form in forms {
      #expect(try ids(form) == ["1", "2", "3"], "\(form)")
      let whole = try records(Array(form.utf8), by: segmentReader())
      for count in [1, 2, 3, 7, 64] {
        #expect(
          try records(Array(form.utf8), by: segmentReader(), pieceByteCount: count) == whole)
      }
    }
  }

  @Test("a record is told by the line it begins on")
  func lines() throws {
    let array = "[\n" + pretty(1...3, indent: "  ") + "\n]"
    #expect(try records(array, by: segmentReader()).map(\.line) == [2, 11, 20])
    let lines = "\n\(page(1))\n\nx\n\(page(2))"
    #expect(try records(lines, by: segmentReader()).map(\.line) == [2, 4, 5])
  }

  @Test("nothing in an empty file, an empty array or an empty batch")
  func empty() throws {
    for text in ["", "\n \r\n", "[]", "[ ]\n", #"{"batch":[]}"#] {
      #expect(try ids(text) == [])
    }
  }

  @Test(
    "a broken line of objects costs itself alone, wherever it is cut",
    arguments: ["", "{\"batch\":[", "["])
  func brokenLine(wrapper: String) throws {
    let broken = Array((wrapper + page(2, #","context":{"page":{"path":"/a\"b"}}"#)).utf8)
    for end in 1..<broken.count {
      let text =
        page(1) + "\n" + String(decoding: broken[..<end], as: UTF8.self) + "\n"
        + page(3) + "\n" + page(4) + "\n"
      let found = try ids(text)
      #expect(found.filter { $0 != "json" } == ["1", "3", "4"], "\(text) \(found)")
      #expect(found.count == 4, "\(text) \(found)")
    }
  }

  @Test("a first line that is broken takes no other along")
  func brokenFirstLine() throws {
    for broken in [#"{"a":1,"b":"#, #"{"a":"x"#, #"{"a":1"#, #"{"a":{"b":[1,"#, "nonsense", "}"] {
      let found = try ids("\(broken)\n\(page(2))\n\(page(3))\n")
      #expect(Array(found.suffix(2)) == ["2", "3"] && found.count == 3, "\(broken): \(found)")
    }
  }

  @Test("a record over several lines that is never closed ends where the next begins")
  func brokenPretty() throws {
    let two = pretty(2, indent: "  ").replacing("\n    }", with: "")
    for text in [
      "[\n\(pretty(1, indent: "  ")),\n\(two),\n\(pretty(3, indent: "  "))\n]\n",
      "[\n\(two),\n\(pretty(3, indent: "  "))\n]\n",
    ] {
      let found = try ids(text)
      #expect(found.filter { $0 == "json" }.count == 1 && found.last == "3", "\(found)")
    }
  }

  @Test("an array that nothing closes is refused once, and told by its bracket")
  func unclosed() throws {
    let found = try records("[\n\(page(1)),\n\(page(2))\n", by: segmentReader())
    #expect(found.map(\.refusal) == [nil, nil, "json"])
    #expect(found[2].text == Array("[".utf8) && found[2].line == 4)
  }

  @Test("elements that are no objects are refused one by one")
  func scraps() throws {
    let text = #"[1,"a,]",null,\#(page(1)),[\#(page(2))],tru]"#
    #expect(try ids(text) == ["json", "json", "json", "1", "json", "json"])
  }

  @Test("what the log refuses is refused here for the same reason")
  func reasons() throws {
    func refusal(_ bytes: [UInt8]) throws -> String? {
      try records(bytes, by: segmentReader()).first?.refusal
    }
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(try refusal(Array(page(1, #","a":\#(deep)"#).utf8)) == "nesting")
    #expect(try refusal(Array(page(1, #","a":\#(deep.dropFirst().dropLast())"#).utf8)) == nil)
    for rest in [
      #","a":"\uD800""#, #","a":"\uDC00x""#, #","a":"\uD800\u0041""#, #","a":01"#, #","a":1."#,
      #","a":+1"#, #","a":.5"#, #","a":1e"#, #","a":nul"#, #","a""#, #","a":}"#, #",}"#,
      #","a":"\x""#, #","a":"\u12G4""#, #","a":[1,]"#, "\u{0},", ",\"a\":\"\t\"",
    ] { #expect(try refusal(Array(page(1, rest).utf8)) == "json", "\(rest)") }
    #expect(try refusal(Array(#"{"a":""#.utf8) + [0xFF] + Array("\"}".utf8)) == "utf8")
    #expect(try refusal(Array(page(1, #","a":"\uD83D\uDE00\b\f\n\r\t\/\\\"""#).utf8)) == nil)
  }

  @Test("of a member given twice the last counts")
  func twice() throws {
    #expect(try ids(page(1, #","messageId":"2""#)) == ["2"])
  }

  @Test("a record over a megabyte is refused by its head, and what follows is read")
  func overlong() throws {
    let long = page(1, #","x":"\#(String(repeating: "y", count: 1 << 20))""#)
    for text in ["\(long)\n\(page(2))\n", "[\(long),\(page(2))]"] {
      let found = try records(text, by: segmentReader())
      #expect(found.count == 2 && found[0].refusal == "too-long" && found[1].refusal == nil)
      #expect(found[0].byteCount == long.utf8.count && found[0].text.count == 4096)
      #expect(found[0].text == Array(long.utf8.prefix(4096)))
    }
  }
}
