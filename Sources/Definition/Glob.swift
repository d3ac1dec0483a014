/// A text pattern: `*` any run of characters, `?` exactly one, everything else literal, case ignored.
package struct Glob: Sendable, Hashable {
  package let pattern: String

  package init(_ pattern: String) {
    self.pattern = pattern
  }
}
