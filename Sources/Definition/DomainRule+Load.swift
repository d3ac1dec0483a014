import Notation
import Vocabulary

extension DomainRule {
  /// The name of the built-in list among the patterns of `except`.
  private static let freeMailName = "free-mail"

  static func load(_ node: YAMLNode, _ scope: Scope) -> DomainRule? {
    guard
      let keys = MappingReader(node, "'from_domain'", .fromDomain, scope.faults)
    else { return nil }
    let sources = keys["of"].map { loadSources($0, scope) } ?? []
    let patterns = keys["except"].map { loadExceptions($0, scope) } ?? []
    return DomainRule(
      sources: sources, except: patterns.filter { $0.pattern != freeMailName },
      exceptsFreeMail: patterns.contains { $0.pattern == freeMailName })
  }

  private static func loadSources(_ node: YAMLNode, _ scope: Scope) -> [Source] {
    guard let items = node.list("'of' in 'from_domain'", scope.faults) else { return [] }
    if items.isEmpty {
      scope.report(
        node.place, "'of' in 'from_domain' is empty", hint: "write [attribute.email, lead]")
    }
    var sources: [Source] = []
    for item in items {
      guard let text = item.text("what 'from_domain' is of", scope.faults),
        let source = loadSource(text, at: item.place, scope)
      else { continue }
      if sources.contains(source) {
        scope.report(item.place, "'\(text)' stands in 'of' twice")
      }
      sources.append(source)
    }
    return sources
  }

  private static func loadSource(_ text: String, at place: Place, _ scope: Scope) -> Source? {
    if text == "lead" { return .lead }
    if let subject = SubjectText(text, at: place, scope.faults), subject.kind == "attribute",
      let name = subject.name, !name.isEmpty
    {
      return .attribute(name)
    }
    scope.report(
      place, "'from_domain' cannot be of '\(text)'",
      hint: "write attribute.NAME, or lead for the lead's key")
    return nil
  }

  private static func loadExceptions(_ node: YAMLNode, _ scope: Scope) -> [Glob] {
    scope.patterns(
      node, "except", of: "from_domain", hint: "write patterns of domains, or \(freeMailName)"
    ) { text, glob, place in
      if glob.isLiteral, text != freeMailName, !text.contains(".") {
        scope.report(
          place, "'\(text)' is no domain's pattern: every domain has a dot",
          hint: nearest(to: text, among: [freeMailName]).map { "did you mean '\($0)'?" }
            ?? "such as \"*.edu\", or \(freeMailName)")
      }
    }
  }
}
