#if PRIMITIVES
  import CPrimitives
#endif

/// Asks for memory before it is needed.
@inline(__always)
func prefetch(_ address: UnsafeRawPointer) {
  #if PRIMITIVES
    primitivePrefetch(address)
  #endif
}
