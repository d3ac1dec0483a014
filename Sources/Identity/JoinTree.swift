/// How merges join keys, one after the other: a node for each key, and above any two groups the join
/// that made them one.
///
/// What a key was joined to at a time is all that stands below its top of then, so that any number of
/// groups of different times is kept without a list of members for each.
struct JoinTree {
  /// By node, the one above it, or itself: keys come first, then joins in their order.
  private var parents: [Int]
  /// By node, one further up, as far as it is known.
  private var shortcuts: [Int]
  private let keyCount: Int

  init(keyCount: Int) {
    self.keyCount = keyCount
    parents = Array(0..<keyCount)
    shortcuts = parents
  }

  /// The node that all keys of a key's group stand below, or are.
  mutating func top(of key: Int) -> Int {
    var top = key
    while shortcuts[top] != top { top = shortcuts[top] }
    var node = key
    while shortcuts[node] != top { (node, shortcuts[node]) = (shortcuts[node], top) }
    return top
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (top(of: a), top(of: b))
    if a == b { return }
    let join = parents.count
    parents.append(join)
    shortcuts.append(join)
    for node in [a, b] {
      parents[node] = join
      shortcuts[node] = join
    }
  }

  /// Returns the keys below each of some nodes that no other of them stands above, by their first keys.
  func keysBelowUppermost(of isMarked: (Int) -> Bool) -> [(node: Int, keys: [Int])] {
    var uppermost = [Int?](repeating: nil, count: parents.count)
    // A join comes after all that stands below it.
    for node in parents.indices.reversed() {
      uppermost[node] = uppermost[parents[node]] ?? (isMarked(node) ? node : nil)
    }
    var places: [Int: Int] = [:]
    var found: [(node: Int, keys: [Int])] = []
    for key in 0..<keyCount {
      guard let node = uppermost[key] else { continue }
      if let place = places[node] {
        found[place].keys.append(key)
      } else {
        places[node] = found.count
        found.append((node, [key]))
      }
    }
    return found
  }
}
