// "`role: { highest: { decision-maker: score.signs, champion: score.cheers }, min: 10, gap: 5 }`"
struct HighestPersona {
  private var entries: [(persona: String, subject: String)]
  private var least: Int?
  private var gap: Int

  init?(_ yaml: Yaml) {
    guard let highest = yaml["highest"] else { return nil }
    entries = highest.pairs.map { (persona: $0.key, subject: $0.value.written ?? "") }
    least = yaml["min"]?.micro
    gap = yaml["gap"]?.micro ?? 0
  }

  // "the entry with the greatest present value, if that is at least `min` (without `min`: above 0)
  // and at least `gap` (default 0) above every other present value; of equals the first in the
  // mapping; else none."
  func persona(value: (String) -> ExactNumber?) -> String? {
    let present = entries.enumerated().compactMap { index, entry in
      value(entry.subject).map { (index: index, persona: entry.persona, value: $0) }
    }
    guard let greatest = present.map(\.value).max(),
      let first = present.first(where: { $0.value == greatest })
    else { return nil }
    if let least, greatest < ExactNumber(micro: least) { return nil }
    if least == nil && !(ExactNumber(micro: 0) < greatest) { return nil }
    let isAhead = present.allSatisfy { other in
      other.index == first.index || !(greatest < other.value + ExactNumber(micro: gap))
    }
    return isAhead ? first.persona : nil
  }
}
