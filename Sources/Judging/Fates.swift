/// What became of the events read; each is counted once, so that
/// `read = refused + forgets + erased + future + duplicates + used`.
public struct Fates: Sendable, Equatable {
  public var forgets = 0
  public var erased = 0
  public var future = 0
  public var duplicates = 0
  /// Duplicates that say something else than the event they repeat; counted among `duplicates`.
  public var conflicts = 0
  public var used = 0

  public init() {}

  public static func += (sum: inout Fates, part: Fates) {
    sum.forgets += part.forgets
    sum.erased += part.erased
    sum.future += part.future
    sum.duplicates += part.duplicates
    sum.conflicts += part.conflicts
    sum.used += part.used
  }
}
