import Definition
import Notation

/// The greatest parts that a score is made of, as the cells of a lead have them: the place of each among the
/// score's rules and then bonuses, and its whole points.
enum ReasonCells {
  static let countMax = 3
  /// How many cells the reasons of one score take.
  static let cellCount = countMax * 2
}

/// What files show of a lead because the definition says so: copies of cells that rows do not have, and
/// reasons.
///
/// It is filled in for the leads alone whose rows somebody keeps.
struct ShownCells: Sendable {
  fileprivate let sources: Fixed<Int>
  /// By shown reasons, the score that they are taken from; -1 where there is none.
  fileprivate let reasonScores: Fixed<Int>

  init(_ layout: LeadLayout, _ definition: Definition, _ cells: CellFinder) {
    sources = Fixed(layout.shownSubjects.map { cells($0).0 })
    let scores = definition.scoresWithReasons
    reasonScores = Fixed(layout.shownReasons.map { scores[$0] ?? -1 })
  }

  var isEmpty: Bool { sources.count == 0 && reasonScores.count == 0 }
}

extension Judge {
  /// Fills what files show of the lead that was judged last at a desk beside its results.
  package func show(_ desk: Desk) {
    let cells = desk.cells
    for index in 0..<shown.sources.count {
      cells[layout.shown + index] = cells[shown.sources[index]]
    }
    for index in 0..<shown.reasonScores.count where shown.reasonScores[index] >= 0 {
      fillReasons(
        of: shown.reasonScores[index], desk,
        into: cells + (layout.reasons + index * ReasonCells.cellCount))
    }
  }

  /// The greatest of a score's totals of rules and bonuses; of equals the first.
  private func fillReasons(
    of score: Int, _ desk: Desk, into cells: UnsafeMutablePointer<Int64>
  ) {
    cells.update(repeating: LeadLayout.absent, count: ReasonCells.cellCount)
    var last: (points: Int128, place: Int)?
    for rank in 0..<ReasonCells.countMax {
      var next: (points: Int128, place: Int)?
      forEachReason(of: score, desk) { place, points in
        if let last, (-points, place) <= (-last.points, last.place) { return }
        if let next, points <= next.points { return }
        next = (points, place)
      }
      guard let next else { return }
      let whole = roundedQuotient(next.points, 1_000_000)
      if whole < 1 { return }
      cells[rank * 2] = Int64(next.place)
      cells[rank * 2 + 1] = Int64(clamping: whole)
      last = next
    }
  }

  private func forEachReason(
    of score: Int, _ desk: Desk, _ body: (_ place: Int, _ points: Int128) -> Void
  ) {
    let rules = scores[score].rules
    for rule in rules { body(rule - rules.lowerBound, desk.gates[rule].total) }
    for bonus in 0..<scores[score].bonusCount
    where scores[score].bonuses[bonus].condition.holds(desk.cells) {
      body(rules.count + bonus, Int128(scores[score].bonuses[bonus].points))
    }
  }
}

extension Judge {
  /// What the reasons of a score may be: its rules, then its bonuses.
  package func reasonNames(ofScore score: Int) -> [String] {
    guard let score = definition.scoresWithReasons[score] else { return [] }
    var names = definition.scores[score].bonuses.map(\.name)
    if case .points(let rules, _) = definition.scores[score].source {
      names = rules.map { definition.interactions[$0.interaction].name } + names
    }
    return names
  }

  /// Where the cells of a score's reasons begin in a lead's row.
  package func reasonCells(ofScore score: Int) -> Int {
    layout.reasons + (layout.shownReasons.firstIndex(of: score) ?? 0) * ReasonCells.cellCount
  }

  /// How the value of a subject that files show is read from a lead's row.
  package func shownReading(of subject: LeadSubject) -> (cell: Int, reading: CellReading) {
    let (cell, reading) = reading(of: subject)
    guard let copy = layout.shownSubjects.firstIndex(of: subject) else { return (cell, reading) }
    return (layout.shown + copy, reading)
  }

  /// By what rows of leads are ordered.
  package func rank(of subject: LeadSubject) -> RankedCell {
    switch subject {
    case .lead: return RankedCell(cell: nil)
    case .stage: return RankedCell(cell: layout.stage)
    case .grade(let grade):
      let count = definition.grades[grade].letters.count
      return RankedCell(cell: layout.letters + grade) { (0..<count).map { -Int64($0) } }
    case .account:
      // There may be millions.
      let names = values.accounts
      return RankedCell(cell: layout.account) { Judging.ranks(of: names().map(Scalar.text)) }
    default: return RankedCell(shownReading(of: subject))
    }
  }
}
