import Notation

/// A few events and what must come of them: a definition's own tests, proved by `check`.
package struct Example: Sendable {
  package var name: String
  /// Where it stands in the file, 1-based.
  package var line: Int
  package var column: Int
  /// The as-of; where the file has none, the time of the example's latest event.
  package var asOf: Milliseconds
  /// The events as lines of NDJSON, `id` and `lead` filled in where the file leaves them out.
  package var events: [String]
  package var expectations: [Expectation]

  package init(
    name: String, line: Int, column: Int, asOf: Milliseconds, events: [String],
    expectations: [Expectation]
  ) {
    self.name = name
    self.line = line
    self.column = column
    self.asOf = asOf
    self.events = events
    self.expectations = expectations
  }

  /// The lead of events that name none.
  package static let lead = "example"
}

/// What one lead, or one account, is expected to be.
package struct Expectation: Sendable {
  package var target: Target
  /// The subject as written, for messages.
  package var subject: String
  /// The predicate as written, for messages.
  package var expected: String
  package var line: Int
  package var column: Int

  package enum Target: Sendable {
    case lead(String, LeadSubject, Predicate)
    case account(String, AccountSubject, Predicate)
    /// Whether the lead is on the list with this index into `Definition.lists`.
    case list(Int, lead: String, isMember: Bool)
    /// Whether the lead is left out of all results.
    case excluded(lead: String, Bool)
    /// Whether the account is on the list with this index into `Definition.accountLists`.
    case accountList(Int, account: String, isMember: Bool)
    /// Whether the account is ready.
    case ready(account: String, Bool)
  }

  package init(target: Target, subject: String, expected: String, line: Int, column: Int) {
    self.target = target
    self.subject = subject
    self.expected = expected
    self.line = line
    self.column = column
  }
}
