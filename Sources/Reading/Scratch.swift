/// Memory that grows when it must and is used again; what is in it is undefined.
public struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  public var base = UnsafeMutablePointer<Element>.allocate(capacity: 1)
  @usableFromInline var capacity = 1

  @inlinable public init() {}

  @inlinable deinit { base.deallocate() }

  @inlinable public mutating func room(for count: Int) -> UnsafeMutablePointer<Element> {
    if capacity < count {
      base.deallocate()
      capacity = count + count / 4
      base = .allocate(capacity: capacity)
    }
    return base
  }
}
