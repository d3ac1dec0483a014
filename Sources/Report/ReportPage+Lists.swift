import Definition
import Notation
import Pages

extension ReportPage {
  /// Whom to call, in what order, because of what.
  func addLists(to html: inout HTML) {
    guard let first = facts.lists.first else { return }
    card(
      "Who to call: \(first.name)", count: members(first), sentence(ofList: first.list),
      isLong: true, to: &html
    ) { addMembers(of: first, to: &$0) }
    let others = facts.lists.dropFirst()
    if others.isEmpty { return }
    card("The other lists", isLong: true, to: &html) { card in
      for list in others {
        card.add("h3") { line in
          line.add(name: list.name)
          line.add(" ")
          line.add("span", .class("count"), text: numberText(members(list)))
        }
        let sentence = sentence(ofList: list.list)
        if !sentence.isEmpty { card.add("p", .class("aside"), text: sentence) }
        if facts.plan.isAnonymous || list.first.isEmpty { continue }
        card.add("details") { details in
          details.add(
            "summary",
            text: list.first.count == 1
              ? "Who it is" : "The first \(list.first.count), in the order to call in")
          addMembers(of: list, to: &details)
        }
      }
    }
  }

  private func members(_ list: ListHead) -> Int {
    facts.summary.lists[list.name]?.members ?? 0
  }

  private func addMembers(of list: ListHead, to html: inout HTML) {
    if facts.plan.isAnonymous { return }
    let members = members(list)
    if !list.first.isEmpty { return add(list, of: members, to: &html) }
    html.add(
      "p", .class("aside"),
      text: members == 0 ? "Nobody is on it." : "Nobody of it is left to be named.")
  }

  private func add(_ list: ListHead, of members: Int, to html: inout HTML) {
    let call = facts.choices.callScore
    // What the order is made of stands beside it.
    let other = definition.scores.indices.first { $0 != call }
    let score = call == 0 ? nil : other
    var columns: [PageTable.Column] = [.init("Lead")]
    if let call { columns.append(.number(definition.scores[call].name)) }
    if let score { columns.append(.init(definition.scores[score].name)) }
    if let grade = definition.grades.first { columns.append(.init(grade.name)) }
    columns.append(.init(definition.personas.first?.name ?? "stage"))
    columns += facts.plan.columns.map { .init($0) }
    let hasReasons = facts.history != nil && facts.choices.reasonScore != nil
    if hasReasons { columns += [.init("Because of"), .init("Against it")] }
    columns.append(.init("Last seen"))
    var table = PageTable("The first of \(list.name)", columns)
    let new = Set(facts.changes?.lists[list.list].firstCame.map(\.key) ?? [])
    for key in list.first {
      guard let person = facts.people[key] else { continue }
      var cells = [lead(key, isNew: new.contains(key)) + aside(person.account)]
      if let call {
        var value = HTML()
        value.add("span", .class("middle"), text: scoreText(call, of: person))
        cells.append(value)
      }
      if let score { cells.append(bar(score, of: person)) }
      if let grade = definition.grades.first {
        var letter = HTML()
        letter.add(
          "span", .class("grade"), text: person.row["grade.\(grade.name)"] ?? "–")
        cells.append(letter)
      }
      let persona = definition.personas.first.flatMap { person.row["persona.\($0.name)"] }
      cells.append(HTML(persona ?? "–") + aside(person.row["stage"]))
      for column in facts.plan.columns {
        var value = HTML()
        if let text = person.values[column] { value.add(name: text) } else { value.add("–") }
        cells.append(value)
      }
      if hasReasons {
        cells.append(tags(person.reasons?.forIt ?? [], .class("tag")))
        cells.append(tags(person.reasons?.against ?? [], .class("tag off")))
      }
      cells.append(
        person.row["last_seen"].flatMap { eventTime($0) }.map { clock.element($0, clock.ago($0)) }
          ?? HTML("–"))
      table.add(cells)
    }
    html.add(table.html)
    if members > list.first.count {
      html.add(
        "p", .class("aside small"),
        text: "\(numberText(list.first.count)) of \(numberText(members)) shown. "
          + "All of them: \(list.path) of the snapshot.")
    }
  }

  private func scoreText(_ score: Int, of person: Person) -> String {
    person.row["score.\(definition.scores[score].name)"].map { numberText(decimal: $0) } ?? "–"
  }

  private func bar(_ score: Int, of person: Person) -> HTML {
    var html = HTML()
    let name = definition.scores[score].name
    if let value = person.row["score.\(name)"].flatMap({ Int64($0) }),
      let range = definition.scores[score].range
    {
      html.add(meter(value, of: range))
    }
    html.add("span", .class("small"), text: scoreText(score, of: person))
    return html
  }

  private func tags(_ parts: [Person.Part], _ kind: Attribute) -> HTML {
    var html = HTML()
    if parts.isEmpty {
      html.add("span", .class("aside"), text: "nothing")
      return html
    }
    for part in parts {
      html.add("span", kind) { tag in
        tag.add(part.name + " ")
        tag.add("b", text: pointsChange(part.points))
      }
    }
    return html
  }

  /// A second line of a cell.
  func aside(_ text: String?) -> HTML {
    var html = HTML()
    html.add("div", .class("aside small")) { line in
      if let text { line.add(name: text) } else { line.add("–") }
    }
    return html
  }
}

func + (one: HTML, other: HTML) -> HTML {
  var html = one
  html.add(other)
  return html
}
