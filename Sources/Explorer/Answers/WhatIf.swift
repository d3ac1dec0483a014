import Definition
import Engine
import Trials

/// A value of the definition that somebody may change, as it is and as it would be.
struct ChangeableValue: Encodable {
  var path: String
  var text: String
  /// Absent where it is not changed.
  var changed: String?
  var kind: DefinitionValue.Kind
  var isReading: Bool
}

/// What other values come to, and what leads are called that it names.
struct WhatIfAnswer: Encodable {
  /// Absent where the log would have to be read anew, which is done only on request.
  var report: ReplayReport?
  var needsReading: Bool
  /// By key, of those who have a name.
  var names: [String: String]
}

extension LoadedBook {
  func values(_ request: ExplorerRequest) throws -> [ChangeableValue] {
    let changed = try live.set(settings(request)).definition.values
    let byPath = Dictionary(
      changed.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
    return definition.values.map { value in
      let then = byPath[value.path]
      return ChangeableValue(
        path: value.path, text: value.text, changed: then == value.text ? nil : then,
        kind: value.kind, isReading: value.isReading)
    }
  }

  func whatIf(_ request: ExplorerRequest) throws -> WhatIfAnswer {
    let settings = try settings(request)
    let changed = try live.set(settings).definition
    if request.value("read") == nil, !live.isReady(for: changed) {
      return WhatIfAnswer(report: nil, needsReading: true, names: [:])
    }
    let report = try live.report(
      settings, namedMax: request.number("top", within: 0...1000, unless: 10))
    var names: [String: String] = [:]
    if nameColumn != nil {
      let keys =
        report.lists.flatMap { $0.firstEntering + $0.firstLeaving }
        + report.scores.flatMap { $0.movers.map(\.lead) }
      for key in keys where names[key] == nil { names[key] = name(ofLead: key) }
    }
    return WhatIfAnswer(report: report, needsReading: false, names: names)
  }
}
