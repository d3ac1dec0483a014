/// What became of the events read; each is counted once, so that
/// `read = refused + ignored + forgets + erased + future + withdraws + withdrawn + duplicates + used`.
package struct Fates: Sendable, Equatable {
  package var forgets = 0
  package var erased = 0
  package var future = 0
  /// Events that take others back.
  package var withdraws = 0
  /// Events that are taken back.
  package var withdrawn = 0
  package var duplicates = 0
  /// Duplicates that say something else than the event they repeat; counted among `duplicates`.
  package var conflicts = 0
  package var used = 0
  /// Events of no special type that are no occurrence and no answer; counted among `used`.
  package var unmatched = 0

  package init() {}

  package static func += (sum: inout Fates, part: Fates) {
    sum.forgets += part.forgets
    sum.erased += part.erased
    sum.future += part.future
    sum.withdraws += part.withdraws
    sum.withdrawn += part.withdrawn
    sum.duplicates += part.duplicates
    sum.conflicts += part.conflicts
    sum.used += part.used
    sum.unmatched += part.unmatched
  }
}
