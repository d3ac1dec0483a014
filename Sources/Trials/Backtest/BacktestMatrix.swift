import Definition

extension BacktestReport.Matrix {
  /// Counts leads by the band of a score and the letter of the first grade; nil without a grade.
  ///
  /// `bands`: those of the score, the highest first.
  init?(_ tally: OutcomeTables, _ definition: Definition, score: Int, bands: [BacktestReport.Row]) {
    guard let grade = definition.grades.first else { return nil }
    let letters = grade.letters + ["ungraded"]
    var cells = [[Cell]](
      repeating: [Cell](repeating: Cell(), count: letters.count), count: bands.count)
    for (letter, table) in tally.byLetter.enumerated() {
      for row in table.rows {
        guard let band = bands.firstIndex(where: { $0.from.map { row.value >= $0 } ?? true })
        else { continue }
        cells[band][letter].leads += row.leads
        cells[band][letter].won += row.won
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
