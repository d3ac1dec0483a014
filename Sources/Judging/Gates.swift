import Definition
import Notation

/// A rule as the fold needs it.
struct CompiledRule: Sendable {
  var score: Int
  var interaction: Int
  var points: Micropoints
  /// Index of the once_per property among the definition's, or -1.
  var onceProperty: Int
  var limit: Limit?
  /// What its total is held within.
  var cap: Micropoints?
  /// Its aging among the definition's distinct ones.
  var aging: Int

  /// Whether the same of its interaction's occurrences count.
  ///
  /// `other`: of a definition with the same interactions and `once_per` properties.
  func counts(as other: CompiledRule) -> Bool {
    onceProperty == other.onceProperty && limit == other.limit
  }

  /// The rules of all scores, in order, and the distinct agings among them.
  package static func all(in definition: Definition) -> (rules: [CompiledRule], agings: [Aging]) {
    let properties = Dictionary(
      uniqueKeysWithValues: zip(definition.onceProperties, definition.onceProperties.indices))
    var agings: [Aging] = []
    var numbers: [Aging: Int] = [:]
    func number(_ aging: Aging) -> Int {
      if let known = numbers[aging] { return known }
      numbers[aging] = agings.count
      agings.append(aging)
      return agings.count - 1
    }
    let rules = definition.pointRules.map { score, rule in
      CompiledRule(
        score: score, interaction: rule.interaction, points: rule.points,
        onceProperty: rule.oncePer.flatMap { properties[$0] } ?? -1,
        limit: rule.limit, cap: rule.cap, aging: number(rule.aging))
    }
    return (rules, agings)
  }
}

/// Where one rule stands within one lead: its sum so far and its limit's windows.
struct Gate {
  var total: Int128 = 0
  var isTouched = false
  /// Whether the sum came to more than the rule's cap.
  var isHeld = false
  /// The window counted last and the one before: clocks that are set back return to that.
  private var window: Int64 = .min
  private var count = 0
  private var windowBefore: Int64 = .min
  private var countBefore = 0

  /// Returns whether one more passes in a window, and counts it.
  mutating func admit(_ limit: Limit, window: Int64) -> Bool {
    if window == self.window {
      guard count < limit.count else { return false }
      count += 1
    } else if window == windowBefore {
      guard countBefore < limit.count else { return false }
      countBefore += 1
    } else {
      windowBefore = self.window
      countBefore = count
      self.window = window
      count = 1
    }
    return true
  }
}

/// The values of a once_per property that have passed, as hashes; nil of an event without the property.
///
/// Few as a rule, so a list; else a set.
struct OnceValues {
  private var list: [UInt64] = []
  private var set: Set<UInt64> = []
  private var hasAbsent = false

  func contains(_ value: UInt64?) -> Bool {
    guard let value else { return hasAbsent }
    return set.isEmpty ? list.contains(value) : set.contains(value)
  }

  mutating func insert(_ value: UInt64?) {
    guard let value else {
      hasAbsent = true
      return
    }
    if set.isEmpty, list.count < 32 {
      list.append(value)
    } else {
      if set.isEmpty { set.formUnion(list) }
      set.insert(value)
    }
  }

  mutating func removeAll() {
    hasAbsent = false
    list.removeAll(keepingCapacity: true)
    if !set.isEmpty { set = [] }
  }
}
