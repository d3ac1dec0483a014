import Testing

@testable import Reading

/// A line and the reason it is refused for; nil where it is an event.
struct LineCase: CustomTestStringConvertible, Sendable {
  var what: String
  var line: [UInt8]
  var reason: Refusal?

  init(_ what: String, _ line: String, _ reason: Refusal?) {
    self.init(what, bytes: Array(line.utf8), reason)
  }

  init(_ what: String, bytes: [UInt8], _ reason: Refusal?) {
    self.what = what
    line = bytes
    self.reason = reason
  }

  var testDescription: String { "\(what): \(reason.map(\.name) ?? "an event")" }
}

@Suite("Refusing lines")
struct RefusalTests {
  private func check(_ lineCase: LineCase) throws {
    // A neighbour on either side shows that a fault ends with its line.
    let before = Array((event(id: #""before""#) + "\n").utf8)
    let after = Array(("\n" + event(id: #""after""#)).utf8)
    let sheet = sheet(of: before + lineCase.line + after, try plan())
    #expect(sheet.refusals.map(\.reason) == (lineCase.reason.map { [$0] } ?? []))
    #expect(sheet.refusals.allSatisfy { $0.line == 2 })
    #expect(sheet.refusals.allSatisfy { Int($0.byteCount) == lineCase.line.count })
    #expect(sheet.lineCount == 3)
    let used = sheet.rowCount + sheet.forgets.count
    #expect(used == (lineCase.reason == nil ? 3 : 2))
  }

  @Test("`too-long` (over 1 MiB)", arguments: LineCase.lengths)
  func length(_ lineCase: LineCase) throws { try check(lineCase) }

  @Test("One JSON object per line (UTF-8, RFC 8259)", arguments: LineCase.utf8)
  func utf8(_ lineCase: LineCase) throws { try check(lineCase) }

  @Test("`nesting` (a 65th open bracket, whatever follows)", arguments: LineCase.nesting)
  func nesting(_ lineCase: LineCase) throws { try check(lineCase) }

  @Test("`json` (not an object, or not JSON; a lone surrogate is not)", arguments: LineCase.json)
  func json(_ lineCase: LineCase) throws { try check(lineCase) }

  @Test("sound JSON of every kind is no fault", arguments: LineCase.sound)
  func sound(_ lineCase: LineCase) throws { try check(lineCase) }

  @Test(
    "then a required member missing, of the wrong kind or impossible", arguments: LineCase.members)
  func members(_ lineCase: LineCase) throws { try check(lineCase) }

  @Test("the first in this order: each fault that is mended uncovers the next")
  func order() throws {
    func members(_ id: String, _ time: String, _ type: String, _ lead: String) -> String {
      #"{"id":\#(id),"time":\#(time),"type":\#(type),"lead":\#(lead),"from":"","#
        + #""outcome":"","account":"","event":""}"#
    }
    let bad = members("1", "2", "3", "4")
    let one = #""1""#
    let time = #""2026-01-01T00:00:00Z""#
    let deep = Array((#"{"x":"# + String(repeating: "[", count: 65)).utf8)
    let steps: [([UInt8], Refusal?)] = [
      (deep + [0xff] + [UInt8](repeating: 0x20, count: 1 << 20), .tooLong),
      (deep + [0xff], .utf8),
      (deep, .nesting),
      (Array((bad + "}").utf8), .json),
      (Array(bad.utf8), .id),
      (Array(members(one, "2", "3", "4").utf8), .time),
      (Array(members(one, time, "3", "4").utf8), .type),
      (Array(members(one, time, #""merge""#, "4").utf8), .lead),
      (Array(members(one, time, #""account_profile""#, "4").utf8), .account),
      (Array(members(one, time, #""merge""#, #""a""#).utf8), .from),
      (Array(members(one, time, #""outcome""#, #""a""#).utf8), .outcome),
      (Array(members(one, time, #""withdraw""#, #""a""#).utf8), .event),
      (Array(members(one, time, #""view""#, #""a""#).utf8), nil),
    ]
    #expect(steps.compactMap(\.1) == Refusal.ofEvents)
    for (line, reason) in steps {
      #expect(sheet(of: line, try plan()).refusals.first?.reason == reason)
    }
  }

  @Test("a validator refuses a line for the same reason as a decoder")
  func validatorAgrees() {
    let validator = EventValidator()
    for lineCase in LineCase.all {
      var reason: Refusal?
      do { _ = try validator.read([lineCase.line]) } catch { reason = error }
      #expect(reason == lineCase.reason, "\(lineCase.what)")
    }
  }

  @Test("of a refused line 1024 bytes are kept, and how long it was")
  func keptText() throws {
    let line = "[" + String(repeating: "x", count: 3000)
    let sheet = sheet(of: line, try plan())
    #expect(sheet.refusals[0].byteCount == 3001)
    #expect(Array(sheet.text(of: sheet.refusals[0])) == Array(line.utf8.prefix(1024)))
  }
}
