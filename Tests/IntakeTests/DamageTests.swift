import Chance
import Intake
import Testing

@Suite("Damaged files of other formats")
struct DamageTests {
  private static let calls = (0..<12).map {
    #"{"type":"identify","userId":"u\#($0)","messageId":"\#($0)","timestamp":"2026-01-01T00:00:00Z","traits":{"a":"\u00e9\\\"","n":-1.5e3,"b":true,"c":null,"d":{"e":[1,"]"]}}}"#
  }
  private static let rows = (0..<12).map { "l\($0),\"a \"\"b\"\"\nc\",2026-01-01\r\n" }
  private static let snowplow = (0..<8).map { row in
    (0..<131).map { [5: "page_view", 6: "\(row)", 3: "2026-01-01 00:00:00", 15: "d"][$0] ?? "" }
      .joined(separator: "\t") + "\n"
  }

  /// Files of every format and syntax, with their readers.
  private static let files:
    [(name: String, text: String, reader: @Sendable () -> any RecordReader)] =
      [
        ("segment lines", calls.joined(separator: "\n"), { segmentReader() }),
        ("segment array", "[\n  " + calls.joined(separator: ",\n  ") + "\n]", { segmentReader() }),
        ("segment batch", #"{"batch":[\#(calls.joined(separator: ","))]}"#, { segmentReader() }),
        (
          "posthog",
          #"{"uuid":"1","event":"$identify","distinct_id":"a","timestamp":"2026-01-01T00:00:00Z","properties":{"$set":{"a":1}}}\#n"#,
          { postHogReader() }
        ),
        (
          "cloudevents",
          #"{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"a","time":"2026-01-01T00:00:00Z"}\#n"#,
          { cloudEventsReader() }
        ),
        ("snowplow", snowplow.joined(), { snowplowReader() }),
        (
          "csv", "lead,note,time\n" + rows.joined(),
          {
            csvReader(
              MemberChoices(members: [
                ("lead", .column("lead")), ("note", .column("note")), ("time", .column("time")),
                ("type", .text("t")),
              ]))
          }
        ),
      ]

  private func damaged(_ whole: [UInt8], _ dice: inout SeededDice) -> [UInt8] {
    var bytes = whole
    for _ in 0...dice.below(3) {
      guard !bytes.isEmpty else { break }
      let at = dice.below(bytes.count)
      switch dice.below(6) {
      case 0: bytes[at] ^= UInt8(1 << dice.below(8))
      case 1: bytes[at] = [0, 0xFF, 0x22, 0x0A, 0x7B, 0x5D, 0x2C, 0x5C][dice.below(8)]
      case 2: bytes.removeSubrange(at..<min(bytes.count, at + 1 + dice.below(40)))
      case 3:
        bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 30)], at: dice.below(at + 1))
      case 4: bytes.removeLast(bytes.count - at)
      default: bytes.insert(UInt8(dice.below(256)), at: at)
      }
    }
    return bytes
  }

  @Test(
    "no damage crashes a reader, loses a count or depends on where the bytes are cut",
    arguments: 0..<7)
  func mutations(index: Int) throws {
    let file = Self.files[index]
    let whole = Array(file.text.utf8)
    var dice = SeededDice(seed: UInt64(index) + 1)
    for turn in 0..<150 {
      let bytes = damaged(whole, &dice)
      let found = try? records(bytes, by: file.reader())
      let cut = try? records(bytes, by: file.reader(), pieceByteCount: 1 + dice.below(90))
      #expect(found == cut, "\(file.name), turn \(turn)")
      guard let found else { continue }
      #expect(found.map(\.line) == found.map(\.line).sorted(), "\(file.name), turn \(turn)")
      // What a record is made of stood in the file, so nothing is read twice.
      #expect(found.reduce(0) { $0 + $1.byteCount } <= bytes.count + 1)
      for record in found {
        for event in record.events { #expect(event["broken"] == nil, "\(file.name), turn \(turn)") }
      }
    }
  }

  @Test("a flipped bit in one record of many costs at most its neighbours", arguments: 0..<2)
  func locality(index: Int) throws {
    let file = Self.files[index]
    let whole = Array(file.text.utf8)
    let sound = try records(whole, by: file.reader()).count
    #expect(sound == 12)
    for at in stride(from: 0, to: whole.count, by: 3) {
      var bytes = whole
      bytes[at] ^= 4
      let kept = try records(bytes, by: file.reader()).count { $0.refusal == nil }
      #expect(kept >= sound - 2, "\(file.name), byte \(at): \(kept)")
    }
  }
}
