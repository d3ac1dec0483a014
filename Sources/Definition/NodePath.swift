/// A step from a node of a definition to one below it: the entry of a mapping, an element of a list.
typealias NodeTrail = [Int]

/// Where a dotted path leads among a definition's nodes.
///
/// Keys may have dots in them, as `score.engagement` in a condition, so the longest key that is there
/// comes first.
struct NodePath {
  /// The node it leads to, or the last one on the way.
  let node: YAMLNode
  /// The steps to `node` from the root.
  let trail: NodeTrail
  /// Where the last key stands; that of an element where the element does.
  let place: Place
  /// Whether it stands within brackets or braces.
  let isInFlow: Bool
  /// What is left of the path; empty where it leads to `node`.
  let rest: [String]
  /// What leads to `node`, as written.
  let taken: [String]

  /// `isFlow`: whether a node is written in brackets or braces.
  init(_ path: String, in root: YAMLNode, isFlow: (YAMLNode) -> Bool) {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let start = NodePath(
      node: root, trail: [], place: root.place, isInFlow: false, rest: parts, taken: [])
    self = start.followed(isFlow)
  }

  private init(
    node: YAMLNode, trail: NodeTrail, place: Place, isInFlow: Bool, rest: [String], taken: [String]
  ) {
    self.node = node
    self.trail = trail
    self.place = place
    self.isInFlow = isInFlow
    self.rest = rest
    self.taken = taken
  }

  /// The way that gets furthest.
  private func followed(_ isFlow: (YAMLNode) -> Bool) -> NodePath {
    var best = self
    for count in stride(from: rest.count, to: 0, by: -1) {
      let name = rest.prefix(count).joined(separator: ".")
      guard let (step, child, place) = node.child(named: name) else { continue }
      let next = NodePath(
        node: child, trail: trail + [step], place: place, isInFlow: isInFlow || isFlow(node),
        rest: Array(rest.dropFirst(count)), taken: taken + rest.prefix(count)
      ).followed(isFlow)
      if next.rest.isEmpty { return next }
      if next.rest.count < best.rest.count { best = next }
    }
    return best
  }
}

extension YAMLNode {
  /// The names by which what is below a node can be asked for.
  var childNames: [String] {
    switch value {
    case .mapping(let entries): entries.map(\.key)
    case .list(let items): items.enumerated().map { $1.ownName ?? "\($0)" }
    default: []
    }
  }

  fileprivate func child(named name: String) -> (step: Int, node: YAMLNode, place: Place)? {
    switch value {
    case .mapping(let entries):
      guard let step = entries.firstIndex(where: { $0.key == name }) else { return nil }
      return (step, entries[step].value, entries[step].place)
    case .list(let items):
      let named = items.firstIndex { $0.ownName == name }
      guard let step = named ?? Int(name).flatMap({ items.indices.contains($0) ? $0 : nil }) else {
        return nil
      }
      return (step, items[step], items[step].place)
    default: return nil
    }
  }

  /// What an element of a list is called: a persona and a bonus by `name`, a criterion by
  /// `attribute`.
  private var ownName: String? {
    guard case .mapping(let entries) = value else { return nil }
    for key in ["name", "attribute"] {
      if case .text(let name)? = entries.first(where: { $0.key == key })?.value.value {
        return name
      }
    }
    return nil
  }

  /// The node with another one at the end of a trail.
  func replacing(_ trail: NodeTrail, by node: YAMLNode) -> YAMLNode {
    guard let step = trail.first else { return node }
    let rest = Array(trail.dropFirst())
    var copy = self
    switch value {
    case .mapping(var entries):
      entries[step].value = entries[step].value.replacing(rest, by: node)
      copy.value = .mapping(entries)
    case .list(var items):
      items[step] = items[step].replacing(rest, by: node)
      copy.value = .list(items)
    default: break
    }
    return copy
  }

  /// Whether two nodes say the same, wherever they stand.
  func saysTheSame(as other: YAMLNode) -> Bool {
    switch (value, other.value) {
    case (.null, .null): true
    case (.bool(let one), .bool(let two)): one == two
    case (.number(let one), .number(let two)): one == two
    case (.notFinite, .notFinite): written == other.written
    case (.text(let one), .text(let two)): one == two
    case (.list(let one), .list(let two)):
      one.count == two.count && zip(one, two).allSatisfy { $0.saysTheSame(as: $1) }
    case (.mapping(let one), .mapping(let two)):
      one.count == two.count
        && zip(one, two).allSatisfy { $0.key == $1.key && $0.value.saysTheSame(as: $1.value) }
    default: false
    }
  }
}
