import Notation

/// What a text says that stands where another kind of value is wanted; nil where that cannot be told.
func meantNumber(_ text: String) -> String? {
  if let bound = WrittenBound(text) { return bound.meant }
  func number(_ text: some StringProtocol) -> String? {
    if case .number(let number) = resolvePlainScalar(String(text)) { number } else { nil }
  }
  if number(text) != nil { return "\(text), without quotes" }
  if text.hasSuffix("+") { return number(text.dropLast()).map { "{ min: \($0) }" } }
  let head = text.prefix { "+-.,0123456789".contains($0) }
  if text.count == head.count, let bounds = meantRange(text) {
    return "{ min: \(bounds[0]), max: \(bounds[1]) }"
  }
  let tail = text.dropFirst(head.count).drop { $0 == " " }
  guard let value = number(head) ?? withPoint(head) else { return nil }
  let words = tail.lowercased().split(separator: " ")
  if words.count == 2, ["per", "a", "each"].contains(words[0]) {
    return "\(value), and behind it per: \(words[1])"
  }
  let units: Set<Substring> = ["%", "percent", "points", "point", "pts", "times", "x"]
  return tail.isEmpty || units.contains(tail) ? value : nil
}

/// A number whose decimals begin with a comma.
private func withPoint(_ text: some StringProtocol) -> String? {
  let parts = text.split(separator: ",", omittingEmptySubsequences: false)
  guard parts.count == 2, !parts[1].isEmpty else { return nil }
  let whole = parts[0].filter { $0 != "." }
  guard case .number(let number) = resolvePlainScalar("\(whole).\(parts[1])") else { return nil }
  return number
}

/// The two numbers of `0-100`, `0..100` or `0 100`; nil where there are none such.
func meantRange(_ text: String) -> [String]? {
  let parts = text.split { "-. ".contains($0) }.map(String.init)
  guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return nil }
  return parts
}

/// The duration that people mean by `30 days`, `1 year` or `6M`.
func meantDuration(_ text: String) -> String? {
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  let unit = text.dropFirst(digits.count).drop { $0 == " " || $0 == "-" }
  guard let count = Int(digits), count > 0, count <= 300, let first = unit.lowercased().first
  else { return nil }
  let isLong = unit.count > 1
  switch first {
  case "y": return "\(count * 365)d"
  case "m" where unit == "M" || unit.lowercased().hasPrefix("mo"): return "\(count * 30)d"
  case "m" where isLong && unit.lowercased().hasPrefix("mi"): return "\(count)m"
  case "h", "d", "w": return isLong || digits.count + 1 < text.count || unit.first != first
    ? "\(count)\(first)" : nil
  default: return nil
  }
}

extension YAMLNode {
  /// What to write where this stands and something else is wanted.
  func hint(wanting wanted: String) -> String? {
    switch value {
    case .text(let text):
      if wanted.contains("number"), let meant = meantNumber(text) { return "write \(meant)" }
      if wanted == "a list" { return listHint(text) }
      if wanted == "a mapping" { return mappingHint(text) }
      return nil
    case .list(let items) where wanted == "a mapping":
      guard let first = items.first, case .mapping = first.value else { return nil }
      return "leave out the '- ': keys stand below each other, each by itself"
    case .null where wanted.hasSuffix("mapping"):
      return "what belongs to it stands below it, indented further"
    default: return nil
    }
  }

  private func listHint(_ text: String) -> String? {
    if text.hasPrefix("-"), text.dropFirst().first != " " { return "a dash needs a space behind it" }
    if let range = meantRange(text) { return "write [\(range[0]), \(range[1])]" }
    for sign in [",", ">", ";", "|"] where text.contains(sign) {
      let items = text.split(separator: Character(sign)).map { $0.trimmingBlanks }
      return "write [\(items.joined(separator: ", "))]"
    }
    return nil
  }

  private func mappingHint(_ text: String) -> String? {
    if let sign = text.firstIndex(where: { "<>=".contains($0) }) {
      let key = String(text[..<sign]).trimmingBlanks
      guard let bound = WrittenBound(String(text[sign...])), !key.isEmpty else { return nil }
      return "write { \(key): \(bound.meant) }"
    }
    guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return nil }
    return "a colon needs a space behind it: \(text[..<colon]): \(text[text.index(after: colon)...])"
  }

  /// Takes apart what only looks like an entry: a key without a colon or with one that no space follows, and the
  /// decimals of a number whose comma ended it. Reports it, and returns the others.
  func realEntries(_ entries: [Entry], _ faults: FaultCollector) -> [Entry] {
    var last: Entry?
    return entries.filter { entry in
      defer { last = entry }
      guard case .null = entry.value.value, entry.value.written.isEmpty else { return true }
      if let last, case .number = last.value.value, !entry.key.isEmpty,
        entry.key.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
      {
        faults.report(
          entry.place, "the comma ends the number before it",
          hint: "decimals begin with a point: \(last.value.written).\(entry.key)")
        return false
      }
      guard let sign = entry.key.firstIndex(where: { ":=".contains($0) }), sign > entry.key.startIndex,
        entry.key.index(after: sign) < entry.key.endIndex
      else { return true }
      let isColon = entry.key[sign] == ":"
      faults.report(
        entry.place,
        isColon ? "a colon needs a space behind it" : "between a key and its value stands a colon",
        hint: "write \(entry.key[..<sign]): \(entry.key[entry.key.index(after: sign)...])")
      return false
    }
  }
}

extension StringProtocol {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// What a bound is called here that others call otherwise.
func meantBound(_ key: String) -> String? {
  switch key.lowercased() {
  case "gte", "ge", ">=", "minimum", "from_number", "greater_or_equal": "min"
  case "gt", ">", "over", "more", "more_than", "greater_than", "greater": "above"
  case "lte", "le", "<=", "maximum", "up_to": "max"
  case "lt", "<", "under", "less", "less_than", "fewer_than": "below"
  case "eq", "=", "==", "equals", "equal", "in", "contains", "value": "is"
  default: nil
  }
}

/// A name made of words with blanks and capitals.
func meantName(_ words: String) -> String? {
  let name = words.lowercased().split(separator: " ").joined(separator: "-")
  return isName(name) && name != words ? name : nil
}

/// Returns the text between quotation marks that word processors make and YAML does not know; nil where there are none.
func textBetweenCurlyQuotes(_ text: String) -> String? {
  guard let first = text.first, let last = text.last, text.count > 1, "“„‘«”".contains(first),
    "”“’»".contains(last)
  else { return nil }
  return String(text.dropFirst().dropLast())
}
