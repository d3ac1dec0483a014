/// A list of leads or of accounts.
struct List {
  struct Order {
    var subject: String
    var isTurned: Bool
  }

  var name: String
  var condition: Condition
  var columns: [String] = []
  var orderBy: [Order] = []
  var first: Int?

  init(_ name: String, _ yaml: Yaml, _ condition: (Yaml?) throws -> Condition) throws {
    self.name = name
    // "A list may be written out (it has one of these keys; without `when` it is everybody)"
    let isWrittenOut = ["when", "columns", "order_by", "first"].contains { yaml[$0] != nil }
    self.condition = try condition(isWrittenOut ? yaml["when"] : yaml)
    if !isWrittenOut { return }
    columns = yaml["columns"]?.items.compactMap(\.written) ?? []
    // "`order_by` is a subject or several, `-` before one turns it"
    let order = yaml["order_by"].map { $0.written.map { [$0] } ?? $0.items.compactMap(\.written) }
    orderBy = (order ?? []).map { written in
      Order(subject: written.suffix(after: "-") ?? written, isTurned: written.hasPrefix("-"))
    }
    first = yaml["first"]?.whole
  }

  // "the first that `order_by` names as `score.` or `raw.`"
  var orderingScore: String? {
    orderBy.lazy.compactMap { order in
      order.subject.suffix(after: "score.") ?? order.subject.suffix(after: "raw.")
    }
    .first
  }

  /// The members that its file has, in its order; they come sorted by key.
  func inFile<Member>(
    _ sorted: [Member], rank: (Member, String) -> ListRank?
  ) -> [Member] {
    let ranked = sorted.enumerated().map { place, member in
      (place: place, member: member, ranks: orderBy.map { rank(member, $0.subject) })
    }
    let ordered = ranked.sorted { one, other in
      for (order, (a, b)) in zip(orderBy, zip(one.ranks, other.ranks)) {
        // "absent last both ways"
        guard let a else {
          if b == nil { continue }
          return false
        }
        guard let b else { return true }
        if a < b { return !order.isTurned }
        if b < a { return order.isTurned }
      }
      // "at the end by key"
      return one.place < other.place
    }
    return ordered.prefix(first ?? .max).map(\.member)
  }
}

/// By what a list is ordered.
enum ListRank {
  case number(ExactNumber)
  case text(Text)

  init(_ value: Scalar) {
    // "numbers by value (numeric text, too)", "times by instant", "other text by its folded bytes";
    // "Booleans count as their text."
    if case .time(let time) = value {
      self = .number(ExactNumber(micro: time))
    } else if let exact = value.exact {
      self = .number(exact)
    } else {
      self = .text(value.text.folded)
    }
  }

  init(place: Int) { self = .number(ExactNumber(micro: place)) }

  // "numbers before text"
  static func < (a: ListRank, b: ListRank) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): a < b
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

extension Lead {
  func rank(_ name: String) -> ListRank? {
    guard let value = subject(name) else { return nil }
    // "grades by rank (A above F), stages by the journey"
    if let grade = name.suffix(after: "grade."),
      let place = definition.grades.first(where: { $0.name == grade })?.letters
        .firstIndex(where: { Text($0) == value.text })
    {
      return ListRank(place: -place)
    }
    if name == "stage", let place = definition.journey.firstIndex(where: { Text($0) == value.text })
    {
      return ListRank(place: place)
    }
    return ListRank(value)
  }

  /// A column of a list or of `leads.csv`, "written as elsewhere in it".
  func cell(_ column: String, in list: List? = nil) -> String {
    if column == "reasons" {
      return reasons(list?.orderingScore ?? definition.scores.first?.name ?? "")
    }
    if let score = column.suffix(after: "reasons.") { return reasons(score) }
    return subject(column)?.cell ?? ""
  }

  // "of one score, the three greatest of its rules' totals (after their caps) and bonuses, ranked by
  // their exact values, of equals the first in the definition (rules, then bonuses), shown rounded
  // to whole points where that is at least 1."
  private func reasons(_ name: String) -> String {
    guard let score = definition.scoreWithRules(name), let parts = scores[score]?.parts else {
      return ""
    }
    var rest = parts
    var shown: [String] = []
    while shown.count < 3, let greatest = rest.map(\.points).max() {
      let points = roundedQuotient(greatest, 1_000_000)
      guard points >= 1, let index = rest.firstIndex(where: { $0.points == greatest }) else {
        break
      }
      shown.append(rest.remove(at: index).name + " +" + String(points))
    }
    return shown.joined(separator: ", ")
  }
}

extension Definition {
  // "for a blend, the first score in it that is not itself a blend is used (nested blends searched in
  // order)"
  fileprivate func scoreWithRules(_ name: String) -> String? {
    guard let score = scores.first(where: { $0.name == name }) else { return nil }
    guard let blend = score.blend else { return name }
    for part in blend {
      if let inner = part.subject.suffix(after: "score."), let found = scoreWithRules(inner) {
        return found
      }
    }
    return nil
  }
}
