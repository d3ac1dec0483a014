import Notation
import Tables

/// What results can be compared by: the names of a snapshot's scores, grades, personas and lists.
package struct ResultNames: Sendable {
  package var scores: [String] = []
  package var grades: [Choice] = []
  package var personas: [Choice] = []
  package var lists: [String] = []

  /// Something of which a lead has one of several values: a grade with its letters, a group with its
  /// personas.
  package struct Choice: Sendable {
    package var name: String
    package var values: [String]

    /// Behind the values: none of them, and of a lead that one side does not know.
    package var none: Int { values.count }
    package var unknown: Int { values.count + 1 }
    package var count: Int { values.count + 2 }

    func text(_ value: Int64) -> String? {
      values.indices.contains(Int(value)) ? values[Int(value)] : nil
    }
  }

  /// Of results that are described by their tables.
  package init(_ tables: [Table]) {
    for column in tables.first(where: { $0.name == "leads" })?.columns ?? [] {
      let parts = column.name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      switch (parts[0], column.kind) {
      case ("score", _): scores.append(parts[1])
      case ("grade", .name(let letters)):
        grades.append(Choice(name: parts[1], values: letters.strings))
      case ("persona", .name(let names)):
        personas.append(Choice(name: parts[1], values: names.strings))
      default: break
      }
    }
    lists = tables.compactMap { ListName(path: $0.name)?.list }
  }

  /// The same with the letters of grades, the best first; grades without letters are left out.
  func with(letters: [String: [String]]) -> ResultNames {
    var names = self
    names.grades = grades.compactMap { grade in
      letters[grade.name].map { Choice(name: grade.name, values: $0) }
    }
    return names
  }

  /// Of a snapshot's files, which do not tell what letters there are.
  init(leadsHeader: [String], records: [Manifest.FileRecord]) {
    func names(_ prefix: String) -> [String] {
      leadsHeader.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
    scores = names("score.")
    grades = names("grade.").map { Choice(name: $0, values: []) }
    let listings = records.compactMap { ListName(path: $0.path) }
    let byGroup = Dictionary(grouping: listings, by: \.group)
    personas = names("persona.").map { group in
      Choice(name: group, values: (byGroup[group] ?? []).map(\.name))
    }
    lists = listings.compactMap(\.list)
  }
}

/// What the path of a list's file says: `lists/NAME` of a list, `lists/GROUP.NAME` of a persona.
private struct ListName {
  var group: String?
  var name: String

  init?(path: String) {
    guard path.hasPrefix("lists/") else { return nil }
    let stem = path.dropFirst("lists/".count)
    let parts = (stem.hasSuffix(".csv") ? stem.dropLast(".csv".count) : stem).split(separator: ".")
    guard 1...2 ~= parts.count else { return nil }
    group = parts.count == 2 ? String(parts[0]) : nil
    name = String(parts[parts.count - 1])
  }

  var list: String? { group == nil ? name : nil }
}

/// The names by which two results are compared, and where each stands in a row of numbers.
package struct ComparisonShape: Sendable {
  /// Scores that both have; others cannot go up or down.
  package let scores: [String]
  package let grades: [ResultNames.Choice]
  package let personas: [ResultNames.Choice]
  package let lists: [String]

  /// The grades, then the personas.
  package let choices: [ResultNames.Choice]
  /// How many numbers a lead has: its scores, its choices, whether it is on each list, its account.
  package let width: Int
  package let firstChoice: Int
  package let firstList: Int
  /// The number of the account stands last; it is no part of what is compared.
  package var account: Int { width - 1 }

  package init(before: ResultNames, after: ResultNames) {
    let (scoresBefore, listsAfter) = (Set(before.scores), Set(after.lists))
    scores = after.scores.filter(scoresBefore.contains)
    grades = ComparisonShape.joined(after.grades, before.grades)
    personas = ComparisonShape.joined(after.personas, before.personas)
    lists = after.lists + before.lists.filter { !listsAfter.contains($0) }
    choices = grades + personas
    firstChoice = scores.count
    firstList = firstChoice + choices.count
    width = firstList + lists.count + 1
  }

  /// The row of a lead that has no points, letters, personas or lists.
  package var nobody: [Int64] {
    var row = [Int64](repeating: 0, count: width)
    for (index, choice) in choices.enumerated() { row[firstChoice + index] = Int64(choice.none) }
    return row
  }

  /// Those of the one, and what only the other has: a value behind the one that it follows there.
  private static func joined(
    _ one: [ResultNames.Choice], _ other: [ResultNames.Choice]
  ) -> [ResultNames.Choice] {
    let values = Dictionary(other.map { ($0.name, $0.values) }) { first, _ in first }
    let shared = one.map { choice in
      var joined = choice.values
      var place = 0
      for value in values[choice.name] ?? [] {
        if let known = joined.firstIndex(of: value) {
          place = known + 1
        } else {
          joined.insert(value, at: place)
          place += 1
        }
      }
      return ResultNames.Choice(name: choice.name, values: joined)
    }
    let names = Set(one.map(\.name))
    return shared + other.filter { !names.contains($0.name) }
  }
}
