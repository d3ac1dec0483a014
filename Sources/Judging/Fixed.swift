/// Values laid out once and read, or counted in, millions of times.
///
/// An array in a class would be checked for bounds, for exclusive access and for being shared at
/// every touch of the hot loop; this is plain memory with an owner. Its elements need not be copyable:
/// what cannot be copied costs no reference count.
package final class Fixed<Element: ~Copyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  /// `make`: makes the element of an index.
  init(count: Int, _ make: (Int) -> Element) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    for index in 0..<count { (base + index).initialize(to: make(index)) }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  subscript(_ index: Int) -> Element {
    unsafeAddress { UnsafePointer(base + index) }
    unsafeMutableAddress { base + index }
  }
}

extension Fixed {
  convenience init(_ elements: [Element]) {
    self.init(count: elements.count) { elements[$0] }
  }

  func elementsEqual(_ other: Fixed) -> Bool where Element: Equatable {
    count == other.count && (0..<count).allSatisfy { self[$0] == other[$0] }
  }
}
