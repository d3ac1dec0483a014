/// Values laid out once and read, or counted in, millions of times.
///
/// An array in a class would be checked for bounds, for exclusive access and for being shared at
/// every touch of the hot loop; this is plain memory with an owner.
final class Fixed<Element>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: max(1, elements.count))
    _ = UnsafeMutableBufferPointer(start: base, count: count).initialize(from: elements)
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
