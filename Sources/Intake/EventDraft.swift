/// A property of an event; one without a value is left out.
struct Member {
  let name: String
  let value: String?

  init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }
}

/// What the events of one line share.
struct EventDraft {
  let id: String
  let time: String
  let lead: String
  let path: String

  /// Returns a line of the log with these members besides the shared ones, without its line feed.
  ///
  /// The `suffix` tells the id of a second event of the same line from the first's.
  func line(_ type: String, suffix: String = "", _ members: [Member]) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(256)
    let shared = [
      Member("id", id + suffix), Member("time", time), Member("type", type), Member("lead", lead),
      Member("path", path),
    ]
    for member in shared + members {
      guard let value = member.value else { continue }
      line.append(line.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      appendJSONString(member.name.utf8, to: &line)
      line.append(UInt8(ascii: ":"))
      appendJSONString(value.utf8, to: &line)
    }
    line.append(UInt8(ascii: "}"))
    return line
  }
}

/// Appends UTF-8 text as a JSON string, escaping no more than JSON asks for.
func appendJSONString(_ utf8: String.UTF8View, to line: inout [UInt8]) {
  line.append(UInt8(ascii: "\""))
  for byte in utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      line.append(UInt8(ascii: "\\"))
      line.append(byte)
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      line.append(contentsOf: "\\u00".utf8)
      line.append(digits[Int(byte >> 4)])
      line.append(digits[Int(byte & 15)])
    default:
      line.append(byte)
    }
  }
  line.append(UInt8(ascii: "\""))
}
