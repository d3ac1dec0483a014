/// A list of those who meet a condition, and what its file looks like.
package struct MemberList<Subject: Sendable & Hashable>: Sendable {
  package var name: String
  /// Who is on it, whatever the file has room for.
  package var condition: Condition<Subject>
  /// What its file has beside the keys and the scores.
  package var columns: [ExtraColumn<Subject>]
  /// By what the rows of its file are ordered, before their keys.
  package var order: [OrderTerm<Subject>]
  /// How many members its file has at most; nil where it has them all.
  package var first: Int?

  package init(
    name: String, condition: Condition<Subject>, columns: [ExtraColumn<Subject>] = [],
    order: [OrderTerm<Subject>] = [], first: Int? = nil
  ) {
    self.name = name
    self.condition = condition
    self.columns = columns
    self.order = order
    self.first = first
  }
}

package typealias LeadList = MemberList<LeadSubject>
package typealias AccountList = MemberList<AccountSubject>

/// What stands before the name of a list of accounts in that of its file.
package let accountListFile = "accounts"

/// A column that a definition adds to a file.
package struct ExtraColumn<Subject: Sendable & Hashable>: Sendable, Hashable {
  /// As the definition has it, which is what the file calls it.
  package var name: String
  package var content: Content

  package enum Content: Sendable, Hashable {
    case subject(Subject)
    /// What most of a score is made of, by its place among the scores.
    case reasons(score: Int)
  }

  package init(name: String, _ content: Content) {
    self.name = name
    self.content = content
  }
}

/// One of the things that rows are ordered by.
package struct OrderTerm<Subject: Sendable & Hashable>: Sendable, Hashable {
  package var subject: Subject
  /// Whether what is greatest comes first.
  package var isTurned: Bool

  package init(_ subject: Subject, isTurned: Bool = false) {
    self.subject = subject
    self.isTurned = isTurned
  }
}

extension MemberList {
  /// Whether it asks for nothing.
  package var isEverybody: Bool {
    if case .all(let conditions) = condition { conditions.isEmpty } else { false }
  }

  /// The subjects that its file shows or is ordered by.
  package var shownSubjects: [Subject] { columns.subjects() + order.map(\.subject) }
}

extension [ExtraColumn<LeadSubject>] {
  /// The scores whose reasons they show.
  var reasonScores: [Int] {
    compactMap { if case .reasons(let score) = $0.content { score } else { nil } }
  }
}

extension Array {
  /// The subjects that columns show.
  package func subjects<Subject>() -> [Subject] where Element == ExtraColumn<Subject> {
    compactMap { if case .subject(let subject) = $0.content { subject } else { nil } }
  }
}

extension Definition {
  /// Every subject of a lead that a file shows or is ordered by because the definition says so, once each.
  package var shownSubjects: [LeadSubject] {
    unique(columns.subjects() + lists.flatMap(\.shownSubjects))
  }

  /// The scores whose reasons a file shows, once each.
  package var shownReasons: [Int] {
    unique(columns.reasonScores + lists.flatMap(\.columns.reasonScores))
  }

  /// By score, the one that its reasons are taken from: a blend has those of its first part that has any.
  package var scoresWithReasons: [Int?] {
    var found: [Int?] = []
    for (index, score) in scores.enumerated() {
      guard case .blend(let terms) = score.source else {
        found.append(index)
        continue
      }
      var first: Int?
      for case .score(let inner) in terms.map(\.source) where first == nil { first = found[inner] }
      found.append(first)
    }
    return found
  }
}
