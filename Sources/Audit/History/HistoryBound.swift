import Definition
import Judging

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

/// What is looked at of a lead, in the order in which it is told.
struct LeadBounds: Sendable {
  var grades: [Int] = []
  var personas: [Int] = []
  var lists: [Int] = []
  /// Whether the lead is left out.
  var excluded = false

  /// Those of `HistoryBound.ofLeads`.
  static func ofHistory(_ definition: Definition) -> LeadBounds {
    LeadBounds(
      personas: Array(definition.personas.indices), lists: Array(definition.lists.indices),
      excluded: definition.exclude != nil)
  }

  var count: Int { grades.count + personas.count + lists.count + (excluded ? 1 : 0) }

  /// Those of nobody.
  var nothing: HistoryPlaces { HistoryPlaces(repeating: nil, count: count) }

  func places(in cells: UnsafePointer<Int64>, _ layout: LeadLayout) -> HistoryPlaces {
    var places = HistoryPlaces()
    places.reserveCapacity(count)
    for cell in choices(layout) {
      places.append(cells[cell] == LeadLayout.absent ? nil : Int(cells[cell]))
    }
    for cell in memberships(layout) { places.append(cells[cell] == 1 ? 0 : nil) }
    return places
  }

  func areSteady(in span: CellSpan, _ layout: LeadLayout) -> Bool {
    choices(layout).allSatisfy { span.isSteady(from: $0, count: 1) }
      && memberships(layout).allSatisfy { span.isSteady(from: $0, count: 1) }
  }

  private func choices(_ layout: LeadLayout) -> [Int] {
    grades.map { layout.letters + $0 } + personas.map { layout.personas + $0 }
  }

  private func memberships(_ layout: LeadLayout) -> [Int] {
    lists.map { layout.lists + $0 } + (excluded ? [layout.excluded] : [])
  }
}
