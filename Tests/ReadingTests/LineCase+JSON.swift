@testable import Reading

extension LineCase {
  static let all = lengths + utf8 + nesting + json + sound + members

  static let lengths: [LineCase] = {
    func padded(_ length: Int) -> String {
      let frame = event(#","x":"""#).utf8.count
      return event(#","x":"\#(String(repeating: "y", count: length - frame))""#)
    }
    func spaced(_ length: Int) -> String {
      event() + String(repeating: " ", count: length - event().utf8.count)
    }
    return [
      LineCase("1 MiB less one", padded((1 << 20) - 1), nil),
      LineCase("1 MiB", padded(1 << 20), nil),
      LineCase("1 MiB and one", padded((1 << 20) + 1), .tooLong),
      LineCase("1 MiB, mostly spaces", spaced(1 << 20), nil),
      LineCase("1 MiB and one, mostly spaces", spaced((1 << 20) + 1), .tooLong),
      LineCase("2 MiB of nonsense", String(repeating: "\u{1}", count: 2 << 20), .tooLong),
    ]
  }()

  static let utf8: [LineCase] = {
    func text(_ what: String, _ bytes: [UInt8], _ reason: Refusal?) -> LineCase {
      let start = event(#","x":""#).dropLast()
      return LineCase(what, bytes: Array(start.utf8) + bytes + Array(#""}"#.utf8), reason)
    }
    return [
      text("two bytes", [0xc2, 0x80], nil),
      text("three bytes", [0xe2, 0x82, 0xac], nil),
      text("four bytes", [0xf0, 0x9f, 0x98, 0x80], nil),
      text("the last scalar", [0xf4, 0x8f, 0xbf, 0xbf], nil),
      text("the last before the surrogates", [0xed, 0x9f, 0xbf], nil),
      text("the first behind the surrogates", [0xee, 0x80, 0x80], nil),
      text("a scalar that is no character", [0xef, 0xbf, 0xbf], nil),
      text("overlong in two bytes", [0xc0, 0x80], .utf8),
      text("overlong in two bytes, the last", [0xc1, 0xbf], .utf8),
      text("overlong in three bytes", [0xe0, 0x9f, 0xbf], .utf8),
      text("overlong in four bytes", [0xf0, 0x8f, 0xbf, 0xbf], .utf8),
      text("the first surrogate", [0xed, 0xa0, 0x80], .utf8),
      text("the last surrogate", [0xed, 0xbf, 0xbf], .utf8),
      text("a pair of surrogates", [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], .utf8),
      text("beyond the last scalar", [0xf4, 0x90, 0x80, 0x80], .utf8),
      text("a lead of five bytes", [0xf8, 0x88, 0x80, 0x80, 0x80], .utf8),
      text("no lead", [0x80], .utf8),
      text("0xff", [0xff], .utf8),
      text("two bytes cut by the quote", [0xc3], .utf8),
      text("three bytes cut by the quote", [0xe2, 0x82], .utf8),
      text("four bytes cut by the quote", [0xf0, 0x9f, 0x98], .utf8),
      text("Latin-1 in the middle of words", Array("caf".utf8) + [0xe9] + Array(" au".utf8), .utf8),
      LineCase("cut by the line's end", bytes: Array(event().utf8) + [0xe2, 0x82], .utf8),
      LineCase("outside of strings", bytes: [0xff] + Array(event().utf8), .utf8),
      LineCase("in a member's name", bytes: Array(#"{""#.utf8) + [0xc0], .utf8),
    ]
  }()

  static let nesting: [LineCase] = {
    func deep(_ count: Int) -> String {
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    func braces(_ count: Int) -> String {
      String(repeating: #"{"a":"#, count: count) + "1" + String(repeating: "}", count: count)
    }
    func inTurn(_ count: Int) -> String {
      String(repeating: #"[{"a":"#, count: count) + "1" + String(repeating: "}]", count: count)
    }
    let many = Array(repeating: "[]", count: 200).joined(separator: ",")
    return [
      LineCase("64 open: the event and 63", event(#","x":\#(deep(63))"#), nil),
      LineCase("65 open: the event and 64", event(#","x":\#(deep(64))"#), .nesting),
      LineCase("64 open braces", event(#","x":\#(braces(63))"#), nil),
      LineCase("65 open braces", event(#","x":\#(braces(64))"#), .nesting),
      LineCase("63 open, lists and objects in turn", event(#","x":\#(inTurn(31))"#), nil),
      LineCase("65 open, lists and objects in turn", event(#","x":\#(inTurn(32))"#), .nesting),
      LineCase("64 open in fields", event(#","fields":{"size":\#(deep(62))}"#), nil),
      LineCase("65 open in fields", event(#","fields":{"size":\#(deep(63))}"#), .nesting),
      LineCase("64 open where fields are no object", event(#","fields":\#(deep(63))"#), nil),
      LineCase("65 open where fields are no object", event(#","fields":\#(deep(64))"#), .nesting),
      LineCase("65 open in a required member", event(id: deep(64)), .nesting),
      LineCase("64 open in a required member", event(id: deep(63)), .id),
      LineCase("65 open behind a sound list", event(#","x":[[],\#(deep(63))]"#), .nesting),
      LineCase("a list of 200 short lists", event(#","x":[\#(many)]"#), nil),
      LineCase(
        "200 brackets in a text", event(#","x":"\#(String(repeating: "[", count: 200))""#), nil),
      LineCase("64 lists are no object", deep(64), .json),
      LineCase("65 lists", deep(65), .nesting),
      LineCase("64 brackets that never close", String(repeating: "[", count: 64), .json),
      LineCase("65 brackets that never close", String(repeating: "[", count: 65), .nesting),
      LineCase(
        "65 brackets and nonsense", String(repeating: "[", count: 65) + "nonsense", .nesting),
      LineCase("65 open and a member missing", #"{"x":\#(deep(64))}"#, .nesting),
    ]
  }()

  static let json: [LineCase] = {
    let values = [
      "tru", "True", "nul", "fals", "NaN", "Infinity", "-Infinity", "+1", "01", "-01", "1.", ".5",
      "-", "1e", "1e+", "0x10", "1_000", "'a'", "a", "[1,]", "[,1]", "[1 2]", "[1", "]",
      "{\"a\":1,}", "{\"a\"}", "{\"a\":}", "{a:1}", "{1:1}", "{\"a\":1", "{,}", "[1}", "{\"a\":1]",
      "", "truefalse", "nullnull", "1 2", "\"a\" \"b\"", "/* c */ 1", "00", "-00", "1.e1", "1.5.5",
    ]
    let strings = [
      #"\x"#, #"\u12"#, #"\u12g4"#, #"\U0041"#, #"\'"#, #"\ud800"#, #"\udc00"#, #"\ud800\ud800"#,
      #"\ud800x"#, #"\udc00\ud800"#, #"\ud83d\u0041"#, #"\ud83d\n"#, "\u{0}", "\u{1}", "\u{1f}",
      "\t", "\r", #"\"#,
    ]
    return values.map { LineCase("the value \($0)", event(#","x":\#($0)"#), .json) }
      + values.map { LineCase("in fields \($0)", event(#","fields":{"size":\#($0)}"#), .json) }
      + strings.map { LineCase("the text \($0)", event(#","x":"\#($0)""#), .json) }
      + strings.map { LineCase("the name \($0)", event(#","\#($0)":1"#), .json) }
      + [
        LineCase("a text", #""text""#, .json), LineCase("a number", "1", .json),
        LineCase("a list", "[]", .json), LineCase("true", "true", .json),
        LineCase("nonsense", "hello", .json), LineCase("a zero byte", "\u{0}", .json),
        LineCase("a brace", "{", .json), LineCase("two events", event() + event(), .json),
        LineCase("two events with a comma", event() + "," + event(), .json),
        LineCase("a text that never ends", String(event(#","x":"y"#).dropLast()), .json),
        LineCase("a name that never ends", #"{"id"#, .json),
        LineCase("a comma at the end", event(","), .json),
        LineCase("a comma at the beginning", "{," + event().dropFirst(), .json),
        LineCase("no comma", event(#" "x":1"#), .json),
        LineCase("an equals sign", event(#","x"=1"#), .json),
        LineCase("a byte order mark", "\u{feff}" + event(), .json),
        LineCase("a form feed between members", event(",\u{c}\"x\":1"), .json),
        LineCase("a no-break space", event(",\u{a0}\"x\":1"), .json),
        LineCase("a zero byte behind", event() + "\u{0}", .json),
        LineCase("CR within a line", event() + "\r" + event(), .json),
        LineCase("a comment", event() + " // ok", .json),
        LineCase("the mark of a text sequence", "\u{1e}" + event(), .json),
      ]
  }()

  static let sound: [LineCase] =
    [
      "0", "-0", "0.5", "-1.25e-3", "1E+5", "1e400", "-1e400", "1e-400",
      "123456789012345678901234567890", "true", "false", "null", "[]", "{}", "[1,[2,{\"a\":[]}]]",
      "\"\"", #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\u0000""#, "\"\u{7f}\"", "\"/\"",
      " 1 ", "\t[ 1 , 2 ]\t", "{ \"a\" : 1 , \"a\" : 2 }", #""\uD83D\uDE00""#, "\"\u{2028}\"",
    ].map { LineCase("the value \($0)", event(#","x":\#($0)"#), nil) } + [
      LineCase("spaces and tabs around", " \t" + event() + " \t\r", nil),
      LineCase("CR at the end", event() + "\r", nil),
      LineCase("a name of no letters", event(#","":1"#), nil),
      LineCase("a name with escapes", event(#","\u0078\n":1"#), nil),
    ]
}
