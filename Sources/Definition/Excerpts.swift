/// Returns a text as it is, or the beginning and the end of one that is too long for a message.
func excerpt(of text: String) -> String {
  guard text.utf8.count > messageMax else { return text }
  let scalars = text.unicodeScalars
  guard scalars.count > messageMax else { return text }
  return String(scalars.prefix(messageMax / 2)) + "…" + String(scalars.suffix(messageMax / 2 - 1))
}

/// More than any message of ours with names of the usual length (a guess).
private let messageMax = 400

/// A line of a definition, and a caret under a place in it.
struct LineExcerpt {
  let line: String
  let caret: String

  /// What is shown of a line on either side of the place (a guess: it is found by eye).
  private static let sideMax = 80

  /// `column`: from 1; it may be one behind the line's end.
  init(_ source: ArraySlice<Unicode.Scalar>, column: Int) {
    let place = column - 1
    let before = source.prefix(place)
    let after = source.dropFirst(place)
    let shownBefore = before.suffix(LineExcerpt.sideMax)
    let shownAfter = after.prefix(LineExcerpt.sideMax)
    let isCutBefore = shownBefore.count < before.count
    line =
      (isCutBefore ? "…" : "") + text(shownBefore) + text(shownAfter)
      + (shownAfter.count < after.count ? "…" : "")
    // A tab stays a tab, so that the caret lands under the same character.
    let indent = shownBefore.map { $0 == "\t" ? "\t" : " " }.joined()
    let padding = String(repeating: " ", count: max(0, place - source.count))
    caret = (isCutBefore ? " " : "") + indent + padding + "^"
  }
}

private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  var text = ""
  text.unicodeScalars.append(contentsOf: scalars)
  return text
}
