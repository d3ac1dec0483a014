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

// "`limit: N, per: hour|day|week|month|lifetime` (default lifetime)"
struct Limit {
  enum Per: String {
    case hour, day, week, month, lifetime
  }

  var most: Int
  var per: Per
}

/// A score of a definition.
struct ScoreRule {
  struct Rule {
    var interaction: String
    /// In millionths.
    var points: Int
    var oncePer: String?
    var limit: Limit?
    var cap: Int?
    var aging: Aging
  }

  struct Bonus {
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
      Bonus(condition: try condition($0["when"]), points: $0["points"]?.micro ?? 0)
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
      points: yaml.micro ?? yaml["points"]?.micro ?? 0,
      oncePer: yaml["once_per"]?.written,
      limit: yaml["limit"]?.whole.map { most in
        Limit(
          most: most, per: yaml["per"]?.written.flatMap { Limit.Per(rawValue: $0) } ?? .lifetime)
      },
      cap: yaml["cap"]?.micro,
      aging: aging.replaced(by: Aging(yaml)))
  }
}
