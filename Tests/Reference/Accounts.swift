/// Everything computed for an account.
struct Account {
  var name: Text
  var attributes: [Text: Scalar]
  var leads: [Lead]
  private(set) var ownScores: [String: AccountScore] = [:]

  init(name: Text, attributes: [Text: Scalar]) {
    self.name = name
    self.attributes = attributes
    leads = []
  }

  // "`accounts.scores`, in order"
  fileprivate mutating func judge(_ definition: Definition) {
    for rule in definition.accountScores { ownScores[rule.name] = rule.score(self) }
  }

  // "`engaged` (leads with an activity)"
  var engaged: Int { leads.filter { !$0.activities.isEmpty }.count }

  private func scores(_ name: String) -> [Int] { leads.compactMap { $0.scores[name]?.value } }

  // "per score total (sum of the leads' `score`, 0 without leads)"
  private func sum(_ score: String) -> Int128 { scores(score).reduce(0) { $0 + Int128($1) } }

  // "what they end in (…, an account's total, …) is held once"
  func total(_ score: String) -> Int { held(sum(score), within: furthest) }

  func isHeld(_ score: String) -> Bool { Int128(total(score)) != sum(score) }

  func max(_ score: String) -> Int? { scores(score).max() }

  /// In hundredths: "mean (rounded to two decimals; both empty without leads)", "means are of the exact
  /// sum".
  func mean(_ score: String) -> Int? {
    if leads.isEmpty { return nil }
    return Int(roundedQuotient(100 * sum(score), Int128(leads.count)))
  }

  // "`active@30d` (leads with an activity in the window; the window is required)"
  private func active(within window: Int) -> Int {
    leads.filter { !$0.tallying.within(window, asOf: $0.asOf).activities.isEmpty }.count
  }

  func personas(_ group: String, _ persona: String) -> Int {
    leads.filter { $0.personas[group] == persona }.count
  }

  var nps: Int? { netPromoterScore(leads.compactMap(\.answer)) }

  /// The value of a subject of an account; nil if it is absent.
  func subject(_ name: String) -> Scalar? {
    if let attribute = name.suffix(after: "attribute.") { return attributes[Text(attribute)] }
    if let score = name.suffix(after: "total.") { return .count(total(score)) }
    if let score = name.suffix(after: "max.") { return max(score).map { .count($0) } }
    if let score = name.suffix(after: "mean.") {
      return mean(score).map { .decimal($0, places: 2) }
    }
    if let score = name.suffix(after: "score.") {
      return ownScores[score].map { .count($0.value) }
    }
    if let score = name.suffix(after: "raw.") {
      return ownScores[score].map { .decimal($0.raw, places: 6) }
    }
    if let window = name.suffix(after: "active@").flatMap({ duration($0) }) {
      return .count(active(within: window))
    }
    if let persona = name.suffix(after: "personas.") {
      let parts = persona.split(separator: ".").map { String($0) }
      return parts.count == 2 ? .count(personas(parts[0], parts[1])) : nil
    }
    switch name {
    case "account": return .text(self.name)
    // "of all its leads' activities"
    case "days_since_last":
      return leads.compactMap { $0.subject("days_since_last")?.number }.min().map { .number($0) }
    case "leads": return .count(leads.count)
    case "engaged": return .count(engaged)
    case "nps": return nps.map { .count($0) }
    default: return nil
    }
  }
}

/// "a row per account with a lead or an `account_profile`", sorted by key bytes.
func gatherAccounts(
  leads: [Lead], attributes: [Text: [Text: Scalar]], definition: Definition
) -> [Account] {
  var accounts = attributes.reduce(into: [:]) { accounts, pair in
    accounts[pair.key] = Account(name: pair.key, attributes: pair.value)
  }
  for lead in leads {
    guard let name = lead.account else { continue }
    accounts[name, default: Account(name: name, attributes: [:])].leads.append(lead)
  }
  return accounts.values.sorted { $0.name < $1.name }.map { account in
    var judged = account
    judged.judge(definition)
    return judged
  }
}

extension Account {
  func rank(_ name: String) -> ListRank? { subject(name).map { ListRank($0) } }

  /// A column of a list or of `accounts.csv`.
  func cell(_ column: String) -> String { subject(column)?.cell ?? "" }
}
