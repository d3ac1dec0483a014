/// The seven types with a meaning of their own, and `ordinary` for every other.
public enum EventKind: UInt8, Sendable, CaseIterable {
  case ordinary, profile, accountProfile, merge, outcome, forget, withdraw, accountMerge

  /// The type of its events; nil of the ordinary ones.
  package var type: String? {
    switch self {
    case .ordinary: nil
    case .profile: "profile"
    case .accountProfile: "account_profile"
    case .merge: "merge"
    case .outcome: "outcome"
    case .forget: "forget"
    case .withdraw: "withdraw"
    case .accountMerge: "account_merge"
    }
  }

  /// Whether its events say who is who, and nothing that could be forgotten or withdrawn beside.
  package var joins: Bool { self == .merge || self == .accountMerge }
}

/// What an event is, as far as judging cares: its kind and the interactions it is an occurrence of.
///
/// There are few distinct ones in a log; a sheet numbers those it has met.
package struct EventClass: Sendable, Hashable {
  package var kind: EventKind
  /// Whether its type is exactly `page_view`.
  package var isPageView: Bool
  /// Whether it answers the net promoter question.
  package var isAnswer: Bool
  /// Indices into the definition's interactions, ascending.
  package var interactions: [UInt16]

  package init(
    kind: EventKind, isPageView: Bool = false, isAnswer: Bool = false, interactions: [UInt16] = []
  ) {
    self.kind = kind
    self.isPageView = isPageView
    self.isAnswer = isAnswer
    self.interactions = interactions
  }

  /// An activity is an event that is an occurrence of at least one interaction.
  package var isActivity: Bool { !interactions.isEmpty }
}

/// What an event says beside its time and class.
public enum FactKind: UInt8, BitwiseCopyable, Sendable {
  /// It names the lead's account.
  case account
  /// It gives an attribute.
  case attribute
  /// It takes an attribute away.
  case removal
  /// It answers the net promoter question.
  case answer
  /// It has a value of a property that is compared by its text.
  case compared
  /// It tells what became of the lead.
  case outcome
  /// It has a number for a property that points are made of.
  case value
  /// It has a property that a touch keeps.
  case touch
}
