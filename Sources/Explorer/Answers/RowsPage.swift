import Definition
import Engine
import Notation
import Tables

/// Some rows of the leads or the accounts, as a table shows them.
struct RowsPage: Encodable {
  /// How many rows there are that were asked for.
  var total: Int
  /// The place of the first one shown, from 0.
  var from: Int
  /// The key's column first, then that of the name if there is one.
  var columns: [Column]
  var rows: [[String]]
  /// What is wrong with the condition; absent where nothing is.
  var problem: Problem?

  struct Column: Encodable {
    var name: String
    var kind: String
    var meaning: String
  }
}

extension LoadedBook {
  static let pageRowCount = 50

  func rowsPage(_ request: ExplorerRequest, ofAccounts: Bool) throws -> RowsPage {
    let store = ofAccounts ? accounts : leads
    let columns = shownColumns(of: store, ofAccounts: ofAccounts)
    var page = RowsPage(
      total: 0, from: 0,
      columns: [.init(name: store.keyName, kind: "key", meaning: "its key")]
        + columns.map { .init(name: $0.name, kind: $0.kindName, meaning: $0.meaning) },
      rows: [])
    let chosen: [Int]
    do {
      chosen = try rows(request, of: store, ofAccounts: ofAccounts)
    } catch let problem as ConditionProblem {
      page.problem = problem.problem
      return page
    }
    page.total = chosen.count
    page.from = min(request.number("from", within: 0...Int.max, unless: 0), chosen.count)
    let count = request.number("count", within: 1...500, unless: LoadedBook.pageRowCount)
    page.rows = chosen.dropFirst(page.from).prefix(count).map {
      [store.key($0)] + store.texts($0, of: columns)
    }
    return page
  }

  /// The same rows in whole, as a file.
  func csv(_ request: ExplorerRequest, ofAccounts: Bool) throws -> ExplorerReply {
    let store = ofAccounts ? accounts : leads
    let chosen = try rows(request, of: store, ofAccounts: ofAccounts)
    var text = Array((csvLine([store.keyName] + store.columns.map(\.name)) + "\n").utf8)
    for row in chosen {
      text += Array((csvLine([store.key(row)] + store.texts(row, of: store.columns)) + "\n").utf8)
    }
    return .file(
      text, named: ofAccounts ? "accounts.csv" : "leads.csv", type: "text/csv; charset=utf-8")
  }

  private func shownColumns(of store: RowStore, ofAccounts: Bool) -> [TableColumn] {
    guard !ofAccounts, let nameColumn,
      !store.columns.contains(where: { $0.name == nameColumn.name })
    else { return store.columns }
    return [nameColumn] + store.columns
  }

  /// The rows that are asked for, in the order that is.
  private func rows(_ request: ExplorerRequest, of store: RowStore, ofAccounts: Bool) throws
    -> [Int]
  {
    let words = (request.value("find") ?? "").split(whereSeparator: \.isWhitespace)
      .map { folded($0.utf8) }
    var marks = try store.marks(having: words)
    if let condition = request.value("where"), condition.contains(where: { !$0.isWhitespace }) {
      marks.formIntersection(try filter(condition, ofAccounts: ofAccounts))
    }
    if !ofAccounts, let list = request.value("list"), !list.isEmpty {
      marks.formIntersection(try listed(list))
    }
    let asked = request.value("sort")
    let column = asked.flatMap { name in store.columns.firstIndex { $0.name == name } }
    let order = try store.order(by: column)
    let isDescending = request.value("order") == "down"
    var rows: [Int] = []
    if isDescending, let column {
      // What is absent comes last in both orders.
      let cell = store.columns[column]
      let known = order.prefix { store.cell(Int($0), of: cell) != CellTable.absent }
      for row in known.reversed() where marks[Int(row)] { rows.append(Int(row)) }
      for row in order.dropFirst(known.count) where marks[Int(row)] { rows.append(Int(row)) }
    } else {
      for row in isDescending ? order.reversed() : order where marks[Int(row)] {
        rows.append(Int(row))
      }
    }
    return rows
  }
}

extension TableColumn {
  fileprivate var kindName: String {
    switch kind {
    case .integer, .decimal: "number"
    case .time: "time"
    case .name: "name"
    case .truth: "truth"
    case .reasons: "reasons"
    }
  }
}
