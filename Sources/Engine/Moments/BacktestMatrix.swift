import Definition
import Judging

extension BacktestReport.Matrix {
  /// Counts leads by the band of a score and the letter of the first grade; nil without a grade.
  ///
  /// `bands`: those of the score, the highest first.
  init?(
    _ moments: LeadMoments, _ sorting: OutcomeSorting, score: Int, bands: [BacktestReport.Row]
  ) throws {
    let definition = moments.judge.definition
    let layout = moments.judge.layout
    guard let grade = definition.grades.first else { return nil }
    let letters = grade.letters + ["ungraded"]
    let none = [[Cell]](
      repeating: [Cell](repeating: Cell(), count: letters.count), count: bands.count)
    let cells = try moments.sum(none) { cells, lead in
      guard let isWon = sorting.isWon(lead) else { return }
      let value = lead[layout.scores + score]
      guard let band = bands.firstIndex(where: { $0.from.map { value >= $0 } ?? true }) else {
        return
      }
      let number = lead[layout.letters]
      let letter = number == LeadLayout.absent ? letters.count - 1 : Int(number)
      cells[band][letter].leads += 1
      if isWon { cells[band][letter].won += 1 }
    } _: { sum, part in
      for band in sum.indices {
        for letter in letters.indices {
          sum[band][letter].leads += part[band][letter].leads
          sum[band][letter].won += part[band][letter].won
        }
      }
    }
    // A ladder has thirteen letters; those that nobody has say nothing.
    let met = letters.indices.filter { letter in cells.contains { $0[letter].leads > 0 } }
    self.init(
      score: "score.\(definition.scores[score].name)", grade: "grade.\(grade.name)",
      bands: bands.map(\.from), letters: met.map { letters[$0] },
      cells: cells.map { row in met.map { row[$0] } })
  }
}
