import Notation
import Vocabulary

extension RulePoints {
  /// Returns what a rule's `points` says: a number, or a mapping that makes points of a value.
  static func load(_ node: YAMLNode, _ scope: Scope) -> RulePoints? {
    guard case .mapping = node.value else {
      return node.millionths("'points'", scope.faults).map { .fixed($0) }
    }
    return ValuePoints.load(node, scope).map { .ofValue($0) }
  }
}

extension ValuePoints {
  fileprivate static func load(_ node: YAMLNode, _ scope: Scope) -> ValuePoints? {
    guard let fields = MappingReader(node, "'points'", .valuePoints, scope.faults) else {
      return nil
    }
    let property = fields["of"].flatMap { EventSubject.load($0, "'of'", scope) }
    func millionths(_ key: String) -> Int64? {
      fields[key].flatMap { $0.millionths("'\(key)'", scope.faults) }
    }
    let (times, min, max) = (millionths("times"), millionths("min"), millionths("max"))
    if let min, let max, min > max {
      scope.report(
        fields.place(of: "min") ?? node.place,
        "'min' \(pointsText(min)) is above 'max' \(pointsText(max))")
    }
    guard let property else { return nil }
    return ValuePoints(of: property, times: times ?? 1_000_000, min: min, max: max)
  }
}

extension EventSubject {
  /// Returns the property that a node names.
  static func load(_ node: YAMLNode, _ what: String, _ scope: Scope) -> EventSubject? {
    node.text(what, scope.faults).flatMap { load($0, at: node.place, scope) }
  }
}

extension Limit {
  /// Returns the limit of a rule, if it has one.
  static func load(_ fields: MappingReader, _ scope: Scope) -> Limit? {
    let count = fields["limit"].flatMap {
      $0.wholeNumber("'limit'", in: 1...pointsMax, scope.faults)
    }
    let window = fields["per"].flatMap { LimitWindow.load($0, scope) }
    let each = fields["each"].flatMap { EventSubject.load($0, "'each'", scope) }
    for key in ["per", "each"] where fields["limit"] == nil {
      if let place = fields.place(of: key) { scope.report(place, "'\(key)' needs a 'limit'") }
    }
    return count.map {
      Limit(count: Int($0), window: window ?? .calendar(.lifetime), each: each)
    }
  }
}

extension LimitWindow {
  fileprivate static func load(_ node: YAMLNode, _ scope: Scope) -> LimitWindow? {
    switch node.value {
    case .text(let text) where text.utf8.first.map { 0x30...0x39 ~= $0 } ?? false: break
    case .number: break
    default:
      guard let name = node.text("'per'", scope.faults) else { return nil }
      let names = NameList(CalendarWindow.allCases.map(\.rawValue))
      return scope.find(name, among: names, "window", at: node.place)
        .map { .calendar(CalendarWindow.allCases[$0]) }
    }
    return node.duration("'per'", scope.faults).map { .sliding($0) }
  }
}
