/// Returns whether a text stands where a program had no key to give.
///
/// Whoever is called `undefined` is nobody: taken for a key, it would make one lead of all such visitors.
func isPlaceholder(_ key: String) -> Bool {
  let text = key.utf8.drop { $0 <= 0x20 }
  guard let first = text.first else { return true }
  // Most keys are told by their first letter or their length alone.
  guard text.count <= 37, beginnings.contains(first | 0x20) else { return false }
  let name = String(decoding: text, as: UTF8.self).lowercased().trimmingSpaces
  return placeholders.contains(name) || name.utf8.allSatisfy { $0 == 0x30 || $0 == 0x2D }
}

private let placeholders: Set<String> = [
  "undefined", "null", "(null)", "nil", "none", "(none)", "nan", "n/a", "#n/a", "not set",
  "(not set)",
  "not_set", "unknown", "anonymous", "guest", "not_authenticated", "distinctid", "distinct_id",
  "id",
  "email", "user_id", "userid", "true", "false", "[object object]", "object object", "[]", "{}",
  "\"\"",
  "''", "-",
]

private let beginnings = Set(placeholders.compactMap { $0.utf8.first.map { $0 | 0x20 } } + [0x30])

extension [String?] {
  /// How many of the keys are none.
  var placeholderCount: Int { count { $0.map(isPlaceholder) == true } }
}
