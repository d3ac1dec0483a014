/// Keys joined into groups, with each group's members at hand.
struct Groups {
  private var parents: [Int]
  private var lists: [[Int]]

  init(count: Int) {
    parents = Array(0..<count)
    lists = (0..<count).map { [$0] }
  }

  /// The key that stands for a key's group.
  mutating func root(of key: Int) -> Int {
    var root = key
    while parents[root] != root { root = parents[root] }
    var key = key
    while parents[key] != root { (key, parents[key]) = (parents[key], root) }
    return root
  }

  mutating func join(_ a: Int, _ b: Int) {
    var (large, small) = (root(of: a), root(of: b))
    if large == small { return }
    if lists[large].count < lists[small].count { swap(&large, &small) }
    parents[small] = large
    lists[large] += lists[small]
    lists[small] = []
  }

  mutating func members(of key: Int) -> [Int] { lists[root(of: key)] }
}
