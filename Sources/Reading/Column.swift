/// A growing column of plain values, appended to once per event.
///
/// An array would check for uniqueness and bounds each time; this owner is never copied.
struct Column<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int
  /// Room behind the last element, so that eight bytes can be loaded from where any begins.
  private static var slack: Int { 8 }

  init(capacity: Int = 1024) {
    self.capacity = capacity
    base = .allocate(capacity: capacity + Self.slack)
  }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: capacity * 2) }
    (base + count).initialize(to: element)
    count &+= 1
  }

  mutating func append(_ source: UnsafePointer<Element>, _ sourceCount: Int) {
    if count + sourceCount > capacity { grow(to: max(capacity * 2, count + sourceCount)) }
    (base + count).initialize(from: source, count: sourceCount)
    count += sourceCount
  }

  /// Forgets all elements; the memory is kept for the next ones.
  mutating func removeAll() { count = 0 }

  @inline(__always)
  subscript(_ index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  @inline(never)
  private mutating func grow(to newCapacity: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity + Self.slack)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = newCapacity
  }
}
