/// Returns a hint at what was probably meant by a name that is not among the valid ones.
///
/// Without a near one it lists the valid ones, if they are few.
package func hint(
  for name: String, among valid: [String], all label: String = "there are"
) -> String? {
  if let near = nearest(to: name, among: valid) { return "did you mean '\(near)'?" }
  // More than a dozen would hide the message they explain.
  guard !valid.isEmpty, valid.count <= 12 else { return nil }
  return "\(label): \(valid.joined(separator: ", "))"
}

/// Returns the first of the names that fewest edits tell apart from a name, if few enough do.
package func nearest(to name: String, among valid: [String]) -> String? {
  // A third of the letters may be wrong, but not all of them: 'poitns' is near 'points', 'cap' is
  // not near 'per', and 'A' is near 'a' alone.
  let letters = foldedLetters(name)
  guard letters.count <= lettersMax else { return nil }
  var best: String?
  var bestDistance = min(letters.count, max(1, letters.count / 3) + 1)
  var measure = EditMeasure(from: letters)
  for candidate in valid where candidate.utf8.count <= 4 * lettersMax {
    if let distance = measure.distance(to: foldedLetters(candidate), below: bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/// Longer names are not guessed (a guess: nobody types them).
private let lettersMax = 100

/// A name without case, `_` taken for `-`.
private func foldedLetters(_ name: String) -> [UInt32] {
  name.unicodeScalars.map { $0 == "_" ? 0x2D : simpleFold($0.value) }
}

/// Counts the insertions, deletions, replacements and swaps of neighbours that lead from one name to others.
private struct EditMeasure {
  private let from: [UInt32]
  // By place in `from`, for the last three letters of the other name.
  private var beforeLast: [Int]
  private var last: [Int]
  private var current: [Int]

  init(from letters: [UInt32]) {
    from = letters
    beforeLast = Array(repeating: 0, count: letters.count + 1)
    last = beforeLast
    current = beforeLast
  }

  /// Returns how many there are, or nil if not below a bound.
  mutating func distance(to: [UInt32], below bound: Int) -> Int? {
    guard abs(to.count - from.count) < bound else { return nil }
    for row in 0...from.count { last[row] = row }
    for column in 0..<to.count {
      current[0] = column + 1
      var least = column + 1
      for row in 0..<from.count {
        var cost = min(last[row + 1], current[row]) + 1
        cost = min(cost, last[row] + (from[row] == to[column] ? 0 : 1))
        if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
          cost = min(cost, beforeLast[row - 1] + 1)
        }
        current[row + 1] = cost
        least = min(least, cost)
      }
      // A swap goes back by two and costs one, so what is that far beyond does not come below again.
      if least > bound { return nil }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[from.count] < bound ? last[from.count] : nil
  }
}
