import Notation
import Vocabulary

extension WarningWalk {
  /// A value that text or a number is compared to.
  func lookAtPattern(_ node: YAMLNode) {
    switch node.value {
    case .text(let text):
      guard let bound = WrittenBound(text) else { return }
      warn(
        node.place, "'\(text)' is text, and no number is equal to it",
        write: "write \(bound.meant)")
    case .number(let number):
      guard let value = jsonNumber(number) else { return }
      let text = shortestDecimal(value)
      let digits = node.written.utf8.prefix { $0 | 0x20 != 0x65 }.filter { 0x30...0x39 ~= $0 }
      guard text != node.written || digits.count > 15 else { return }
      let quoted = "write it in quotes if it is text: '\(node.written)'"
      if text == node.written {
        warn(
          node.place, "\(text) has more digits than numbers are told apart by", write: quoted)
      } else {
        warn(
          node.place,
          "\(node.written) is the number \(text), not text that reads '\(node.written)'",
          write: "\(quoted); else write \(text)")
      }
    default: break
    }
  }

  /// Patterns of paths that slashes at the end have gone from; those of one condition stand beside each other.
  func lookAtPaths(_ condition: YAMLNode) {
    guard dropsTrailingSlash else { return }
    let nodes = pathPatterns(condition)
    let patterns = nodes.map { Glob($0.written) }
    for node in nodes {
      let pattern = node.written
      if pattern.hasSuffix("/"), pattern != "/" {
        let bare = pattern.utf8.reversed().drop { $0 == UInt8(ascii: "/") }.reversed()
        warn(
          node.place, "under 'trailing_slash: drop' no path ends in '/', as '\(pattern)' does",
          write: "write \(bare.isEmpty ? "/" : String(decoding: bare, as: UTF8.self))")
      } else if pattern.hasSuffix("/*") {
        let bare = String(pattern.dropLast(2))
        if bare.allSatisfy({ $0 == "*" }) || patterns.contains(where: { $0.matches(bare) }) {
          continue
        }
        warn(
          node.place,
          "under 'trailing_slash: drop' \(bare)/ is read as \(bare), which '\(pattern)' does not match",
          write: "write [\"\(bare)\", \"\(pattern)\"]")
      }
    }
  }

  /// The patterns of paths anywhere in a condition.
  private func pathPatterns(_ condition: YAMLNode) -> [YAMLNode] {
    condition.entries.flatMap { entry -> [YAMLNode] in
      switch entry.key {
      case "path": texts(entry.value["is"] ?? entry.value)
      case "any", "all": entry.value.items.flatMap(pathPatterns)
      case "not": pathPatterns(entry.value)
      default: []
      }
    }
  }

  private func texts(_ node: YAMLNode) -> [YAMLNode] {
    if case .text = node.value { return [node] }
    return node.items.flatMap(texts)
  }
}

/// Text that says a bound as people write it: `>= 50`.
struct WrittenBound {
  /// How a definition says it.
  let meant: String

  /// Nil where it says none.
  init?(_ text: String) {
    let sign = text.prefix { "<>=".contains($0) }
    let rest = text.dropFirst(sign.count).drop { $0 == " " }
    guard !sign.isEmpty, case .number(let number) = resolvePlainScalar(String(rest)) else {
      return nil
    }
    switch (sign.contains(">"), sign.contains("<"), sign.contains("=")) {
    case (true, false, true): meant = "{ min: \(number) }"
    case (true, false, false): meant = "{ above: \(number) }"
    case (false, true, true): meant = "{ max: \(number) }"
    case (false, true, false): meant = "{ below: \(number) }"
    case (true, true, _): meant = "not: { …: \(number) }"
    default: meant = number
    }
  }
}
