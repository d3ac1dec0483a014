import Notation

extension Condition {
  /// Returns whether the condition holds, asking for the value of each subject it needs.
  ///
  /// `asOf`: what some tests of leads and accounts count from.
  package func holds(asOf: Milliseconds? = nil, _ value: (Subject) -> Scalar?) -> Bool {
    switch self {
    case .all(let conditions): conditions.allSatisfy { $0.holds(asOf: asOf, value) }
    case .any(let conditions): conditions.contains { $0.holds(asOf: asOf, value) }
    case .not(let condition): !condition.holds(asOf: asOf, value)
    case .test(let subject, let predicate): predicate.holds(for: value(subject), asOf: asOf)
    }
  }

  /// What the condition asks about: each subject once, in order of appearance.
  package var subjects: [Subject] {
    var seen: Set<Subject> = []
    var subjects: [Subject] = []
    visitTests { subject, _ in
      if seen.insert(subject).inserted { subjects.append(subject) }
    }
    return subjects
  }

  /// Calls back for every test, in order of appearance.
  package func visitTests(_ visit: (Subject, Predicate) -> Void) {
    switch self {
    case .all(let conditions), .any(let conditions):
      for condition in conditions { condition.visitTests(visit) }
    case .not(let condition): condition.visitTests(visit)
    case .test(let subject, let predicate): visit(subject, predicate)
    }
  }
}
