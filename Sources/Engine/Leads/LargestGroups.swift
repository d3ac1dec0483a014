/// The leads of the most keys: the largest first, of equal ones by their names.
struct LargestGroups: Sendable {
  struct Group: Sendable {
    var lead: [UInt8]
    var keyCount: Int
  }

  private(set) var groups: [Group] = []

  /// More than these nobody would look at.
  private static let countMax = 10

  mutating func add(_ lead: UnsafeBufferPointer<UInt8>, keyCount: Int) {
    if groups.count == LargestGroups.countMax, keyCount < groups[groups.count - 1].keyCount {
      return
    }
    insert(Group(lead: Array(lead), keyCount: keyCount))
  }

  private mutating func insert(_ group: Group) {
    let place = groups.firstIndex { precedes(group, $0) } ?? groups.count
    groups.insert(group, at: place)
    if groups.count > LargestGroups.countMax { groups.removeLast() }
  }

  private func precedes(_ a: Group, _ b: Group) -> Bool {
    a.keyCount != b.keyCount
      ? a.keyCount > b.keyCount : a.lead.lexicographicallyPrecedes(b.lead)
  }

  static func += (sum: inout LargestGroups, part: LargestGroups) {
    for group in part.groups { sum.insert(group) }
  }
}
