import Foundation

/// What a random definition and a random log must agree on so that one is about the other.
struct World {
  static let zones = [
    "UTC", "Europe/Tallinn", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
    "America/St_Johns", "Pacific/Apia",
  ]

  static let attributes = [
    "job_title", "company_size", "industry", "country", "Company Size", "größe", "active", "a.b",
  ]

  /// The values that events give each attribute, as JSON.
  static let attributeValues: [String: [String]] = [
    "job_title": [
      #""VP Sales""#, #""vp of ops""#, #""Sales Director""#, #""Student""#, #""Data Analyst""#, "7",
    ],
    "company_size": ["10", "50", "999.5", "1000", #""1e3""#, #""50 ""#, #""12""#, "-0", "true"],
    "industry": [#""retail""#, #""RETAIL""#, #""wholesale""#, #""banking""#, #""""#],
    "country": [#""NO""#, #""no""#, #""EE""#, "false"],
    "Company Size": ["5", #""small""#, "1.0", #""1""#],
    "größe": [#""groß""#, #""GRO\u1e9e""#, #""klein""#, "2"],
    "active": ["true", "false", #""TRUE""#, "1", #""yes""#],
    "a.b": [#""x""#, #""Ωmega""#, #""ΣΊΣΥΦΟς""#],
  ]

  var zone: String
  /// As the input gives it.
  var asOf: String
  var asOfMilliseconds: Int
  /// Ages at which something changes: half-lives, the ends of fading, windows, idle times.
  var ages: [Int] = [30 * 60_000, 86_400_000, 14 * 86_400_000]
  var interactions: [String] = []
  var stages: [String] = []
  /// The scores so far, with thresholds that their range allows.
  var scores: [(name: String, thresholds: [String])] = []
  /// The grades, the best letter first.
  var grades: [(name: String, letters: [String], isLadder: Bool)] = []
  var hasAnswers = false
  var answerScaleBegin = 0
  var personas: [(group: String, names: [String])] = []
  /// When the clock goes back, in half of the books where it does in the year before the as-of.
  var autumn: Int?
  /// Whether points and weights are so large that numbers are held.
  let isLarge: Bool
  /// What the definition and the log may use.
  let features: Set<Feature>
  var touches: [String] = []
  /// The scores of accounts, with thresholds that their range allows.
  var accountScores: [(name: String, thresholds: [String])] = []

  init(_ dice: inout Dice, isLarge: Bool, features: Set<Feature>) {
    self.isLarge = isLarge
    self.features = features
    zone = dice.pick(World.zones)
    asOf = dice.pick(World.asOfs)
    if dice.chance(30), let near = World.nearChange(of: zone, asOf, &dice) { asOf = near }
    asOfMilliseconds = milliseconds(rfc3339: Text(asOf)) ?? 0
    if dice.chance(50) { autumn = World.clockGoesBack(in: zone, before: asOfMilliseconds) }
  }

  /// Whether to use a feature here: where it may be, in so many of a hundred cases.
  func uses(_ feature: Feature, _ dice: inout Dice, _ percent: Int) -> Bool {
    features.contains(feature) && dice.chance(percent)
  }

  private static func clockGoesBack(in zone: String, before asOf: Int) -> Int? {
    guard let timeZone = TimeZone(identifier: zone) else { return nil }
    func offset(_ time: Int) -> Int {
      timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time / 1000)))
    }
    var time = max(0, asOf - 380 * millisecondsPerDay)
    while let change = clockChange(in: zone, after: time), change < asOf {
      if offset(change) < offset(change - 1000) { return change }
      time = change
    }
    return nil
  }

  /// Winters, summers, changes of the clock, and the day that Apia left out (2011-12-30).
  private static let asOfs = [
    "2026-03-01T00:00:00Z", "2026-03-29T01:30:00Z", "2025-10-26T01:30:00.250Z",
    "2026-11-01T06:30:00Z", "2026-04-04T15:45:00Z", "2011-11-06T03:00:00Z",
    "2012-01-05T12:00:00.999+02:00", "2024-02-29T23:59:59.999Z", "2026-01-04T23:00:00-05:00",
  ]

  private static func nearChange(of zone: String, _ asOf: String, _ dice: inout Dice) -> String? {
    guard let start = milliseconds(rfc3339: Text(asOf)),
      let change = clockChange(in: zone, after: start)
    else { return nil }
    return rfc3339(change + dice.pick([0, 3_600_000, 86_400_000, 5 * 86_400_000 + 1]))
  }

  /// The first change of the clock after a time.
  static func clockChange(in zone: String, after time: Int) -> Int? {
    let date = Date(timeIntervalSince1970: Double(time / 1000))
    guard let timeZone = TimeZone(identifier: zone),
      let change = timeZone.nextDaylightSavingTimeTransition(after: date)
    else { return nil }
    let found = Int(change.timeIntervalSince1970) * 1000
    return found - time < 400 * millisecondsPerDay && found > time ? found : nil
  }

  /// One of the usual values, or, where points and weights are large, one of others.
  func pick(_ dice: inout Dice, _ usual: [String], large: [String]) -> String {
    dice.pick(isLarge ? large : usual)
  }

  /// A duration as text, noted as an age at which something changes.
  mutating func age(_ text: String) -> String {
    if let age = duration(text) { ages.append(age) }
    return text
  }
}

/// A text as a scalar of YAML that is text again when it is read.
func yamlText(_ text: String) -> String {
  let plain = text.utf8.enumerated().allSatisfy { index, byte in
    (0x61...0x7A).contains(byte) || (index > 0 && ((0x30...0x39).contains(byte) || byte == 0x2D))
      || byte == 0x5F
  }
  if plain && !text.isEmpty && !["true", "false", "null"].contains(text) { return text }
  var quoted = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { quoted += "\\" }
    quoted.unicodeScalars.append(scalar)
  }
  return quoted + "\""
}
