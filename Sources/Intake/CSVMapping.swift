/// Rows of any export with a header: each is an event, made as the choices say.
struct CSVRows: RowFormat {
  let choices: MemberChoices

  var headCount: Int { choices.headCount }
  var footCount: Int { choices.footCount }

  func syntax(firstLine: UnsafeRawBufferPointer) -> CellSyntax {
    if let delimiter = choices.delimiter { return CellSyntax(delimiter: delimiter) }
    let asked = choices.members.flatMap { _, source -> [String] in
      if case .column(let column) = source { [column] } else { [] }
    }
    // The one that makes columns of what was asked for; where none does, the fault tells.
    let syntaxes = ",;\t|".utf8.map { CellSyntax(delimiter: $0) }
    return syntaxes.first { syntax in
      let names = cells(of: firstLine, syntax).map(\.trimmingSpaces)
      return !asked.isEmpty && asked.contains { !places(of: $0, in: names).isEmpty }
    } ?? syntaxes[0]
  }

  func begin(_ cells: [String], line: Int) throws -> (mapping: any RowMapping, isRow: Bool) {
    let names = cells.map(\.trimmingSpaces)
    if let column = missingColumn(in: names) { throw missing(column, in: names, line) }
    var members: [CSVMapping.Member] = []
    for name in choices.names {
      var sources: [CSVMapping.Source] = []
      for (member, source) in choices.members where member == name {
        switch source {
        case .text(let text): sources.append(.text(text))
        case .column(let column):
          let found = places(of: column, in: names)
          if !found.isEmpty { sources.append(.cells(found)) }
          for place in found where names.count(where: { $0 == names[place] }) > 1 {
            throw FormatFault(
              line: line,
              message: "the header has the column '\(names[place])' "
                + "\(names.count { $0 == names[place] }) times",
              hint: "give the columns names of their own")
          }
        }
      }
      members.append(
        .init(
          name: name, sources: sources,
          isPlain: choices.isPlain(name) && name != "time" && !identityNames.contains(name)))
    }
    let mapping = CSVMapping(members: members, columnCount: cells.count, choices: choices)
    return (mapping, isRow: false)
  }

  /// Returns the first column that is asked for and not there; of several for a member only some have to be.
  private func missingColumn(in names: [String]) -> String? {
    let found = Set(
      choices.members.filter { _, source in
        if case .column(let column) = source {
          !places(of: column, in: names).isEmpty
        } else {
          true
        }
      }.map(\.name))
    for case (let name, .column(let column)) in choices.members where !found.contains(name) {
      return column
    }
    return nil
  }

  /// Returns where the columns stand that a choice names; none where one of them is missing.
  private func places(of choice: String, in names: [String]) -> [Int] {
    if let place = names.firstIndex(of: choice.trimmingSpaces) { return [place] }
    let parts = partsOfSum(choice)
    let found = parts.compactMap { names.firstIndex(of: $0) }
    return parts.count > 1 && found.count == parts.count ? found : []
  }

  private func missing(_ column: String, in names: [String], _ line: Int) -> FormatFault {
    let others: [Character] = [",", ";", "\t", "|"]
    let delimiter = others.first { names.count == 1 && names[0].contains($0) }
    let shown = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    let isTitle = names.count(where: { !$0.isEmpty }) < 2
    return FormatFault(
      line: line, message: "the header has no column '\(column)'",
      hint: delimiter.map {
        "is the delimiter another? --delimiter '\($0 == "\t" ? "tab" : "\($0)")'"
      }
        ?? "it has \(shown)\(names.count > 12 ? ", …" : "")"
        + (isTitle
          ? "; if it stands further down, --skip-head N passes over the lines before it" : ""))
  }
}

/// Says what a row means: an event of the members chosen.
///
/// Values stay the text they are, without the blanks around it; conditions compare the text of a number as a number,
/// and `TRUE` as true. An empty cell is an absent member. A row without an id gets one from the event that it becomes.
struct CSVMapping: RowMapping {
  enum Source: Sendable {
    case text(String)
    /// Several are joined by a space.
    case cells([Int])
  }

  struct Member: Sendable {
    let name: String
    let sources: [Source]
    /// Whether a cell is written as it is.
    let isPlain: Bool
  }

  let members: [Member]
  let columnCount: Int
  let choices: MemberChoices

  func map(_ row: Row, madeID: ([UInt8]) -> String) -> MappedRecord {
    guard row.count == columnCount else { return .refused("columns") }
    var fields: [JSONObject.Member] = []
    var line = EventLine()
    var id: String?
    var placeholderCount = 0
    for member in members {
      if member.isPlain, !member.name.hasPrefix("fields."),
        case .cells(let places) = member.sources[0],
        places.count == 1, member.sources.count == 1
      {
        let cell = row[places[0]]
        if !cell.isEmpty { line.add(member.name, cell) }
        continue
      }
      let given = member.sources.lazy.compactMap { text(of: $0, row) }
        .compactMap { choices.value($0, of: member.name) }
      guard identityNames.contains(member.name) else {
        guard let text = given.first else { continue }
        if member.name == "time" {
          guard let time = choices.times.rfc3339(text) else {
            var refused = MappedRecord.refused("time")
            refused.hint = choices.times.hint(text)
            return refused
          }
          line.add("time", time)
        } else if member.name.hasPrefix("fields.") {
          fields.append(.init(name: String(member.name.dropFirst(7)), value: .string(text)))
        } else {
          line.add(member.name, text)
        }
        continue
      }
      var key: String?
      for text in given where key == nil {
        if isPlaceholder(text) { placeholderCount += 1 } else { key = text }
      }
      if member.name == "id" { id = key.map(MadeIDs.given) } else { line.add(member.name, key) }
    }
    line.addFields(fields)
    line.add("id", id ?? madeID(line.content))
    return MappedRecord(
      kind: nil, outcome: .events([line.finish()]), placeholderCount: placeholderCount)
  }

  private func text(of source: Source, _ row: Row) -> String? {
    switch source {
    case .text(let text): return text
    case .cells(let places):
      if places.count == 1 { return row.text(places[0]) }
      let texts = places.compactMap(row.text)
      return texts.isEmpty ? nil : texts.joined(separator: " ")
    }
  }
}
