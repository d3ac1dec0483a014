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
func nearest(to name: String, among valid: [String]) -> String? {
  var best: String?
  // A third of the letters may be wrong, but not all of them: 'poitns' is near 'points', 'cap' is
  // not near 'per', and 'A' is near 'a' alone.
  let length = name.unicodeScalars.count
  var bestDistance = min(length, max(1, length / 3) + 1)
  for candidate in valid {
    let distance = editDistance(name, candidate)
    if distance < bestDistance {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/// Returns how many insertions, deletions, replacements and swaps of neighbours lead from one name
/// to another, ignoring case and taking `_` for `-`.
func editDistance(_ one: String, _ other: String) -> Int {
  func folded(_ text: String) -> [UInt32] {
    text.unicodeScalars.map { $0 == "_" ? 0x2D : simpleFold($0.value) }
  }
  let from = folded(one)
  let to = folded(other)
  var beforeLast: [Int] = []
  var last = Array(0...to.count)
  for row in 0..<from.count {
    var current = [row + 1]
    for column in 0..<to.count {
      var cost = min(last[column + 1], current[column]) + 1
      cost = min(cost, last[column] + (from[row] == to[column] ? 0 : 1))
      if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[to.count]
}
