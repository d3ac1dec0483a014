import Definition
import Engine
import Judging
import Synchronization
import Trials

/// A condition that cannot be asked, and why.
struct ConditionProblem: Error {
  var problem: Problem
}

/// By the text of a condition, the rows that meet it.
final class FilterCache: Sendable {
  private let known = Mutex<[String: RowMarks]>([:])

  func marks(for condition: String, _ make: () throws -> RowMarks) rethrows -> RowMarks {
    if let marks = known.withLock({ $0[condition] }) { return marks }
    let marks = try make()
    known.withLock { known in
      if known.count >= 16 { known.removeAll() }
      known[condition] = marks
    }
    return marks
  }
}

extension LoadedBook {
  /// The rows that meet a condition, as a list of the definition would have them.
  ///
  /// - Throws: `ConditionProblem` where it is none, or asks for what the definition does not read.
  func filter(_ condition: String, ofAccounts: Bool) throws -> RowMarks {
    try filters.marks(for: "\(ofAccounts) \(condition)") {
      let store = ofAccounts ? accounts : leads
      let asked = try definition(asking: condition, ofAccounts: ofAccounts)
      guard definition.gathersAlike(asked) else {
        throw ConditionProblem(
          problem: Problem(
            "the condition asks for what this definition does not read from the log",
            hint: "it reads the attributes \(definition.attributes.joined(separator: ", "))"))
      }
      let results = try Results(log, log.judge(asked))
      let (cell, parts) =
        ofAccounts
        ? (AccountLayout(asked).lists + asked.accountLists.count - 1, [results.accounts])
        : (results.judge.layout.lists + asked.lists.count - 1, results.leads.parts)
      var marks = [Bool](repeating: false, count: store.count)
      for part in parts {
        for row in 0..<part.count where part.cell(row, cell) == 1 {
          if let row = store.row(of: Array(part.keys[row])) { marks[row] = true }
        }
      }
      return RowMarks(marks)
    }
  }

  /// The rows of a list, or of the persona `GROUP.NAME`.
  func listed(_ name: String) throws -> RowMarks {
    if let list = definition.lists.firstIndex(where: { $0.name == name }) {
      return leads.marks(havingCell: judge.layout.lists + list, 1)
    }
    for (group, personas) in definition.personas.enumerated() {
      for (place, persona) in personas.personas.enumerated()
      where "\(personas.name).\(persona.name)" == name {
        return leads.marks(havingCell: judge.layout.personas + group, Int64(place))
      }
    }
    return RowMarks(repeating: false, count: leads.count)
  }

  /// The definition with one list more, of whoever meets the condition.
  private func definition(asking condition: String, ofAccounts: Bool) throws -> Definition {
    let name = "asked-by-the-explorer"
    let text = condition.trimmingSpaces
    let mapping = text.hasPrefix("{") ? text : "{ \(text) }"
    let setting =
      switch (ofAccounts, ofAccounts ? definition.accountLists.isEmpty : definition.lists.isEmpty) {
      case (false, false): Setting(path: "lists.\(name)", value: mapping)
      case (false, true): Setting(path: "lists", value: "{ \(name): \(mapping) }")
      case (true, false): Setting(path: "accounts.lists.\(name)", value: mapping)
      case (true, true): Setting(path: "accounts.lists", value: "{ \(name): \(mapping) }")
      }
    do {
      return try live.set([setting]).definition
    } catch let faults as DefinitionFaults {
      let fault = faults.faults.first
      throw ConditionProblem(
        problem: Problem(fault?.message ?? "\(faults)", hint: fault?.hint))
    } catch let error as RunError {
      throw ConditionProblem(problem: Problem(error))
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
