/// What is asked: a path and the names and values behind it, as they were before they were escaped.
package struct ExplorerRequest: Sendable {
  package var path: String
  package var query: [(name: String, value: String)]

  package init(path: String, query: [(name: String, value: String)] = []) {
    self.path = path
    self.query = query
  }

  /// `target`: as HTTP has it, such as `/api/leads?find=ada%40x`; nil where it is malformed.
  package init?(target: String) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard target.hasPrefix("/"), let path = ExplorerRequest.unescaped(parts[0]) else { return nil }
    self.path = path
    query = []
    guard parts.count == 2 else { return }
    for pair in parts[1].split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = ExplorerRequest.unescaped(sides[0]),
        let value = ExplorerRequest.unescaped(sides.count == 2 ? sides[1] : "")
      else { return nil }
      query.append((name, value))
    }
  }

  package func value(_ name: String) -> String? { query.first { $0.name == name }?.value }

  package func values(_ name: String) -> [String] {
    query.filter { $0.name == name }.map(\.value)
  }

  func number(_ name: String, within range: ClosedRange<Int>, unless given: Int) -> Int {
    value(name).flatMap { Int($0) }.map { min(max($0, range.lowerBound), range.upperBound) }
      ?? given
  }

  private static func unescaped(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2,
        digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
        let digitText = String(digits), let number = UInt8(digitText, radix: 16)
      else { return nil }
      bytes.append(number)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
