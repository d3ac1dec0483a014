import Tables

/// Takes what is compared from the cells of leads that tables describe.
package struct ShapeReader: Sendable, Equatable {
  private var scores: [Int] = []
  /// Where each choice stands, its number for none, and where its values' numbers begin.
  private var choices: [Place] = []
  /// Of each choice in turn, the number of each of its values in the shape.
  private var numbers: [Int64] = []
  private var lists: [Int] = []
  private var account = 0

  private struct Place: Equatable {
    var cell: Int
    var none: Int64
    var first: Int
  }

  package init(_ shape: ComparisonShape, _ tables: [Table]) {
    let leads = tables.first { $0.name == "leads" }?.columns ?? []
    let columns = Dictionary(leads.map { ($0.name, $0) }) { first, _ in first }
    func column(_ name: String) -> TableColumn? { columns[name] }
    account = column("account")?.cell ?? 0
    scores = shape.scores.map { column("score.\($0)")?.cell ?? 0 }
    func place(_ choice: ResultNames.Choice, _ column: TableColumn?) {
      choices.append(
        Place(cell: column?.cell ?? -1, none: Int64(choice.none), first: numbers.count))
      guard case .name(let names)? = column?.kind else { return }
      let places = Dictionary(zip(choice.values, choice.values.indices)) { first, _ in first }
      numbers += names.strings.map { Int64(places[$0] ?? choice.none) }
    }
    for grade in shape.grades { place(grade, column("grade.\(grade.name)")) }
    for group in shape.personas { place(group, column("persona.\(group.name)")) }
    let rows = Dictionary(tables.map { ($0.name, $0.rows) }) { first, _ in first }
    lists = shape.lists.map { list in
      guard case .having(let cell, _)? = rows["lists/\(list)"] else { return -1 }
      return cell
    }
  }

  /// Fills a row of the shape's width.
  package func read(_ cells: UnsafePointer<Int64>, into row: UnsafeMutablePointer<Int64>) {
    var at = 0
    // By index: going through the arrays themselves would keep a reference to each, for every lead.
    for index in scores.indices {
      row[at] = cells[scores[index]]
      at += 1
    }
    for index in choices.indices {
      let choice = choices[index]
      let value = choice.cell < 0 ? CellTable.absent : cells[choice.cell]
      row[at] = value == CellTable.absent ? choice.none : numbers[choice.first + Int(value)]
      at += 1
    }
    for index in lists.indices {
      let cell = lists[index]
      row[at] = cell < 0 ? 0 : cells[cell]
      at += 1
    }
    row[at] = cells[account]
  }
}
