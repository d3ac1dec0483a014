/// Memory that grows when it must and is used again; what is in it is undefined.
package struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline package internal(set) var base =
    UnsafeMutablePointer<Element>.allocate(capacity: 1)
  @usableFromInline var capacity = 1

  @inlinable package init() {}

  @inlinable deinit { base.deallocate() }

  @inlinable package mutating func room(for count: Int) -> UnsafeMutablePointer<Element> {
    if capacity < count {
      base.deallocate()
      capacity = count + count / 4
      base = .allocate(capacity: capacity)
    }
    return base
  }
}
