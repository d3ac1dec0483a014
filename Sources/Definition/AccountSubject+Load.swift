import Notation
import Vocabulary

extension AccountSubject {
  /// Returns what a text asks of an account, reporting what it cannot.
  static func load(_ text: String, at place: Place, _ scope: Scope) -> AccountSubject? {
    guard let subject = SubjectText(text, at: place, scope.faults) else { return nil }
    guard let declared = SubjectKind.find(subject.kind, of: .account) else {
      scope.report(place, "an account has no subject '\(text)'", hint: unknownHint(subject))
      return nil
    }
    guard subject.check(declared, of: .account, at: place, scope.faults) else { return nil }
    let name = subject.name ?? ""
    func score() -> Int? { scope.find(name, among: scope.names.scores, "score", at: place) }
    switch subject.kind {
    case "leads": return .leads
    case "engaged": return .engaged
    case "total": return score().map { .total(score: $0) }
    case "max": return score().map { .max(score: $0) }
    case "mean": return score().map { .mean(score: $0) }
    case "personas": return persona(name, at: place, scope)
    case "score": return ownScore(subject, at: place, scope).map { .score($0) }
    case "raw": return ownScore(subject, at: place, scope).map { .raw($0) }
    case "active":
      // A window is required.
      return subject.window.map { .active(window: $0) }
    case "days_since_last": return .daysSinceLast
    case "account": return .account
    case "nps":
      guard scope.names.asksNPS else {
        scope.report(place, "'nps' is never known: the definition has no nps")
        return nil
      }
      return .nps
    case "attribute": return .attribute(name)
    default: preconditionFailure("subject '\(subject.kind)' is declared and not read")
    }
  }

  /// The index of a score of accounts; one of leads is asked for as their total, maximum or mean.
  private static func ownScore(
    _ subject: SubjectText, at place: Place, _ scope: Scope
  ) -> Int? {
    let (name, names) = (subject.name ?? "", scope.names)
    if names.accountScores.firstIndex(of: name) == nil, names.scores.firstIndex(of: name) != nil {
      scope.report(
        place, "accounts have no score '\(name)'; their leads do",
        hint: "did you mean 'total.\(name)', 'max.\(name)' or 'mean.\(name)'?")
      return nil
    }
    return scope.find(name, among: names.accountScores, "score", of: "'accounts'", at: place)
  }

  private static func persona(_ text: String, at place: Place, _ scope: Scope) -> AccountSubject? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count == 2 else {
      scope.report(place, "'personas.\(text)' is no count", hint: "write personas.GROUP.PERSONA")
      return nil
    }
    let names = scope.names
    guard
      let group = scope.find(parts[0], among: names.personaGroups, "persona group", at: place),
      let persona = scope.find(
        parts[1], among: names.personas[group], "persona", of: "group '\(parts[0])'", at: place)
    else { return nil }
    return .persona(group: group, persona: persona)
  }

  private static func unknownHint(_ subject: SubjectText) -> String? {
    let rest = subject.written.dropFirst(subject.kind.count)
    switch subject.kind {
    case "persona": return "how many of its leads are one is personas.GROUP.PERSONA"
    default: break
    }
    guard let near = nearest(to: subject.kind, among: SubjectKind.all(of: .account).map(\.name))
    else {
      return "an attribute is written attribute.NAME"
    }
    return "did you mean '\(near)\(rest)'?"
  }
}
