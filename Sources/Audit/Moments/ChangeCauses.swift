/// What may differ for a lead or an account between two results, beside what happened in between; in the order in
/// which it is told.
enum ChangeCause: String, CaseIterable {
  case definition
  case lateEvent = "late event"
  case merge
  case erasure
  case withdrawal
  case accountMerge = "account merge"
  case exclude
}

/// What differs for one lead or account.
struct ChangeCauses: Sendable {
  var all: Set<ChangeCause> = []
  /// Whether the lead is left out now.
  var isExcluded = false

  var text: String {
    ChangeCause.allCases.filter(all.contains).map(\.rawValue).joined(separator: ", ")
  }
}
