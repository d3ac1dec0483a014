import Notation
import Testing

@Suite("CSV fields") struct CSVFieldTests {
  @Test(
    "a comma, a quote, a line feed, a carriage return or both put a text in quotes; nothing else does",
    arguments: [
      ("", ""), ("plain", "plain"), ("two words", "two words"), ("tab\t", "tab\t"), ("é", "é"),
      ("a,b", "\"a,b\""), (",", "\",\""), ("\"", "\"\"\"\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
      ("\n", "\"\n\""), ("one\ntwo", "\"one\ntwo\""), ("\r", "\"\r\""), ("end\r", "\"end\r\""),
      // In Swift one Character, and neither of the two.
      ("\r\n", "\"\r\n\""), ("one\r\ntwo", "\"one\r\ntwo\""),
    ])
  func quoting(text: String, field: String) {
    #expect(csvField(text) == field)
    #expect(csvText(Array(field.utf8)) == Array(text.utf8))
  }

  @Test("every byte at every place of a text of any length, seen eight at a time or alone")
  func everyByte() {
    for length in 1...25 {
      for place in 0..<length {
        for byte in UInt8.min...UInt8.max {
          var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
          text[place] = byte
          let needsQuotes = Array(",\"\n\r".utf8).contains(byte)
          if text.withUnsafeBufferPointer(needsCSVQuotes) != needsQuotes {
            Issue.record("byte \(byte) at \(place) of \(length)")
          }
        }
      }
    }
    #expect(!needsCSVQuotes(UnsafeBufferPointer(start: nil, count: 0)))
  }

  @Test("what is quoted comes back, whatever it is")
  func back() {
    let parts = ["\"", "\"\"", ",", "\n", "\r\n", "x", ""]
    for a in parts {
      for b in parts {
        for c in parts {
          let text = Array((a + b + c).utf8)
          #expect(csvText(csvField(text)) == text)
        }
      }
    }
  }

  @Test("a line has its fields with commas between them, and no line feed of its own")
  func line() {
    #expect(csvLine(["a", "", "b,c", "\n"]) == "a,,\"b,c\",\"\n\"")
    #expect(csvLine([]) == "")
  }
}
