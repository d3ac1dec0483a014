/// A table of a page; on a narrow screen each of its rows is a card of labels and values.
package struct PageTable: Sendable {
  package struct Column: Sendable {
    package var title: String
    package var isNumber: Bool

    package init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }

    package static func number(_ title: String) -> Column { Column(title, isNumber: true) }
  }

  let columns: [Column]
  /// Each with a cell for each column; the first names the row.
  package private(set) var rows: [[HTML]] = []
  /// What the table is, for those who do not see where it stands.
  let caption: String

  package init(_ caption: String, _ columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  package mutating func add(_ row: [HTML]) { rows.append(row) }

  package mutating func add(_ row: [String]) { rows.append(row.map { HTML($0) }) }

  /// Roles are said, since a table that is shown as cards is else none to those who hear it.
  package var html: HTML {
    var html = HTML()
    html.add("table", Attribute("role", "table")) { table in
      table.add("caption", text: caption)
      table.add("thead", Attribute("role", "rowgroup")) { head in
        head.add("tr", Attribute("role", "row")) { row in
          for column in columns {
            row.add(
              "th", Attribute("role", "columnheader"), Attribute("scope", "col"),
              column.isNumber ? .class("n") : .class("t"), text: column.title)
          }
        }
      }
      table.add("tbody", Attribute("role", "rowgroup")) { body in
        for cells in rows { body.add("tr", Attribute("role", "row")) { add(cells, to: &$0) } }
      }
    }
    return html
  }

  private func add(_ cells: [HTML], to row: inout HTML) {
    for (index, (cell, column)) in zip(cells, columns).enumerated() {
      let kind = column.isNumber ? Attribute.class("n") : .class("t")
      if index == 0 {
        row.add("th", Attribute("role", "rowheader"), Attribute("scope", "row"), kind) {
          $0.add(cell)
        }
      } else {
        row.add("td", Attribute("role", "cell"), Attribute("data-label", column.title), kind) {
          $0.add(cell)
        }
      }
    }
  }
}
