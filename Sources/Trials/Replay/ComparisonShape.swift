import Definition
import Judging

/// The names by which the results of two definitions are compared.
struct ComparisonShape: Sendable {
  /// Something of which a lead has one of several values: a grade with its letters, a group with its
  /// personas.
  struct Choice: Sendable {
    var name: String
    var values: [String]

    /// Behind the values: none of them, and of a lead that one side does not know.
    var none: Int { values.count }
    var unknown: Int { values.count + 1 }
    var count: Int { values.count + 2 }
  }

  /// Scores that both have; others cannot go up or down.
  let scores: [String]
  let grades: [Choice]
  let personas: [Choice]
  let lists: [String]

  /// The grades, then the personas.
  let choices: [Choice]
  /// How many numbers a lead has: its scores, its choices, whether it is on each list, its account.
  let width: Int
  let firstChoice: Int
  let firstList: Int
  /// The number of the account stands last; it is no part of what is compared.
  var account: Int { width - 1 }

  init(before: Definition, after: Definition) {
    scores = after.scores.map(\.name).filter { name in before.scores.contains { $0.name == name } }
    grades = ComparisonShape.joined(
      after.grades.map { Choice(name: $0.name, values: $0.letters) },
      before.grades.map { Choice(name: $0.name, values: $0.letters) })
    personas = ComparisonShape.joined(
      after.personas.map { Choice(name: $0.name, values: $0.personas.map(\.name)) },
      before.personas.map { Choice(name: $0.name, values: $0.personas.map(\.name)) })
    let names = after.lists.map(\.name)
    lists = names + before.lists.map(\.name).filter { !names.contains($0) }
    choices = grades + personas
    firstChoice = scores.count
    firstList = firstChoice + choices.count
    width = firstList + lists.count + 1
  }

  /// Those of the one, then what only the other has.
  private static func joined(_ one: [Choice], _ other: [Choice]) -> [Choice] {
    let shared = one.map { choice in
      let more = other.first { $0.name == choice.name }?.values ?? []
      return Choice(
        name: choice.name, values: choice.values + more.filter { !choice.values.contains($0) })
    }
    return shared + other.filter { choice in !one.contains { $0.name == choice.name } }
  }
}

/// Takes what is compared from the cells of leads judged by one definition.
struct ShapeReader: Sendable, Equatable {
  private var scores: [Int] = []
  /// Where each choice stands, its number for none, and where its values' numbers begin.
  private var choices: [Place] = []
  /// Of each choice in turn, the number of each of its values in the shape.
  private var numbers: [Int64] = []
  private var lists: [Int] = []
  private let account: Int

  private struct Place: Equatable {
    var cell: Int
    var none: Int64
    var first: Int
  }

  init(_ shape: ComparisonShape, _ judge: Judge) {
    let definition = judge.definition
    let layout = judge.layout
    account = layout.account
    scores = shape.scores.map { name in
      layout.scores + (definition.scores.firstIndex { $0.name == name } ?? 0)
    }
    func place(
      _ choice: ComparisonShape.Choice, _ names: [String], _ values: [[String]], _ first: Int
    ) {
      let index = names.firstIndex(of: choice.name)
      choices.append(
        Place(
          cell: index.map { first + $0 } ?? -1, none: Int64(choice.none), first: numbers.count))
      numbers += (index.map { values[$0] } ?? []).map {
        Int64(choice.values.firstIndex(of: $0) ?? choice.none)
      }
    }
    for grade in shape.grades {
      place(grade, definition.grades.map(\.name), definition.grades.map(\.letters), layout.letters)
    }
    for group in shape.personas {
      place(
        group, definition.personas.map(\.name),
        definition.personas.map { $0.personas.map(\.name) }, layout.personas)
    }
    lists = shape.lists.map { name in
      definition.lists.firstIndex { $0.name == name }.map { layout.lists + $0 } ?? -1
    }
  }

  /// Fills a row of the shape's width.
  func read(_ cells: UnsafePointer<Int64>, into row: UnsafeMutablePointer<Int64>) {
    var at = 0
    // By index: going through the arrays themselves would keep a reference to each, for every lead.
    for index in scores.indices {
      row[at] = cells[scores[index]]
      at += 1
    }
    for index in choices.indices {
      let choice = choices[index]
      let value = choice.cell < 0 ? LeadLayout.absent : cells[choice.cell]
      row[at] = value == LeadLayout.absent ? choice.none : numbers[choice.first + Int(value)]
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
