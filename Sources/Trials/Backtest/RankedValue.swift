import Definition
import Judging

/// Something that leads can be ranked by: a score, or a grade by its letters or its percent.
struct RankedValue: Sendable {
  enum Kind: Sendable {
    case score(Int)
    case letter(grade: Int)
    case percent(grade: Int)
  }

  /// As conditions call it: `score.engagement`.
  let name: String
  let kind: Kind
  private let cell: Int

  init(_ name: String, _ kind: Kind, cell: Int) {
    self.name = name
    self.kind = kind
    self.cell = cell
  }

  /// Returns a lead's value, of which higher is better; nil where it has none.
  @inline(__always)
  func value(_ cells: UnsafePointer<Int64>) -> Int64? {
    let value = cells[cell]
    if value == LeadLayout.absent { return nil }
    // Letters are numbered best first.
    if case .letter = kind { return -value }
    return value
  }

  static func all(_ judge: Judge) -> [RankedValue] {
    let (definition, layout) = (judge.definition, judge.layout)
    let scores = definition.scores.enumerated().map { index, score in
      RankedValue("score.\(score.name)", .score(index), cell: layout.scores + index)
    }
    let grades = definition.grades.enumerated().flatMap { index, grade in
      let letter = RankedValue(
        "grade.\(grade.name)", .letter(grade: index), cell: layout.letters + index)
      guard case .weighted = grade.method else { return [letter] }
      return [
        letter,
        RankedValue("percent.\(grade.name)", .percent(grade: index), cell: layout.percents + index),
      ]
    }
    return scores + grades
  }
}
