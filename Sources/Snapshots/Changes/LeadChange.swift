/// Something that is other about a lead in one result than in another.
package enum LeadChange {
  /// Only the later result knows the lead, or only the earlier one.
  case new
  case gone
  case score(Int, before: Int64, after: Int64)
  /// A letter; nil of a lead that is not graded.
  case grade(Int, before: String?, after: String?, isUp: Bool)
  /// A persona; nil where the lead has none, or is not known.
  case persona(Int, before: String?, after: String?)
  case list(Int, isIn: Bool)
}

extension ComparisonShape {
  /// Calls back with all that is other about a lead, in the order in which it is told.
  ///
  /// `before`, `after`: rows of this shape; nil where a result does not know the lead.
  @inline(__always)
  package func forEachChange(
    _ before: UnsafePointer<Int64>?, _ after: UnsafePointer<Int64>?,
    _ body: (LeadChange) throws -> Void
  ) rethrows {
    if before == nil { try body(.new) }
    if after == nil { try body(.gone) }
    if let before, let after {
      for index in scores.indices where before[index] != after[index] {
        try body(.score(index, before: before[index], after: after[index]))
      }
      for index in grades.indices {
        let (old, new) = (before[firstChoice + index], after[firstChoice + index])
        if old == new { continue }
        // The best letter stands first.
        try body(
          .grade(
            index, before: grades[index].text(old), after: grades[index].text(new), isUp: new < old)
        )
      }
    }
    for index in personas.indices {
      let cell = firstChoice + grades.count + index
      let none = Int64(personas[index].none)
      let (old, new) = (before?[cell] ?? none, after?[cell] ?? none)
      if old == new { continue }
      try body(
        .persona(
          index, before: personas[index].text(old), after: personas[index].text(new)))
    }
    for index in lists.indices {
      let wasOn = before.map { $0[firstList + index] == 1 } ?? false
      let isOn = after.map { $0[firstList + index] == 1 } ?? false
      if wasOn != isOn { try body(.list(index, isIn: isOn)) }
    }
  }

  /// Calls back with the rows of `changes.csv` that tell a change.
  @inline(__always)
  package func forEachRow(
    of change: LeadChange, _ body: (ChangeRow) throws -> Void
  ) rethrows {
    switch change {
    case .new: try body(ChangeRow(what: "lead", change: "new"))
    case .gone: try body(ChangeRow(what: "lead", change: "gone", state: .gone))
    case .score(let index, let before, let after):
      try body(
        ChangeRow(
          what: "score.\(scores[index])", change: before < after ? "up" : "down",
          before: "\(before)", after: "\(after)"))
    case .grade(let index, let before, let after, let isUp):
      let name = grades[index].name
      try body(
        ChangeRow(
          what: "grade.\(name)",
          change: before == nil ? "in" : after == nil ? "out" : isUp ? "up" : "down",
          before: before ?? "", after: after ?? "", state: .grade(name, letter: after)))
    case .persona(let index, let before, let after):
      let group = personas[index].name
      for (name, isIn) in [(before, false), (after, true)] {
        guard let name else { continue }
        try body(
          ChangeRow(
            what: "persona.\(group).\(name)", change: isIn ? "in" : "out",
            state: .persona(group: group, name: name, isIn: isIn)))
      }
    case .list(let index, let isIn):
      try body(
        ChangeRow(
          what: "list.\(lists[index])", change: isIn ? "in" : "out",
          state: .list(lists[index], isIn: isIn)))
    }
  }
}
