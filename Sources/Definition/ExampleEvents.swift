import Notation

/// An example's events as lines of NDJSON.
struct ExampleEvents {
  private(set) var lines: [String] = []
  /// The latest of the times that are times.
  private(set) var latest: Milliseconds?
  /// Whether none was left out.
  private(set) var isComplete = true

  /// Reports what is no event at all; the rest is for the engine to judge, as in a log.
  init?(_ node: YAMLNode, _ scope: Scope) {
    guard let items = node.list("'events'", scope.faults) else { return nil }
    defer { isComplete = lines.count == items.count }
    for (index, item) in items.enumerated() {
      guard let entries = item.mapping("an event", scope.faults) else { continue }
      guard let time = entries.last(where: { $0.key == "time" }) else {
        scope.report(item.place, "missing key 'time' in an event")
        continue
      }
      guard let text = time.value.text("'time' of an event", scope.faults) else { continue }
      reportUnwritable(item, scope)
      guard let moment = eventTime(text) else {
        scope.report(
          time.value.place, "'time' of an event is no time: '\(text)'",
          hint: "such as 2026-03-01T09:00:00Z")
        continue
      }
      latest = max(latest ?? moment, moment)
      lines.append(line(entries, number: index + 1))
    }
  }

  /// Reports a number that JSON has no way to write.
  private func reportUnwritable(_ node: YAMLNode, _ scope: Scope) {
    switch node.value {
    case .notFinite:
      scope.report(node.place, "an event cannot say \(node.written)")
    case .list(let items):
      for item in items { reportUnwritable(item, scope) }
    case .mapping(let entries):
      for entry in entries { reportUnwritable(entry.value, scope) }
    default: break
    }
  }

  /// Fills in what identifies the event where the example leaves it out.
  private func line(_ entries: [YAMLNode.Entry], number: Int) -> String {
    var members: [String] = []
    if !entries.contains(where: { $0.key == "id" }) {
      members.append("\"id\":\"example-\(number)\"")
    }
    if needsLead(entries), !entries.contains(where: { $0.key == "lead" }) {
      members.append("\"lead\":\(jsonString(Example.lead))")
    }
    members += entries.map { "\(jsonString($0.key)):\($0.value.json)" }
    return "{\(members.joined(separator: ","))}"
  }
}

/// Whether an event is about a lead, and not about the account that it names.
private func needsLead(_ entries: [YAMLNode.Entry]) -> Bool {
  let type = entries.last { $0.key == "type" }?.value.written
  switch EventKind.allCases.first(where: { $0.type == type }) {
  case .accountProfile, .accountMerge: return false
  case .withdraw: return !entries.contains { $0.key == "account" }
  default: return true
  }
}

extension YAMLNode {
  /// The value as JSON; what has been reported as unwritable is null.
  fileprivate var json: String {
    switch value {
    case .null, .notFinite, .unusable: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .number(let number): number
    case .text(let text): jsonString(text)
    case .list(let items): "[\(items.map(\.json).joined(separator: ","))]"
    case .mapping(let entries):
      "{\(entries.map { "\(jsonString($0.key)):\($0.value.json)" }.joined(separator: ","))}"
    }
  }
}
