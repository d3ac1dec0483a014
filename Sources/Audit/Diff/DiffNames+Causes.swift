extension DiffNames {
  /// Causes in the order of steps, of each step the largest first.
  func sorted(_ causes: [CauseKey: Int128]) -> [DiffReport.Cause] {
    causes.sorted { a, b in
      if a.key.cause != b.key.cause { return a.key.cause.place < b.key.cause.place }
      return isLarger((a.key, a.value), (b.key, b.value))
    }.map { key, points in
      DiffReport.Cause(
        cause: key.cause, part: key.part, rule: key.rule.map { rules[$0] }, micropoints: points)
    }
  }

  /// What causes come to over all leads, the largest first.
  func sorted(_ causes: [CauseKey: CauseTally.Sum]) -> [DiffReport.CauseSum] {
    causes.sorted { isLarger(($0.key, $0.value.points), ($1.key, $1.value.points)) }
      .map { key, sum in
        DiffReport.CauseSum(
          score: scores[key.score], cause: key.cause, part: key.part,
          rule: key.rule.map { rules[$0] }, leads: sum.leads, micropoints: sum.points)
      }
  }

  private func isLarger(_ a: (key: CauseKey, points: Int128), _ b: (key: CauseKey, points: Int128))
    -> Bool
  {
    let (sizeA, sizeB) = (a.points.magnitude, b.points.magnitude)
    return sizeA != sizeB ? sizeA > sizeB : precedes(a.key, b.key)
  }

  private func precedes(_ a: CauseKey, _ b: CauseKey) -> Bool {
    func rule(_ key: CauseKey) -> String { key.rule.map { rules[$0] } ?? "" }
    return (a.score, a.cause.place, a.part.rawValue, rule(a))
      < (b.score, b.cause.place, b.part.rawValue, rule(b))
  }
}
