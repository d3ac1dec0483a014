import Notation
import Snapshots

extension Contributions {
  /// Adds some of them to a text as they stand in the JSON of an explanation, the first and the last with what is
  /// around all of them.
  ///
  /// An encoder takes twenty times as long and builds a tree of them all; tests hold this to what it writes.
  package func appendJSON(_ range: Range<Int>, to text: inout [UInt8]) {
    if range.lowerBound == startIndex { text.append(text: "[\n") }
    forEach(in: range) { item in
      item.appendJSON(to: &text)
      text.append(text: ",\n")
    }
    if range.upperBound == endIndex {
      text.removeLast(2)
      text.append(text: "\n      ]")
    }
  }
}

extension ScoreExplanation.Item {
  /// Members in the order of their names, each on a line of its own.
  fileprivate func appendJSON(to text: inout [UInt8]) {
    text.append(literal: "        {\n")
    if isWeighted {
      text.append(literal: "          \"arithmetic\" : \"")
      appendArithmetic(to: &text)
      text.append(literal: "\",\n")
    }
    appendEventJSON(to: &text)
    text.append("          \"held\" : ", held)
    text.append(literal: "          \"interaction\" : ")
    text.append(json: interactionText)
    text.append(literal: ",\n")
    if let made { made.appendJSON(to: &text) }
    text.append("          \"points\" : ", points)
    text.append("          \"reason\" : ", reason)
    text.append(literal: "          \"sum\" : ")
    if let small = Int64(exactly: sum) {
      text.append(integer: small)
    } else {
      text.append(text: "\(sum)")
    }
    text.append(literal: ",\n          \"value\" : ")
    text.append(integer: value)
    if let weight {
      let digits = weight.description
      text.append(literal: ",\n          \"weight\" : ")
      text.append(text: digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
    }
    text.append(literal: "\n        }")
  }

  private func appendEventJSON(to text: inout [UInt8]) {
    text.append(literal: "          \"event\" : {\n            \"at\" : ")
    text.append(json: pathText)
    text.removeLast()
    text.append(literal: ":")
    text.append(integer: line)
    text.append(literal: "\",\n            \"id\" : ")
    withID { text.append(json: $0) }
    text.append(literal: ",\n            \"time\" : \"")
    text.append(time: time)
    text.append(literal: "\"\n          },\n")
  }
}

extension ScoreExplanation.Making {
  fileprivate func appendJSON(to text: inout [UInt8]) {
    text.append(literal: "          \"made\" : {\n")
    text.append("            \"held\" : ", held)
    text.append("            \"of\" : ", of)
    text.append("            \"product\" : ", product)
    text.append("            \"times\" : ", times)
    text.append("            \"value\" : ", value)
    text.removeLast(2)
    text.append(literal: "\n          },\n")
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ name: StaticString, _ value: String?) {
    guard var value else { return }
    append(literal: name)
    value.withUTF8 { append(json: $0) }
    append(literal: ",\n")
  }

  fileprivate mutating func append(_ name: StaticString, _ value: Int64?) {
    guard let value else { return }
    append(literal: name)
    append(integer: value)
    append(literal: ",\n")
  }

  /// Adds a text as an encoder writes it, which is not asked where there is nothing to escape.
  fileprivate mutating func append(json value: UnsafeBufferPointer<UInt8>) {
    let isPlain = value.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if !isPlain, let encoded = try? stableJSON(String(decoding: value, as: UTF8.self)) {
      return append(contentsOf: encoded.dropLast())
    }
    append(UInt8(ascii: "\""))
    append(contentsOf: value)
    append(UInt8(ascii: "\""))
  }
}

/// An explanation in JSON whose contributions are written apart, because there may be millions of them.
package struct ExplanationJSON: Sendable {
  /// The contributions to a score, and the text before them.
  package let pieces: [(text: [UInt8], contributions: Contributions)]
  /// The text behind them all.
  package let end: [UInt8]

  /// `mark`: what no text of the explanation says.
  package init(_ explanation: Explanation, mark: String) throws {
    var marked = explanation
    for score in marked.scores.indices where !marked.scores[score].contributions.isEmpty {
      marked.scores[score].contributions.mark = mark
    }
    var rest = try stableJSON(marked)[...]
    var pieces: [(text: [UInt8], contributions: Contributions)] = []
    for score in explanation.scores {
      if score.contributions.isEmpty { continue }
      guard let place = rest.firstRange(of: "\"\(mark)\"".utf8) else {
        preconditionFailure("each score's mark is in its JSON")
      }
      pieces.append((Array(rest[..<place.lowerBound]), score.contributions))
      rest = rest[place.upperBound...]
    }
    self.pieces = pieces
    end = Array(rest)
  }
}
