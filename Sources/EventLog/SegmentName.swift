import Files

/// The names that Scorebook gives to segments.
///
///     000007.ndjson.gz                  appended, the seventh
///     000003-000007.000012.ndjson.gz    takes the place of the third to the seventh; entry 12 of the chain
///
/// A hyphen sorts before a dot, so a replacement stands exactly where the segments stood that it replaces.
enum SegmentName {
  private static let ending = ".ndjson.gz"
  /// Longer numbers are not ours, and the one after the greatest would not be a number.
  static let numberMax = 999_999_999

  static func appended(_ number: Int) -> String { padded(number) + ending }

  static func isAppended(_ path: String, _ number: Int) -> Bool {
    1...numberMax ~= number && path == appended(number)
  }

  /// Whether a path is that of the replacement that an entry of this number tells of.
  static func isReplacement(_ path: String, _ number: Int) -> Bool {
    1...numberMax ~= number && path.contains("-") && path.hasSuffix(".\(padded(number))\(ending)")
      && self.number(in: path) == number
  }

  /// Returns the name of the segment that takes the place of neighbours, the first and the last of which are
  /// named so.
  static func replacement(first: String, last: String, number: Int) -> String {
    let start = first.prefix { $0 != "-" && $0 != "." }
    let range = last.prefix { $0 != "." }
    let end = range.split(separator: "-").last ?? range
    return "\(start)-\(end).\(padded(number))\(ending)"
  }

  /// The greatest number in a name, so that it is not given again; 0 if it is none of ours.
  static func number(in name: String) -> Int {
    guard name.hasSuffix(ending) else { return 0 }
    let text = name.dropLast(ending.count)
    if let number = plainNumber(text) { return number }
    let halves = text.split(separator: ".", omittingEmptySubsequences: false)
    let range = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, range.count == 2, let number = plainNumber(halves[1]),
      let first = plainNumber(range[0]), let last = plainNumber(range[1])
    else { return 0 }
    return max(number, first, last)
  }

  private static func plainNumber(_ text: Substring) -> Int? {
    guard text.utf8.count <= String(numberMax).utf8.count,
      text.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else { return nil }
    return Int(text)
  }

  /// The name of a replacement before it takes its place; it begins with a dot, so it is no segment yet.
  static func waiting(_ name: String) -> String { ".\(name)" }

  /// The replacement that waits under a name; nil if the name is none of such.
  static func replacement(waitingAs name: String) -> String? {
    guard name.hasPrefix("."), name.hasSuffix(ending), !name.contains("/") else { return nil }
    let replacement = String(name.dropFirst())
    return number(in: replacement) > 0 && replacement.contains("-") ? replacement : nil
  }

  /// The name of a segment of another program that is written anew and waits to take its own place.
  static func rewrite(_ serial: Int) -> String { ".rewrite-\(serial).tmp" }

  /// Whether a name is one that only a writer of the log makes, and only until it is done.
  static func isTemporary(_ name: String) -> Bool {
    if isRewrite(name) { return true }
    guard let target = AtomicFile.target(ofTemporary: name).map(String.init) else { return false }
    return number(in: target) > 0 || replacement(waitingAs: target) != nil || isRewrite(target)
  }

  private static func isRewrite(_ name: String) -> Bool { rewriteSerial(name) != nil }

  /// The serial of a segment that waits to take its own place; nil if the name is none of such.
  static func rewriteSerial(_ name: String) -> Int? {
    let (start, end) = (".rewrite-", ".tmp")
    guard name.hasPrefix(start), name.hasSuffix(end) else { return nil }
    return plainNumber(name.dropFirst(start.count).dropLast(end.count))
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
