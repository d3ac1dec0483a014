import Notation

/// Which snapshots stay when old ones are pruned: those that any of the rules wants.
///
/// All is told from the snapshots' own as-ofs; no clock is asked.
package struct KeepRules: Sendable, Equatable {
  /// Those at most this much older than the newest.
  package var within: Milliseconds?
  /// The newest so many.
  package var last: Int?
  /// The newest one of each of the last so many months (UTC) that have one.
  package var monthly: Int?

  package init(within: Milliseconds? = nil, last: Int? = nil, monthly: Int? = nil) {
    self.within = within
    self.last = last
    self.monthly = monthly
  }

  /// Without a rule nothing is pruned.
  package var isEmpty: Bool { within == nil && last == nil && monthly == nil }

  /// Returns those that no rule wants; never the newest.
  ///
  /// `snapshots`: the oldest first.
  package func expendable(of snapshots: [PublishedSnapshot]) -> [PublishedSnapshot] {
    guard !isEmpty, let newest = snapshots.last else { return [] }
    var wanted: Set<String> = [newest.name]
    if let within {
      wanted.formUnion(snapshots.filter { newest.asOf - $0.asOf <= within }.map(\.name))
    }
    if let last { wanted.formUnion(snapshots.suffix(last).map(\.name)) }
    if let monthly {
      var newestOfMonth: [String: String] = [:]
      for snapshot in snapshots { newestOfMonth[snapshot.month] = snapshot.name }
      for month in newestOfMonth.keys.sorted().suffix(monthly) {
        newestOfMonth[month].map { _ = wanted.insert($0) }
      }
    }
    return snapshots.filter { !wanted.contains($0.name) }
  }
}

extension PublishedSnapshot {
  /// Year and month, as the name begins with them.
  fileprivate var month: String { String(name.prefix(6)) }
}
