// "`half_life: H` → 2^(−a/H); `fade: F` → max(0, 1 − a/F); `expires: E` → 0 if a ≥ E; several
// multiply; a rule's own setting replaces the score's of that name."
struct Aging {
  var halfLife: Int?
  var fade: Int?
  var expires: Int?

  init(_ yaml: Yaml) {
    halfLife = yaml["half_life"]?.time
    fade = yaml["fade"]?.time
    expires = yaml["expires"]?.time
  }

  func replaced(by own: Aging) -> Aging {
    var aging = self
    aging.halfLife = own.halfLife ?? halfLife
    aging.fade = own.fade ?? fade
    aging.expires = own.expires ?? expires
    return aging
  }
}

// "`points: { of: PROPERTY, times: 0.5, min: 0, max: 20 }`"
struct Offer {
  /// In millionths; what every occurrence offers where it is not by a value.
  var points: Int
  var property: String?
  /// As binary64, "1 unless given".
  var times: Double
  /// In millionths.
  var least: Int?
  var most: Int?

  init(_ yaml: Yaml) {
    points = yaml.micro ?? 0
    property = yaml["of"]?.written
    times = yaml["times"]?.binary64 ?? 1
    least = yaml["min"]?.micro
    most = yaml["max"]?.micro
  }

  /// What an occurrence offers, in millionths; nil where it has no value.
  func offered(by event: Event) -> Int? {
    guard let property else { return points }
    guard let value = event.subject(property)?.number else { return nil }
    // "the product in binary64, its exact value rounded to a millionth"
    var offered = microUnits(value * times)
    // "held within `min` and `max`, where given, and within ±1,000,000,000"
    if let least { offered = max(offered, least) }
    if let most { offered = min(offered, most) }
    return min(max(offered, -1_000_000_000_000_000), 1_000_000_000_000_000)
  }
}

/// The exact value of a binary64 in millionths, rounded; beyond ±10^10 it is held there.
func microUnits(_ value: Double) -> Int {
  if value.magnitude > 1e10 { return value < 0 ? -10_000_000_000_000_000 : 10_000_000_000_000_000 }
  // A whole number ÷ 2^places.
  let places = max(0, 52 - Int(max(value.exponent, -1022)))
  if value == 0 || places > 100 { return 0 }
  let whole = Int128(value * Double(sign: .plus, exponent: places, significand: 1))
  return Int(roundedQuotient(whole * 1_000_000, 1 << Int128(places)))
}

// "`limit: N, per: hour|day|week|month|lifetime` (default lifetime)"
struct Limit {
  enum Per: String {
    case hour, day, week, month, lifetime
  }

  var most: Int
  var per: Per
  // "`per` may be a duration"
  var sliding: Int?
  // "`each: PROPERTY` beside a limit counts windows for each value of the property apart"
  var each: String?
}

/// A score of a definition.
struct ScoreRule {
  struct Rule {
    var interaction: String
    var offer: Offer
    var oncePer: String?
    var limit: Limit?
    var cap: Int?
    var aging: Aging
  }

  struct Bonus {
    var name: String
    var condition: Condition
    var points: Int
  }

  struct Inactivity {
    var after: Int
    var points: Int
    var every: Int?
  }

  var name: String
  /// In whole points.
  var range: ClosedRange<Int>?
  var rules: [Rule]
  var caps: [(interactions: [String], points: Int)]
  var bonuses: [Bonus]
  /// The subject and the weight in millionths of each part; nil where the score has points.
  var blend: [(subject: String, weight: Int)]?
  var inactivity: Inactivity?

  init(_ name: String, _ yaml: Yaml, _ condition: (Yaml?) throws -> Condition) throws {
    self.name = name
    if let bounds = yaml["range"]?.items.compactMap(\.whole), bounds.count == 2 {
      range = bounds[0]...bounds[1]
    }
    let aging = Aging(yaml)
    rules = (yaml["points"]?.pairs ?? []).map { ScoreRule.rule($0, $1, aging: aging) }
    caps = (yaml["caps"]?.items ?? []).map {
      ($0["interactions"]?.items.compactMap(\.written) ?? [], $0["points"]?.micro ?? 0)
    }
    bonuses = try (yaml["bonuses"]?.items ?? []).map {
      Bonus(
        name: $0["name"]?.written ?? "", condition: try condition($0["when"]),
        points: $0["points"]?.micro ?? 0)
    }
    blend = yaml["blend"]?.pairs.map { (subject: $0, weight: $1.micro ?? 0) }
    inactivity = yaml["inactivity"].map {
      Inactivity(
        after: $0["after"]?.time ?? 0, points: $0["points"]?.micro ?? 0, every: $0["every"]?.time)
    }
  }

  private static func rule(_ interaction: String, _ yaml: Yaml, aging: Aging) -> Rule {
    Rule(
      interaction: interaction,
      offer: Offer(yaml["points"] ?? yaml),
      oncePer: yaml["once_per"]?.written,
      limit: yaml["limit"]?.whole.map { most in
        Limit(
          most: most, per: yaml["per"]?.written.flatMap { Limit.Per(rawValue: $0) } ?? .lifetime,
          sliding: yaml["per"]?.time, each: yaml["each"]?.written)
      },
      cap: yaml["cap"]?.micro,
      aging: aging.replaced(by: Aging(yaml)))
  }
}
