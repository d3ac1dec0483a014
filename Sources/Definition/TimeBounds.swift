/// What a predicate's bounds on times leave.
struct TimeBounds {
  private var from: TimeBound?
  private var before: TimeBound?
  private var ago: Lapse?
  private var ahead: Lapse?

  init(_ parts: [Predicate.Part]) {
    for part in parts {
      switch part {
      case .from(let bound): from = bound
      case .before(let bound): before = bound
      case .ago(let lapse): ago = lapse
      case .ahead(let lapse): ahead = lapse
      default: break
      }
    }
  }

  var isBounded: Bool { from != nil || before != nil || ago != nil || ahead != nil }

  /// Why no time can pass; nil where one may.
  var whyEmpty: String? {
    if let from, let before, from.instant >= before.instant {
      return "from \(from.written) and before \(before.written)"
    }
    for (key, lapse) in [("ago", ago), ("ahead", ahead)] {
      if let min = lapse?.min, let max = lapse?.max, min > max {
        return "\(key) min \(writtenDuration(min)) and max \(writtenDuration(max))"
      }
    }
    if let ago, let ahead, ago.min != nil || ahead.min != nil {
      return "what lies before the as-of does not lie after it"
    }
    return nil
  }

  /// Whether a value may match a pattern and be a time within the bounds, whatever the as-of.
  func mayHold(_ pattern: Predicate.Pattern) -> Bool {
    guard let clock = from?.clock ?? before?.clock ?? ago?.clock ?? ahead?.clock else {
      return true
    }
    guard case .text(let glob) = pattern else { return false }
    guard glob.isLiteral else { return true }
    guard let instant = clock.instant(glob.pattern) else { return false }
    return instant >= from?.instant ?? .min && instant < before?.instant ?? .max
  }
}
