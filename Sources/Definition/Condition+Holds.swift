extension Condition {
  /// Returns whether the condition holds, asking for the value of each subject it needs.
  package func holds(_ value: (Subject) -> Scalar?) -> Bool {
    switch self {
    case .all(let conditions): conditions.allSatisfy { $0.holds(value) }
    case .any(let conditions): conditions.contains { $0.holds(value) }
    case .not(let condition): !condition.holds(value)
    case .test(let subject, let predicate): predicate.holds(for: value(subject))
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
