/// What made a number another one: which of the inputs changed.
///
/// The way from A to B goes through these in one fixed order, one input at a time, so that every change has
/// one cause and all causes add up to the whole change.
package enum DiffCause: String, Encodable, Sendable, Hashable, CaseIterable {
  /// Other keys are this lead's now.
  case mergedIn = "merged-in"
  /// Some keys are no longer this lead's.
  case mergedOut = "merged-out"
  /// A forget erased events.
  case erased
  /// Events up to A's as-of that A did not know.
  case lateEvents = "late-events"
  /// Events that B does not know.
  case withdrawnEvents = "withdrawn-events"
  /// An event gave way to an earlier one with its id.
  case duplicates
  /// The definition is another one.
  case rules
  /// Nothing happened, but time passed.
  case time
  /// Events between the two as-ofs.
  case newEvents = "new-events"
  /// Events after B's as-of, where that is the earlier one.
  case futureEvents = "future-events"
}

/// Where in a score a cause shows.
package enum DiffPart: String, Encodable, Sendable, Hashable, CaseIterable {
  /// The contributions of events that came or went, or whose rule changed.
  case points
  /// Contributions of events that were there before, and that a gate now holds or lets pass.
  case gates
  /// Contributions that lost or gained weight by age.
  case decay
  /// Contributions that came of age.
  case expiry
  case caps
  case bonuses
  case inactivity
  case blend
  /// From raw to whole points.
  case rounding
  /// From whole points to those within the range.
  case range
  /// What takes numbers back to where they end.
  case hold
}
