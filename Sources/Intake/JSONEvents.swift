/// JSON objects of any kind: each is an event, made as the choices say.
///
/// A member's value is the first of its paths that has one; a scalar keeps its kind. The member `properties` takes
/// all scalars of the object that its path leads to, `fields` all of them as attributes.
struct JSONEvents: ObjectMapping {
  private enum Source {
    case text(String)
    /// Several are joined by a space.
    case paths([JSONPath])
  }

  let wrapperNames: [String]
  private let choices: MemberChoices
  private let members: [(name: String, sources: [Source])]
  private let names: Set<String>

  init(_ choices: MemberChoices) {
    self.choices = choices
    wrapperNames = choices.wrapper.map { [$0] } ?? []
    names = Set(choices.names)
    members = choices.names.map { name in
      let sources = choices.members.filter { $0.name == name }.map { _, source -> Source in
        switch source {
        case .text(let text): .text(text)
        case .column(let path): .paths(partsOfSum(path).map(JSONPath.init))
        }
      }
      return (name, sources)
    }
  }

  func map(_ record: JSONObject, madeID: () -> String) -> MappedRecord {
    var line = EventLine()
    var fields: [JSONObject.Member] = []
    var properties: [JSONObject.Member] = []
    var mapped = MappedRecord(kind: nil, outcome: .events([]))
    var id: String?
    for (name, sources) in members {
      switch name {
      case "properties": properties += objects(sources, in: record)
      case "fields": fields += objects(sources, in: record)
      case "time":
        guard let text = value(of: name, sources, in: record)?.key else { continue }
        guard let time = choices.times.rfc3339(text) else {
          var refused = MappedRecord.refused("time")
          refused.hint = choices.times.hint(text)
          return refused
        }
        line.add("time", time)
      case _ where identityNames.contains(name):
        let keys = sources.compactMap { value(of: name, [$0], in: record)?.key }
        mapped.placeholderCount += keys.count(where: isPlaceholder)
        let key = keys.first { !isPlaceholder($0) }
        if name == "id" { id = key.map(MadeIDs.given) } else { line.add(name, key) }
      case "type": line.add(name, value(of: name, sources, in: record)?.key)
      case _ where name.hasPrefix("fields."):
        guard let value = value(of: name, sources, in: record) else { continue }
        fields.append(.init(name: String(name.dropFirst(7)), value: value))
      default: line.add(name, value(of: name, sources, in: record))
      }
    }
    line.addFields(fields)
    line.addProperties(properties.filter { !names.contains($0.name) })
    line.add("id", id ?? madeID())
    mapped = MappedRecord(
      kind: nil, outcome: .events([line.finish()]), placeholderCount: mapped.placeholderCount)
    return mapped
  }

  private func objects(_ sources: [Source], in record: JSONObject) -> [JSONObject.Member] {
    for case .paths(let paths) in sources {
      switch paths[0].value(in: record) {
      case .object(let object):
        return object.members.map { .init(name: $0.name, value: $0.value.scalar ?? $0.value) }
      case .array(let values):
        // `[{"key": "plan", "value": {"string_value": "team"}}]`, as GA4 has it.
        return values.compactMap { value in
          guard let object = value.object, let name = object.key("key", "name"),
            let scalar = object["value"]?.scalar
          else { return nil }
          return .init(name: name, value: scalar)
        }
      default: continue
      }
    }
    return []
  }

  private func value(of name: String, _ sources: [Source], in record: JSONObject) -> JSONValue? {
    for source in sources {
      let given: JSONValue? =
        switch source {
        case .text(let text): .string(text)
        case .paths(let paths) where paths.count == 1: paths[0].value(in: record)?.scalar
        case .paths(let paths): joined(paths, in: record)
        }
      guard let given else { continue }
      guard case .string(let text) = given else {
        if choices.isPlain(name) { return given }
        guard let key = given.key, let value = choices.value(key, of: name) else { return given }
        return value == key ? given : .string(value)
      }
      if let value = choices.value(text.trimmingSpaces, of: name) { return .string(value) }
    }
    return nil
  }

  private func joined(_ paths: [JSONPath], in record: JSONObject) -> JSONValue? {
    let texts = paths.compactMap { $0.value(in: record)?.scalar?.key }
    return texts.isEmpty ? nil : .string(texts.joined(separator: " "))
  }
}
