/// What the members of an event are taken from, in a file with a header.
package struct CSVChoices: Sendable {
  /// Where a member's value comes from.
  package enum Source: Sendable, Equatable {
    /// The column of this name.
    case column(String)
    /// The same text for each row.
    case text(String)
  }

  /// By the member's name, or `fields.` and an attribute's; in the order given.
  package var members: [(name: String, source: Source)]
  package var delimiter: UInt8
  package var times: TimeForms

  package init(
    members: [(name: String, source: Source)], delimiter: UInt8 = UInt8(ascii: ","),
    times: TimeForms = TimeForms()
  ) {
    self.members = members
    self.delimiter = delimiter
    self.times = times
  }
}

/// Rows of any export with a header: each is an event, made as the choices say.
struct CSVRows: RowFormat {
  let choices: CSVChoices

  func syntax(firstLine: UnsafeRawBufferPointer) -> CellSyntax {
    CellSyntax(delimiter: choices.delimiter)
  }

  func begin(_ cells: [String], line: Int) throws -> (mapping: any RowMapping, isRow: Bool) {
    let names = cells.map(\.trimmingSpaces)
    var members: [CSVMapping.Member] = []
    for (name, source) in choices.members {
      switch source {
      case .text(let text): members.append(.init(name, .text(text)))
      case .column(let column):
        let places = names.indices.filter { names[$0] == column.trimmingSpaces }
        guard let place = places.first else { throw missing(column, in: names, line) }
        guard places.count == 1 else {
          throw FormatFault(
            line: line, message: "the header has the column '\(column)' \(places.count) times",
            hint: "give the columns names of their own")
        }
        members.append(.init(name, .cell(place)))
      }
    }
    let mapping = CSVMapping(
      members: members, columnCount: cells.count, times: choices.times)
    return (mapping, isRow: false)
  }

  private func missing(_ column: String, in names: [String], _ line: Int) -> FormatFault {
    let others: [Character] = [",", ";", "\t", "|"]
    let delimiter = others.first { names.count == 1 && names[0].contains($0) }
    let shown = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return FormatFault(
      line: line, message: "the header has no column '\(column)'",
      hint: delimiter.map {
        "is the delimiter another? --delimiter '\($0 == "\t" ? "tab" : "\($0)")'"
      }
        ?? "it has \(shown)\(names.count > 12 ? ", …" : "")")
  }
}

/// Says what a row means: an event of the members chosen.
///
/// Values stay the text they are; conditions compare the text of a number as a number, and `TRUE` as true. An empty
/// cell is an absent member. A row without an id gets one from its content and from what was chosen, so that the same
/// file can be taken in twice for different events.
struct CSVMapping: RowMapping {
  struct Member: Sendable {
    enum Source: Sendable {
      case text(String), cell(Int)
    }

    let name: String
    let source: Source

    init(_ name: String, _ source: Source) {
      self.name = name
      self.source = source
    }
  }

  let members: [Member]
  let columnCount: Int
  let times: TimeForms

  func map(_ row: Row, madeID: ([UInt8]) -> String) -> MappedRecord {
    guard row.cells.count == columnCount else { return .refused("columns") }
    var fields: [JSONObject.Member] = []
    var line = EventLine()
    var id: String?
    for member in members {
      let text: String? =
        switch member.source {
        case .text(let text): text
        case .cell(let index): row.text(index)
        }
      guard let text else { continue }
      switch member.name {
      case "id": id = MadeIDs.given(text)
      case "time":
        guard let time = times.rfc3339(text) else { return .refused("time") }
        line.add("time", time)
      case _ where member.name.hasPrefix("fields."):
        fields.append(.init(name: String(member.name.dropFirst(7)), value: .string(text)))
      default: line.add(member.name, text)
      }
    }
    line.addFields(fields)
    line.add("id", id ?? madeID(line.content + Array(row.bytes)))
    return MappedRecord(kind: nil, outcome: .events([line.finish()]))
  }
}
