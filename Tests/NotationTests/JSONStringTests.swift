import Foundation
import Notation
import Testing

@Suite("JSON strings") struct JSONStringTests {
  @Test(
    "no more is escaped than JSON asks for",
    arguments: [
      ("", #""""#), ("a/b", #""a/b""#), ("é 🙂", #""é 🙂""#), ("\u{7f}", "\"\u{7f}\""),
      ("\"", #""\"""#), ("\\", #""\\""#), ("\t\n\r", #""\t\n\r""#), ("\r\n", #""\r\n""#),
      ("\u{0}\u{8}\u{c}\u{1f}", #""\u0000\u0008\u000c\u001f""#),
    ])
  func strings(text: String, json: String) {
    #expect(jsonString(text) == json)
    #expect(jsonString(Array(text.utf8)) == Array(json.utf8))
  }

  @Test("tabs and line ends can be written as numbers too, as all other controls are")
  func numbers() {
    var text: [UInt8] = []
    appendJSONString("\t\n\r\u{1}".utf8, to: &text, shortEscapes: false)
    #expect(String(decoding: text, as: UTF8.self) == #""\u0009\u000a\u000d\u0001""#)
  }

  @Test("every character of one byte reads back as itself")
  func everyByte() throws {
    for value in UInt8(0)..<0x80 {
      let text = "a\(Character(Unicode.Scalar(value)))b"
      let read = try JSONDecoder().decode([String].self, from: Data("[\(jsonString(text))]".utf8))
      #expect(read == [text])
    }
  }
}
