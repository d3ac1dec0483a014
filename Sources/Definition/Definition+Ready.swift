extension Definition {
  /// The score from which the definition itself takes leads seriously: the highest bound that any of its
  /// lists and personas asks of the score; nil where none does.
  package func readyScore(_ score: Int) -> Int64? {
    let conditions = lists.map(\.condition) + personas.flatMap(\.personas).compactMap(\.condition)
    let bounds = personas.compactMap(\.highest).filter { $0.subjects.contains(.score(score)) }
      .compactMap(\.min)
    return
      (conditions.flatMap { $0.lowestValues(of: .score(score)) }
      + bounds.map { ($0 + 999_999) / 1_000_000 }).max()
  }
}

extension Condition {
  /// The lowest whole numbers that tests let a subject have; what is negated asks for none.
  fileprivate func lowestValues(of wanted: Subject) -> [Int64] {
    switch self {
    case .all(let conditions), .any(let conditions):
      return conditions.flatMap { $0.lowestValues(of: wanted) }
    case .not: return []
    case .test(let subject, let predicate):
      guard subject == wanted else { return [] }
      return predicate.parts.compactMap { part in
        switch part {
        case .min(let bound): Int64(exactly: bound.rounded(.up))
        case .above(let bound): Int64(exactly: bound.rounded(.down)).map { $0 + 1 }
        default: nil
        }
      }
    }
  }
}
