/// How events are read before anything is counted: what their keys are, which are left out, what their paths are.
package struct ReadingRules: Sendable {
  package var leadKeys = KeyForm.exact
  package var accountKeys = KeyForm.exact
  /// What is as if not there: an event that meets any of these tests.
  package var ignore: [IgnoreTest] = []
  package var paths = PathForm()
  /// Whether text without anything to see in it is as if absent.
  package var ignoresBlanks = false

  package init() {}
}

/// Which spellings of a key are one key.
package enum KeyForm: String, Sendable, CaseIterable {
  /// Each is a key of its own.
  case exact
  /// Those that differ in nothing but case, and white space around them.
  case foldCase = "fold-case"
  /// Those, and addresses that differ in nothing but what stands between a `+` and the `@`.
  case email

  /// How keys are compared, for messages.
  package var comparison: String {
    switch self {
    case .exact: "byte by byte"
    case .foldCase: "without regard to case and to white space around them"
    case .email:
      "without regard to case, to white space around them and to what stands between a '+' and the '@'"
    }
  }
}

/// What is done to the text of a path.
package struct PathForm: Sendable, Equatable {
  package var dropsTrailingSlash = false
  package var foldsCase = false

  package init() {}
}

/// One of the tests of `ignore`.
package struct IgnoreTest: Sendable {
  package var condition: Condition<EventSubject>
  /// As the definition has it, in one line.
  package var written: String
}
