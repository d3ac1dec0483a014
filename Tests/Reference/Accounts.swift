/// Everything computed for an account.
struct Account {
  var name: Text
  var attributes: [Text: Scalar]
  var leads: [Lead]

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
      return mean(score).map { .number(Double($0) / 100) }
    }
    if let persona = name.suffix(after: "personas.") {
      let parts = persona.split(separator: ".").map { String($0) }
      return parts.count == 2 ? .count(personas(parts[0], parts[1])) : nil
    }
    switch name {
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
    accounts[pair.key] = Account(name: pair.key, attributes: pair.value, leads: [])
  }
  for lead in leads {
    guard let name = lead.account else { continue }
    accounts[name, default: Account(name: name, attributes: [:], leads: [])].leads.append(lead)
  }
  return accounts.values.sorted { $0.name < $1.name }
}
