import Definition

/// A persona group, a list, being left out, or what makes an account ready: something one is in or not.
struct HistoryBound: Sendable {
  /// `persona.GROUP`, `list.NAME`, `excluded` or `ready`.
  var what: String
  var names: [String]

  static func ofLeads(_ definition: Definition) -> [HistoryBound] {
    definition.personas.map {
      HistoryBound(what: "persona.\($0.name)", names: $0.personas.map(\.name))
    } + definition.lists.map { HistoryBound(what: "list.\($0.name)", names: ["in"]) }
      + (definition.exclude == nil ? [] : [HistoryBound(what: "excluded", names: ["true"])])
  }

  static func ofAccounts(_ definition: Definition) -> [HistoryBound] {
    (definition.ready == nil ? [] : [HistoryBound(what: "ready", names: ["true"])])
      + definition.accountLists.map { HistoryBound(what: "list.\($0.name)", names: ["in"]) }
  }
}
