import Intake
import Testing

@Suite("What a file looks like")
struct FormatGuessTests {
  @Test(
    "a format is known by its beginning",
    arguments: [
      (#"{"id":"1","time":"2026-01-01T00:00:00Z","type":"a","lead":"b"}"#, "native"),
      ("\u{FEFF}[\n  {\"type\": \"Track\",\n \"messageId\": \"1\"}\n]", "segment"),
      (#"{"batch":[{"type":"page","userId":"a"}]}"#, "segment"),
      (#"{"specversion":"1.0","type":"page"}"#, "cloudevents"),
      (#"{"uuid":"1","event":"a","distinct_id":"b"}"#, "posthog"),
      (#"::1 - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 1"#, "access-log"),
      ("Id;Name\n1;Ada\n", "csv"), ("a\tb\n1\t2", "csv"),
      ("app_id,event,event_id,collector_tstamp\n", "snowplow"),
      (String(repeating: "x\t", count: 130) + "x\n", "snowplow"),
    ])
  func formats(text: String, format: String) {
    #expect(FormatGuess(head: Array(text.utf8)) == .format(format))
  }

  @Test("a beginning that is cut is enough", arguments: [60, 61, 62, 90])
  func cut(count: Int) {
    let text = String(repeating: #"{"type":"page","userId":"a","messageId":"1"}\#n"#, count: 3)
    #expect(FormatGuess(head: Array(text.utf8.prefix(count))) == .format("segment"))
  }

  @Test("nothing is guessed of nothing, or of what could be anything")
  func none() {
    for text in ["", " \n", "oops\n", #"{"a":1}"#, "{", "a,b\nno comma here\n"] {
      #expect(FormatGuess(head: Array(text.utf8)) == nil)
    }
  }

  @Test("what cannot be read at all is told with what to do")
  func unreadable() {
    for head in [
      [0x50, 0x4B, 3, 4, 20], [0xFF, 0xFE, 0x41, 0], [0xFE, 0xFF, 0, 0x41],
      Array("BZh91AY".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], [0x28, 0xB5, 0x2F, 0xFD, 0],
      Array("PAR1".utf8), Array("<!DOCTYPE html>".utf8), Array("%PDF-1.7".utf8),
      [0x41, 0, 0x42, 0, 0x43, 0, 0x44, 0, 0x45, 0],
    ] as [[UInt8]] {
      guard case .unreadable(let what, let hint) = FormatGuess(head: head) else {
        Issue.record("\(head) is taken for something")
        continue
      }
      #expect(!what.isEmpty && !hint.isEmpty)
    }
  }
}
