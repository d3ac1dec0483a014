import Definition
import Judging

/// Whose tallies points are made of.
enum LeadChoice {
  /// Those that reached an outcome, each up to the moment before it.
  case outcome(String)
  /// All, each up to the moment before its outcome, or the as-of.
  case all
  /// Those on a list, or of a persona, as of the as-of.
  case cell(Int, value: Int64)

  /// The outcome that decides whose cutoff is when; nil where everything up to the as-of counts.
  var outcome: String? {
    switch self {
    case .outcome(let word): word
    case .all: "won"
    case .cell: nil
    }
  }

  /// `name`: `all`, a list, a persona with its group (`interest.high`), or else an outcome.
  init(_ name: String, _ definition: Definition) {
    let layout = LeadLayout(
      definition, attributeCount: definition.attributes.count, subjects: definition.leadSubjects)
    if name == "all" {
      self = .all
    } else if name == "won" || name == "lost" {
      self = .outcome(name)
    } else if let list = definition.lists.firstIndex(where: { $0.name == name }) {
      self = .cell(layout.lists + list, value: 1)
    } else if let (group, persona) = LeadChoice.persona(name, definition) {
      self = .cell(layout.personas + group, value: Int64(persona))
    } else {
      self = .outcome(name)
    }
  }

  private static func persona(_ name: String, _ definition: Definition) -> (Int, Int)? {
    for (index, group) in definition.personas.enumerated() {
      for (number, persona) in group.personas.enumerated()
      where name == "\(group.name).\(persona.name)" {
        return (index, number)
      }
    }
    return nil
  }
}
