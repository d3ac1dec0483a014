import Definition

extension SentenceWriter {
  var lists: [String] {
    definition.lists.map { list in
      words(list, "lead", conditions.words(list.condition), noun) { conditions.noun($0) }
    }
  }

  var accountLists: [String] {
    definition.accountLists.map { list in
      words(list, "account", conditions.words(list.condition)) { column in
        column.subject.map { "the \(conditions.noun($0))" } ?? column.name
      } subject: {
        conditions.noun($0)
      }
    }
  }

  /// Who is on a list, and what the file of one that is written out is like.
  private func words<Subject>(
    _ list: MemberList<Subject>, _ member: String, _ condition: String,
    _ column: (ExtraColumn<Subject>) -> String, subject: (Subject) -> String
  ) -> String {
    let members = list.isEverybody ? "all \(member)s" : "\(member)s where \(condition)"
    var sentences = ["On \(list.name) are \(members)."]
    if !list.columns.isEmpty {
      sentences.append("Its file also has \(listed(list.columns.map(column))).")
    }
    if !list.order.isEmpty {
      let terms = list.order.map {
        "the \(subject($0.subject))\($0.isTurned ? ", from the top" : "")"
      }
      let first = list.first.map { " and has \(counted("\($0)", member)) at most" } ?? ""
      sentences.append("It is ordered by \(terms.joined(separator: ", then by "))\(first).")
    }
    return sentences.joined(separator: " ")
  }

  func noun(_ column: ExtraColumn<LeadSubject>) -> String {
    switch column.content {
    case .subject(let subject): "the \(conditions.noun(subject))"
    case .reasons(let score): "the reasons of the \(spoken(definition.scores[score].name)) score"
    }
  }
}

extension ExtraColumn {
  fileprivate var subject: Subject? {
    if case .subject(let subject) = content { subject } else { nil }
  }
}
