/// Which merges of leads' keys join them.
package struct IdentityRules: Sendable, Hashable {
  /// Whether a key stays with the lead that a merge first joined it to.
  package var keepsFirst = false
  /// Patterns of keys that no merge joins to any other, as the definition has them.
  package var never: [String] = []

  package init() {}
}
