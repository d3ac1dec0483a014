/// How many there may be of things that are numbered, counted or laid out for every lead.
enum Limits {
  /// Sheets number interactions, attributes and properties with 16 bits, and count the interactions of an
  /// event so.
  static let namedMax = 65_535
  /// Each window has all counts of a lead once more; a guess, far more than anybody asks for.
  static let windowsMax = 1000
}

extension Scope {
  /// Reports more things of a kind than there may be, where the first of those too many stands.
  func checkCount(_ places: [Place], of kind: String) {
    guard places.count > Limits.namedMax else { return }
    report(
      places[Limits.namedMax], "\(places.count) \(kind) are too many",
      hint: "at most \(Limits.namedMax)")
  }
}

extension Definition {
  /// Reports more different things than there may be that no section lists.
  func checkMentions(_ root: YAMLNode, _ faults: FaultCollector) {
    let windows = Set(leadSubjects.compactMap(\.window))
    for (count, max, kind) in [
      (
        attributes.count + touchReadings.count, Limits.namedMax,
        touches.isEmpty
          ? "attributes that are asked for" : "attributes and touches that are asked for"
      ),
      (comparedProperties.count, Limits.namedMax, "properties of 'once_per' and 'each'"),
      (valueProperties.count, Limits.namedMax, "properties of 'of'"),
      (windows.count, Limits.windowsMax, "different windows"),
    ] where count > max {
      faults.report(root.place, "\(count) \(kind) are too many", hint: "at most \(max)")
    }
  }
}
