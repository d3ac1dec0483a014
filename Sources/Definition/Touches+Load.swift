import Vocabulary

extension Touch {
  /// Returns the section's touches, in its order; the faulty ones are reported and left out.
  static func loadAll(_ node: YAMLNode?, _ scope: Scope) -> [Touch] {
    scope.namedEntries(node, "touches", of: "a touch").compactMap { load($0, scope) }
  }

  private static func load(_ entry: YAMLNode.Entry, _ scope: Scope) -> Touch? {
    let what = "touch '\(entry.key)'"
    guard let fields = MappingReader(entry.value, what, .touch, scope.faults) else { return nil }
    if fields["first"] != nil, let last = fields.place(of: "last") {
      scope.report(last, "\(what) has both 'first' and 'last'", hint: "write two touches")
      return nil
    }
    let key = fields["last"] == nil ? "first" : "last"
    if fields[key] == nil {
      scope.report(
        fields.place, "\(what) needs a 'first' or a 'last'",
        hint: "the interaction whose first, or last, occurrence tells")
    }
    let interaction = fields[key].flatMap { node in
      node.text("'\(key)' of \(what)", scope.faults).flatMap {
        scope.find($0, among: scope.names.interactions, "interaction", at: node.place)
      }
    }
    let property = fields["property"].flatMap { node in
      node.text("'property' of \(what)", scope.faults).flatMap {
        EventSubject.load($0, at: node.place, scope)
      }
    }
    guard let interaction, let property else { return nil }
    return Touch(
      name: entry.key, reading: TouchReading(interaction: interaction, property: property),
      isLast: key == "last")
  }
}
