/// The first of many in some order, so many as are wanted.
struct Largest<Element> {
  private let countMax: Int
  private let precedes: (Element, Element) -> Bool
  private var elements: [Element] = []
  /// The last of those wanted, once there are so many: whatever does not come before it is none of them.
  private var last: Element?

  /// `countMax`: nil where all are wanted.
  init(_ countMax: Int?, by precedes: @escaping (Element, Element) -> Bool) {
    self.countMax = countMax ?? .max
    self.precedes = precedes
  }

  /// Whether one may be among them, as far as is known.
  ///
  /// `isHopeless`: whether it comes behind another one.
  func mayHave(unless isHopeless: (Element) -> Bool) -> Bool {
    countMax > 0 && !(last.map(isHopeless) ?? false)
  }

  mutating func add(_ element: Element) {
    if countMax == 0 { return }
    if let last, !precedes(element, last) { return }
    elements.append(element)
    // Twice as many, so that few of them are sorted often.
    if countMax < Int.max / 4, elements.count >= 2 * countMax + 64 { cut() }
  }

  private mutating func cut() {
    elements.sort(by: precedes)
    elements.removeLast(max(0, elements.count - countMax))
    if elements.count == countMax { last = elements.last }
  }

  /// In order.
  var all: [Element] {
    Array(elements.sorted(by: precedes).prefix(countMax))
  }

  static func += (one: inout Largest, other: Largest) {
    for element in other.elements { one.add(element) }
  }
}
