import Notation

/// When and through what something about a lead or an account became what it is.
package struct ChangeReason: Sendable, Equatable {
  /// Nil where no moment since the earlier as-of explains it.
  package var at: Milliseconds?
  package var because: String

  package init(at: Milliseconds?, because: String) {
    self.at = at
    self.because = because
  }
}

/// A lead or an account of which something has changed that has a reason.
package struct ChangedSubject: Sendable {
  package enum Kind: String, Sendable { case lead, account }

  package let kind: Kind
  package let key: [UInt8]
  package internal(set) var states: [ChangedState] = []
}

/// What something about a lead or an account is now and was not before.
package enum ChangedState: Sendable, Hashable {
  /// The lead is not there any more.
  case gone
  /// Nil where the lead is not graded.
  case grade(String, letter: String?)
  case persona(group: String, name: String, isIn: Bool)
  case list(String, isIn: Bool)
  case ready(Bool)
}

/// Finds when and through what changes came about.
package protocol ChangeReasons: Sendable {
  /// Returns the reason for each state of some leads and accounts; nil for one that has none to be told.
  func reasons(of subjects: [ChangedSubject], jobs: Int) throws -> [[ChangeReason?]]
}
