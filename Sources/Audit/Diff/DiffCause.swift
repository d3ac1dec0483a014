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
  /// Something was taken back, or no longer is.
  case withdrawal
  /// Accounts are one now that were not, or the other way round.
  case accountMerge = "account-merge"
  /// Events up to A's as-of that A did not know.
  case lateEvents = "late-events"
  /// Events that B does not know.
  case unknownEvents = "unknown-events"
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

  /// Its place among all.
  var place: Int {
    switch self {
    case .mergedIn: 0
    case .mergedOut: 1
    case .erased: 2
    case .withdrawal: 3
    case .accountMerge: 4
    case .lateEvents: 5
    case .unknownEvents: 6
    case .duplicates: 7
    case .rules: 8
    case .time: 9
    case .newEvents: 10
    case .futureEvents: 11
    }
  }
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

  /// Its place among all.
  var place: Int {
    switch self {
    case .points: 0
    case .gates: 1
    case .decay: 2
    case .expiry: 3
    case .caps: 4
    case .bonuses: 5
    case .inactivity: 6
    case .blend: 7
    case .rounding: 8
    case .range: 9
    case .hold: 10
    }
  }
}

/// A cause of one score's change, in one word: the score and what it is about by their numbers.
struct CauseKey: Hashable, BitwiseCopyable, Sendable {
  let bits: UInt64

  /// `rule`: what it is about, among the names of a diff; nil where it is about nothing.
  @inline(__always)
  init(score: Int, _ cause: DiffCause, _ part: DiffPart, rule: Int?) {
    let rule = UInt64(truncatingIfNeeded: (rule ?? -1) + 1)
    bits =
      UInt64(truncatingIfNeeded: score) << 40 | rule << 16 | UInt64(cause.place) << 8
      | UInt64(part.place)
  }

  var score: Int { Int(bits >> 40) }
  var cause: DiffCause { DiffCause.allCases[Int(bits >> 8 & 0xff)] }
  var part: DiffPart { DiffPart.allCases[Int(bits & 0xff)] }
  var rule: Int? {
    let number = Int(bits >> 16 & 0xff_ffff)
    return number == 0 ? nil : number - 1
  }
}
