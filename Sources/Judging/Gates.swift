import Definition
import Notation

/// What became of one occurrence that a rule was offered.
package enum Passage: UInt8, BitwiseCopyable, Sendable {
  /// It passed both gates.
  case counted
  /// Its once_per value had passed before.
  case `repeat`
  /// Its limit's window was full.
  case limit
  /// It has no value that points could be made of, and came to no gate.
  case noValue

  /// What kept an occurrence from counting, as files and reports name it.
  package var heldBy: String? {
    switch self {
    case .counted: nil
    case .repeat: "repeat"
    case .limit: "limit"
    case .noValue: "no_value"
    }
  }
}

/// A rule as the fold needs it.
struct CompiledRule: Sendable {
  var score: Int
  var interaction: Int
  /// What each occurrence offers, unless points are made of a value.
  var points: Micropoints
  /// How points are made of a value, and of which property among those that points are made of; -1 where
  /// they are not.
  var value = ValueArithmetic()
  var valueProperty = -1
  /// Index of the once_per property among those that are compared, or -1.
  var onceProperty: Int
  var limit: CompiledLimit?
  /// What its total is held within.
  var cap: Micropoints?
  /// Its aging among the definition's distinct ones.
  var aging: Int

  /// Whether the same of its interaction's occurrences count.
  ///
  /// `other`: of a definition with the same interactions and `once_per` properties.
  func counts(as other: CompiledRule) -> Bool {
    onceProperty == other.onceProperty && limit == other.limit
      && valueProperty == other.valueProperty
  }

  /// The rules of all scores, in order, and the distinct agings among them.
  package static func all(in definition: Definition) -> (rules: [CompiledRule], agings: [Aging]) {
    let properties = Dictionary(
      uniqueKeysWithValues: zip(
        definition.comparedProperties, definition.comparedProperties.indices))
    var agings: [Aging] = []
    var numbers: [Aging: Int] = [:]
    func number(_ aging: Aging) -> Int {
      if let known = numbers[aging] { return known }
      numbers[aging] = agings.count
      agings.append(aging)
      return agings.count - 1
    }
    func compared(_ property: EventSubject?) -> Int {
      property.flatMap { properties[$0] } ?? -1
    }
    let rules = definition.pointRules.map { score, rule in
      var compiled = CompiledRule(
        score: score, interaction: rule.interaction, points: 0,
        onceProperty: compared(rule.oncePer),
        limit: rule.limit.map {
          CompiledLimit($0, eachProperty: compared($0.each), definition.weekStart)
        },
        cap: rule.cap, aging: number(rule.aging))
      switch rule.points {
      case .fixed(let points): compiled.points = points
      case .ofValue(let value):
        compiled.value = ValueArithmetic(value)
        compiled.valueProperty =
          definition.valueProperties.firstIndex(of: value.property) ?? -1
      }
      return compiled
    }
    return (rules, agings)
  }
}

/// A limit as the fold needs it.
struct CompiledLimit: Sendable, Equatable {
  let count: Int
  /// The calendar window; of one that slides none.
  let window: CalendarWindow
  let weekStart: WeekStart
  /// How long a window that slides is, else 0.
  let slidingLength: Milliseconds
  /// Index of the property whose values are counted apart among those that are compared, or -1.
  let eachProperty: Int

  init(_ limit: Limit, eachProperty: Int, _ weekStart: WeekStart) {
    count = limit.count
    self.eachProperty = eachProperty
    switch limit.window {
    case .calendar(let window):
      self.window = window
      // The day that weeks begin with tells nothing about other windows.
      self.weekStart = window == .week ? weekStart : .monday
      slidingLength = 0
    case .sliding(let length):
      window = .lifetime
      self.weekStart = .monday
      slidingLength = length
    }
  }

  /// Whether one window after the other is counted, and nothing else.
  var isPlain: Bool { slidingLength == 0 && eachProperty < 0 }
}

/// Where one rule stands within one lead: its sum so far and its limit's windows.
struct Gate {
  var total: Int128 = 0
  var isTouched = false
  /// Whether the sum came to more than the rule's cap.
  var isHeld = false
  /// What a limit of calendar windows has let through.
  var windows = CalendarWindowCount()
}

/// How many have passed in the calendar windows of late.
struct CalendarWindowCount {
  /// The window counted last and the one before: clocks that are set back return to that.
  private var window: Int64 = .min
  private var count = 0
  private var windowBefore: Int64 = .min
  private var countBefore = 0

  /// Returns whether one more passes in a window, and counts it.
  @inline(__always)
  mutating func admit(upTo limit: Int, window: Int64) -> Bool {
    if window == self.window {
      guard count < limit else { return false }
      count += 1
    } else if window == windowBefore {
      guard countBefore < limit else { return false }
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
