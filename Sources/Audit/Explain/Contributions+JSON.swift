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
    text.append(text: "        {\n")
    if isWeighted {
      text.append(text: "          \"arithmetic\" : \"")
      appendArithmetic(to: &text)
      text.append(text: "\",\n")
    }
    let event = event
    text.append(text: "          \"event\" : {\n            \"at\" : ")
    text.append(json: event.at)
    text.append(text: ",\n            \"id\" : ")
    text.append(json: event.id)
    text.append(text: ",\n            \"time\" : \"")
    text.append(text: event.time)
    text.append(text: "\"\n          },\n")
    text.append(member: "held", held)
    text.append(member: "interaction", interaction)
    if let made { made.appendJSON(to: &text) }
    text.append(member: "points", points)
    text.append(member: "reason", reason)
    text.append(text: "          \"sum\" : \(sum),\n          \"value\" : ")
    text.append(integer: value)
    if let weight {
      let digits = weight.description
      text.append(text: ",\n          \"weight\" : ")
      text.append(text: digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
    }
    text.append(text: "\n        }")
  }
}

extension ScoreExplanation.Making {
  fileprivate func appendJSON(to text: inout [UInt8]) {
    text.append(text: "          \"made\" : {\n")
    text.append(member: "  held", held)
    text.append(member: "  of", of)
    text.append(member: "  product", product)
    text.append(member: "  times", times)
    text.append(member: "  value", value)
    text.removeLast(2)
    text.append(text: "\n          },\n")
  }
}

extension [UInt8] {
  fileprivate mutating func append(member name: String, _ value: String?) {
    guard let value else { return }
    begin(member: name)
    append(json: value)
    append(text: ",\n")
  }

  fileprivate mutating func append(member name: String, _ value: Int64?) {
    guard let value else { return }
    begin(member: name)
    append(integer: value)
    append(text: ",\n")
  }

  private mutating func begin(member name: String) {
    append(text: "          ")
    let indent = name.prefix { $0 == " " }
    append(text: "\(indent)\"\(name.dropFirst(indent.count))\" : ")
  }

  /// Adds a text as an encoder writes it, which is not asked where there is nothing to escape.
  fileprivate mutating func append(json value: String) {
    let isPlain = value.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if !isPlain, let encoded = try? stableJSON(value) {
      return append(contentsOf: encoded.dropLast())
    }
    append(text: "\"")
    append(text: value)
    append(text: "\"")
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
