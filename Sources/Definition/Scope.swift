import Notation

/// What every loading function needs: what is declared, and where to report.
struct Scope {
  let names: Names
  let faults: FaultCollector

  func report(
    _ place: Place, _ message: @autoclosure () -> String, hint: @autoclosure () -> String? = nil
  ) {
    faults.report(place, message(), hint: hint())
  }

  /// Returns the index of a name among those declared, reporting an unknown one.
  ///
  /// `owner` is whose names they are, where they are not the definition's.
  func find(
    _ name: String, among declared: NameList, _ kind: String, of owner: String? = nil,
    at place: Place
  ) -> Int? {
    if let index = declared.firstIndex(of: name) { return index }
    report(
      place, owner.map { "\($0) has no \(kind) '\(name)'" } ?? "unknown \(kind) '\(name)'",
      hint: declared.isEmpty ? "there are none" : hint(for: name, among: declared.all))
    return nil
  }

  /// Returns which of a few words stands there, reporting any other.
  func word(_ node: YAMLNode, _ what: String, among words: [String]) -> String? {
    guard let word = node.text(what, faults) else { return nil }
    if words.contains(word) { return word }
    report(node.place, "\(what) cannot be '\(word)'", hint: hint(for: word, among: words))
    return nil
  }

  /// Returns a text as a pattern, reporting one that takes too long to match.
  func glob(_ text: String, at place: Place) -> Glob? {
    let glob = Glob(text)
    let length = glob.longestMixed
    guard length > Glob.mixedMax else { return glob }
    report(
      place,
      "a pattern has \(length) characters with '?' among them, and no '*': at most \(Glob.mixedMax)",
      hint: "put a '*' between them, or leave out '?'")
    return nil
  }

  /// Reads a list of patterns; the faulty ones are reported.
  ///
  /// `name`: its key; `owner`: whose key that is; `check`: reports what only such a list may not have.
  func patterns(
    _ node: YAMLNode, _ name: String, of owner: String, hint: String,
    _ check: (_ text: String, Glob, Place) -> Void
  ) -> [Glob] {
    guard let items = node.list("'\(name)' of '\(owner)'", faults) else { return [] }
    if items.isEmpty {
      report(node.place, "nothing is in the list '\(name)' of '\(owner)'", hint: hint)
    }
    checkCount(items.map(\.place), of: "patterns of '\(name)'")
    return items.compactMap { item in
      guard let text = item.text("a pattern of '\(name)'", faults),
        let glob = glob(text, at: item.place)
      else { return nil }
      check(text, glob, item.place)
      return glob
    }
  }

  /// Reports a name that cannot be one.
  func checkName(_ name: String, of kind: String, at place: Place) {
    guard !isName(name) else { return }
    report(
      place, "'\(name)' is no name for \(kind)",
      hint: "a name is small letters, digits, '-' and '_', beginning with a letter or digit"
        + (meantName(name).map { ": '\($0)'" } ?? ""))
  }

  /// Reports what is too long to name a file of a snapshot.
  ///
  /// `names`: those that make the file's name, with dots between them; `what`: whose it is.
  func checkFileName(_ names: [String], of what: String, at place: Place) {
    let byteCount = (names + ["csv"]).joined(separator: ".").utf8.count
    guard byteCount > fileNameByteCountMax else { return }
    report(
      place,
      "the file of \(what) would have a name of \(byteCount) bytes; \(fileNameByteCountMax) is the most",
      hint: "shorten it by \(byteCount - fileNameByteCountMax)")
  }

  /// Reports names given twice where they stand in a list.
  func checkUnique(_ named: [(name: String, place: Place)], _ kind: String) {
    var first: [String: Place] = [:]
    for (name, place) in named {
      if let earlier = first[name] {
        report(place, "two \(kind) are named '\(name)'; the first is on line \(earlier.line)")
      } else {
        first[name] = place
      }
    }
  }

  /// Returns the entries of a section of named things, after a look at their names.
  func namedEntries(_ node: YAMLNode?, _ section: String, of kind: String) -> [YAMLNode.Entry] {
    guard let entries = node?.mapping("'\(section)'", faults) else { return [] }
    for entry in entries { checkName(entry.key, of: kind, at: entry.place) }
    checkCount(entries.map(\.place), of: "entries of '\(section)'")
    return entries
  }
}

/// How long file systems take a name to be.
private let fileNameByteCountMax = 255
