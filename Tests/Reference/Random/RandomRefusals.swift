/// A line that is refused, or one that only just is not, as bytes.
func randomRefusal(_ dice: inout Dice) -> [UInt8] {
  if dice.chance(12) { return invalidUTF8(&dice) }
  return Array((dice.chance(50) ? damaged(&dice) : faulty(&dice).json(&dice)).utf8)
}

/// A line that is too long by a byte, or not quite.
func longLine(over: Bool) -> [UInt8] {
  let start = #"{"id":"long","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ann","x":""#
  let end = "\"}"
  let room = (1 << 20) - start.utf8.count - end.utf8.count + (over ? 1 : 0)
  return Array(start.utf8) + Array(repeating: UInt8(ascii: "x"), count: room) + Array(end.utf8)
}

private func invalidUTF8(_ dice: inout Dice) -> [UInt8] {
  let bad: [[UInt8]] = [
    [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    [0xF0, 0x80, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
  ]
  // What else is wrong with the line does not matter.
  let before = dice.pick([#"{"id":""#, "[[[", String(repeating: "[", count: 70), "nonsense "])
  return Array(before.utf8) + dice.pick(bad) + Array(#"","type":"x"}"#.utf8)
}

/// A text that is not the JSON of one object, or that nests to the bound or past it.
private func damaged(_ dice: inout Dice) -> String {
  let good = #""id":"r1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ann""#
  func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
  return dice.pick([
    "{" + good, "{" + good + ",}", "{" + good + "}}", "[{" + good + "}]", "null", "5", #""text""#,
    "{" + good + #","x":"\ud800"}"#, "{" + good + #","x":"\udc00\ud800"}"#,
    "{" + good + #","\ud83d":1}"#, "{" + good + #","x":[["\udfff"]]}"#,
    "{" + good + #","x":01}"#, "{" + good + #","x":+1}"#, "{" + good + #","x":.5}"#,
    "{" + good + #","x":1.}"#, "{" + good + #","x":1e}"#, "{" + good + #","x":NaN}"#,
    "{" + good + #","x":True}"#, "{" + good + #","x":"\x"}"#, "{" + good + ",\"x\":\"a\tb\"}",
    "{" + good + #","x":"\u12g4"}"#, "{" + good + #","x" 1}"#, "{" + good + ",x:1}",
    "{" + good + #","x":nul}"#, "{'id':1}", "{" + good + "} {}", "\u{B}{" + good + "}",
    // 1 + 63 brackets are open, then 1 + 64.
    "{" + good + ",\"x\":" + nested(63) + "}", "{" + good + ",\"x\":" + nested(64) + "}",
    "{" + good + ",\"x\":" + String(repeating: "[", count: 64) + " whatever follows",
    "{" + good + ",\"x\":" + String(repeating: "[", count: 63) + "!" + "[",
    "{" + good + ",\"x\":\"" + String(repeating: "[", count: 80) + "\"}",
    "{" + good + ",\"x\":[" + Array(repeating: "[]", count: 80).joined(separator: ",") + "]}",
    String(repeating: "[", count: 65), String(repeating: "[", count: 64),
    "{" + good + ",\"x\":" + String(repeating: #"{"a":"#, count: 64) + "1",
  ])
}

/// An object in which a required member is missing, of the wrong kind or impossible; the first of
/// the faults counts.
private func faulty(_ dice: inout Dice) -> RandomLine {
  var line = RandomLine()
  line["id"] = #""r2""#
  line["time"] = #""2026-01-01T00:00:00Z""#
  line["type"] = #""page_view""#
  line["lead"] = #""ann""#
  for _ in 0..<dice.pick([1, 1, 2, 3]) { damage(&line, &dice) }
  return line
}

private func damage(_ line: inout RandomLine, _ dice: inout Dice) {
  func long(_ count: Int) -> String { "\"" + String(repeating: "x", count: count) + "\"" }
  let wrong: [String?] = [nil, "null", "5", #""""#, "[]", "true"]
  switch dice.below(8) {
  case 0: line["id"] = dice.pick(wrong + [long(129), long(127).replacingLast("é")])
  case 1: line["time"] = dice.pick(wrong + impossibleTimes.map { "\"" + $0 + "\"" })
  case 2: line["type"] = dice.pick(wrong)
  case 3: line["lead"] = dice.pick(wrong + [long(257)])
  case 4:
    line["type"] = #""account_profile""#
    line["account"] = dice.pick(wrong)
  case 5:
    line["type"] = #""merge""#
    line["from"] = dice.pick(wrong)
  case 6:
    line["type"] = #""outcome""#
    line["outcome"] = dice.pick(wrong)
  default:
    // "Of a member given twice the last counts."
    line.members.append((dice.pick(["id", "time", "type", "lead"]), "null"))
  }
}

private let impossibleTimes = [
  "2026-01-01", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-13-01T00:00:00Z",
  "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
  "2026-06-30T23:59:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.0123456789Z",
  "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60", "2026-01-01T00:00:00+0000",
  "2262-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00+00:01",
  "2261-12-31T23:59:59-00:01", " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ",
  "2026-01-01T00:00Z", "26-01-01T00:00:00Z", "2026-1-01T00:00:00Z", "2026-01-00T00:00:00Z",
  "2026-01-01T00:00:00,5Z", "+2026-01-01T00:00:00Z", "١٩٧٠-01-01T00:00:00Z", "", "9999999999",
]

extension String {
  /// A quoted text with its last characters replaced by another one of two bytes.
  fileprivate func replacingLast(_ text: String) -> String { String(dropLast()) + text + "\"" }
}
