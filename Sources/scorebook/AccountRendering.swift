import Audit
import Definition
import Notation
import Upkeep

/// An account's explanation for people: what its profiles say, its leads, what they come to.
func lines(of explanation: AccountExplanation, scores: [String], groups: [String]) -> [String] {
  var lines = ["\(explanation.account) as of \(explanation.asOf), by \(explanation.definition)"]
  if let knownAt = explanation.knownAt { lines.append("from what was known at \(knownAt)") }
  lines.append("")
  for attribute in explanation.attributes {
    let source = attribute.event.map { "\($0.time), \($0.id) at \($0.at)" } ?? ""
    lines.append("knows     \(attribute.name): \(attribute.value ?? ""), \(source)")
  }
  lines.append(
    "leads     \(counted(explanation.leads.count, "lead")), \(explanation.engaged) engaged")
  let header = ["", "lead", "engaged"] + scores.map { "score.\($0)" } + groups + ["nps"]
  lines += aligned(
    [header]
      + explanation.leads.map { lead in
        ["", lead.lead, lead.isEngaged ? "yes" : "no"] + lead.scores.map(String.init)
          + lead.personas.map { $0 ?? "" } + [lead.netPromoterGroup ?? ""]
      }, rightColumns: Set(3..<3 + scores.count))
  lines.append("")
  for total in explanation.totals {
    var text = "\(total.score): total \(total.total)"
    if let held = total.held {
      text += ", held from \(Int128(total.total) - held)"
    }
    if let most = total.max { text += ", max \(most)" }
    if let mean = total.mean { text += ", mean \(pointsText(mean * 10_000))" }
    lines.append(text)
  }
  for score in explanation.scores { lines += story(of: score) }
  let nps = explanation.netPromoter
  if let score = nps.score {
    lines.append(
      "net promoter score \(score): \(nps.promoters) promoters, \(nps.passives) passives, "
        + "\(nps.detractors) detractors")
  }
  if let ready = explanation.ready {
    lines += ["", ready.isReady ? "ready" : "not ready"]
    for test in ready.tests { lines += verdict(test, depth: 1) }
  }
  for list in explanation.lists {
    lines += ["", "list \(list.list): \(list.isMember ? "on it" : "not on it")"]
    for test in list.tests { lines += verdict(test, depth: 1) }
  }
  lines += [""] + agreement(explanation.snapshot)
  return lines
}

private func story(of score: AccountExplanation.OwnScore) -> [String] {
  var lines = ["score.\(score.score): \(score.value.map(String.init) ?? "none"), the \(score.made)"]
  func weighted(_ value: String, _ weight: Int64) -> String {
    weight == 1_000_000 ? value : "\(value) × \(pointsText(weight))"
  }
  for given in score.leads ?? [] {
    let product = given.weight == 1_000_000 ? "" : " = \(pointsText(given.points))"
    lines.append(
      "  \(given.lead): \(weighted(pointsText(given.value), given.weight))\(product)"
        + (given.counts ? "" : ", does not count"))
  }
  for part in score.parts ?? [] {
    lines.append(
      "  \(part.name): "
        + (part.value.map { weighted(decimalText($0, places: 2), part.weight) } ?? "none"))
  }
  if let held = score.held { lines.append("  held: \(signed(held))") }
  if let raw = score.raw { lines.append("  raw \(pointsText(raw))") }
  return lines
}
