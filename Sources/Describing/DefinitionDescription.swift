import Definition

/// What a definition does, in sentences.
package struct DefinitionDescription: Encodable, Sendable {
  package var definition: String
  package var sections: [Section]

  package struct Section: Encodable, Sendable {
    package var heading: String
    package var sentences: [String]
  }

  package init(_ definition: Definition) {
    self.definition = definition.name
    let writer = SentenceWriter(definition)
    sections = [
      Section(heading: "How events are read", sentences: writer.reading),
      Section(heading: "Who is who", sentences: writer.identity),
      Section(heading: "What counts", sentences: writer.interactions),
      Section(heading: "Where leads came from", sentences: writer.touches),
    ]
    sections += definition.scores.indices.map {
      Section(heading: "Score \(definition.scores[$0].name)", sentences: writer.score($0))
    }
    sections += definition.grades.map {
      Section(heading: "Grade \($0.name)", sentences: writer.grade($0))
    }
    sections += [
      Section(heading: "Net promoter score", sentences: writer.nps),
      Section(heading: "Personas", sentences: writer.personas),
      Section(heading: "Who is left out", sentences: writer.exclusion),
      Section(heading: "What files show", sentences: writer.columns),
      Section(heading: "Lists", sentences: writer.lists),
      Section(heading: "Accounts", sentences: writer.accounts),
      Section(heading: "What must come out", sentences: writer.examples),
    ]
    sections.removeAll { $0.sentences.isEmpty }
  }
}

/// Writes the sentences of a definition, a section each.
struct SentenceWriter {
  let definition: Definition
  let conditions: ConditionWords

  init(_ definition: Definition) {
    self.definition = definition
    conditions = ConditionWords(definition: definition)
  }

  func interaction(_ index: Int) -> String { spoken(definition.interactions[index].name) }
}
