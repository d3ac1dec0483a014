/// What the members of an event are taken from, in a file whose records mean nothing by themselves.
package struct MemberChoices: Sendable {
  /// Where a member's value comes from.
  package enum Source: Sendable, Equatable {
    /// The column, or the path in an object, of this name; several with ` + ` between them are joined by a space.
    case column(String)
    /// The same text for each record.
    case text(String)
  }

  /// By the member's name, or `fields.` and an attribute's; of several for a name the first with a value counts.
  package var members: [(name: String, source: Source)]
  /// Nil where the header tells.
  package var delimiter: UInt8?
  package var times: TimeForms
  /// By the member: what a text is to be instead.
  package var translations: [String: [String: String]] = [:]
  /// Members of which the number at the head of the text counts.
  package var numbers: Set<String> = []
  /// Whether numbers are written as `1.234,5`.
  package var hasDecimalCommas = false
  /// How many lines stand before the header.
  package var headCount = 0
  /// How many rows at the end are no data.
  package var footCount = 0
  /// The member of a wrapping object that holds the records.
  package var wrapper: String?

  package init(
    members: [(name: String, source: Source)], delimiter: UInt8? = nil,
    times: TimeForms = TimeForms()
  ) {
    self.members = members
    self.delimiter = delimiter
    self.times = times
  }

  /// The names of the members in byte order: an event says the same in whatever order it was asked for.
  var names: [String] {
    Set(members.map(\.name)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Returns what is to be written for a text of a member; nil where it is nothing.
  func value(_ text: String, of name: String) -> String? {
    let translated = translations[name]?[text] ?? text
    if translated.isEmpty { return nil }
    if numbers.contains(name) { return number(atHeadOf: translated) }
    return hasDecimalCommas ? pointed(translated) : translated
  }

  /// Whether a member's texts are written as they are.
  func isPlain(_ name: String) -> Bool {
    translations[name] == nil && !numbers.contains(name) && !hasDecimalCommas
  }

  /// Returns the number that a text begins with, behind a currency's sign, or nil.
  private func number(atHeadOf text: String) -> String? {
    let rest = text.utf8.drop { !(0x30...0x39 ~= $0) && $0 != UInt8(ascii: "-") }
    let start = text.utf8.count - rest.count
    // What stands before it may be a currency's sign, but no word.
    guard start <= 4, text.utf8.prefix(start).allSatisfy({ !(0x61...0x7A ~= $0 | 0x20) }) else {
      return nil
    }
    let separators = [UInt8(ascii: "."), UInt8(ascii: ",")]
    var run = Array(rest.prefix { 0x30...0x39 ~= $0 || separators.contains($0) || $0 == 0x2D })
    while let last = run.last, !(0x30...0x39 ~= last) { run.removeLast() }
    if let dash = run.dropFirst().firstIndex(of: 0x2D) { run.removeSubrange(dash...) }
    return run.isEmpty ? nil : ungrouped(run)
  }

  /// Returns a number with a decimal comma as one with a point; any other text as it is.
  private func pointed(_ text: String) -> String {
    let isNumber = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || [0x2C, 0x2D, 0x2E].contains($0) }
    return isNumber ? ungrouped(Array(text.utf8)) ?? text : text
  }

  /// Takes the separators of thousands out; nil where what is left is no number.
  private func ungrouped(_ digits: [UInt8]) -> String? {
    let (point, group) = hasDecimalCommas ? (UInt8(0x2C), UInt8(0x2E)) : (UInt8(0x2E), UInt8(0x2C))
    let text = digits.filter { $0 != group }.map { $0 == point ? 0x2E : $0 }
    guard text.count(where: { $0 == 0x2E }) < 2 else { return nil }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The members by which an event belongs to somebody, and its id.
let identityNames: Set<String> = ["lead", "from", "account", "id"]

/// Returns the parts of `Date + Time`.
func partsOfSum(_ text: String) -> [String] {
  var parts = [""]
  let words = text.split(separator: " ", omittingEmptySubsequences: false)
  for word in words {
    if word == "+" { parts.append("") } else { parts[parts.count - 1] += " " + word }
  }
  return parts.map(\.trimmingSpaces)
}
