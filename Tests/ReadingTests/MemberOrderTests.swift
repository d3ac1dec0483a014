import Chance
import Testing

@testable import Reading

/// What a decoder remembers from line to line must not show in what it makes of a line.
@Suite("Memory from line to line")
struct MemberOrderTests {
  /// One event's members, in an order and with spaces that the dice choose.
  private func line(_ number: Int, _ dice: inout SeededDice) -> String {
    var members = [
      #""id"\#(colon(&dice))"e\#(number)""#, #""time":"2026-01-01T00:00:00Z""#,
      #""type":"\#(["page_view", "download", "profile"][Int.random(in: 0..<3, using: &dice)])""#,
      #""lead"\#(colon(&dice))"lead-\#(number % 5)""#,
    ]
    // Names that others begin with, that are longer than a guess, and that have an escape.
    let others = [
      #""path":"/pricing""#, #""duration":\#(number)"#, #""asset":"a\#(number % 3)""#,
      #""a_member_with_a_long_name":1"#, #""pat":"/pricing""#, #""pa\u0074h":"/pricing/b""#,
      #""fields":{"size":\#(number),"title":"vp \#(number % 4)"}"#, #""account":"acme""#,
      #""":true"#,
    ]
    for other in others where Bool.random(using: &dice) { members.append(other) }
    if Int.random(in: 0..<3, using: &dice) == 0 { members.shuffle(using: &dice) }
    return "{" + members.joined(separator: Bool.random(using: &dice) ? "," : " , ") + "}"
  }

  private func colon(_ dice: inout SeededDice) -> String {
    [":", " :", ": "].randomElement(using: &dice) ?? ":"
  }

  @Test(
    "a line comes to the same behind any other lines", arguments: 1...30 as ClosedRange<UInt64>)
  func order(seed: UInt64) throws {
    var dice = SeededDice(seed: seed)
    let plan = try plan()
    let lines = (0..<60).map { line($0, &dice) }
    let together = sheet(of: lines.joined(separator: "\n"), plan).seen(plan)
      .sorted { $0.line < $1.line }
    #expect(together.count == lines.count)
    for (index, line) in lines.enumerated() {
      var alone = sheet(of: line, plan).seen(plan)[0]
      alone.line = index + 1
      #expect(together[index] == alone)
    }
  }

  @Test("a decoder that is used again makes the same sheet as a new one")
  func again() throws {
    var dice = SeededDice(seed: 7)
    let plan = try plan()
    let decoder = SegmentDecoder(plan: plan)
    for lineCount in [300, 0, 5, 2000, 1, 40] {
      let text = (0..<lineCount).map { line($0, &dice) }.joined(separator: "\n")
      withPadding(Array(text.utf8)) { decoder.decode($0, firstLine: 1) }
      let found = decoder.seal()
      let wanted = sheet(of: text, plan)
      withExtendedLifetime((found, wanted)) {
        #expect(found.region.elementsEqual(wanted.region))
      }
    }
  }
}
