import Yams

extension YAMLNode {
  /// Takes over a node of Yams, reporting anchors, tags, and keys that are no text or given twice.
  init(_ node: Node, _ masks: [Place: KeyMask], _ faults: FaultCollector) {
    let place = Place(node.mark)
    // An alias comes as a copy of the node it names, so the anchor is where to stop; going on
    // could take for ever.
    if node.anchor != nil {
      faults.report(place, "anchors and aliases are not allowed; write the value out")
      self.init(.unusable, at: place)
      return
    }
    switch node {
    case .scalar(let scalar):
      self.init(YAMLNode.value(of: scalar, at: place, faults), at: place, written: scalar.string)
    case .sequence(let sequence):
      self.init(.list(sequence.map { YAMLNode($0, masks, faults) }), at: place)
      refuseTag(sequence.tag, "seq", faults)
    case .mapping(let mapping):
      self.init(.mapping(YAMLNode.entries(of: mapping, masks, faults)), at: place)
      refuseTag(mapping.tag, "map", faults)
    case .alias:
      self.init(.unusable, at: place)
    }
  }

  private static let schema = "tag:yaml.org,2002:"

  private static func value(
    of scalar: Node.Scalar, at place: Place, _ faults: FaultCollector
  ) -> Value {
    switch scalar.tag.rawValue {
    // Yams resolves nothing here: a plain scalar has no tag, a quoted one is a string.
    case "":
      guard let text = textBetweenCurlyQuotes(scalar.string) else {
        return resolvePlainScalar(scalar.string)
      }
      faults.report(
        place, "these quotation marks are those of a word processor", hint: "write \"\(text)\"")
      return .unusable
    case schema + "str", "!": return .text(scalar.string)
    default:
      let tag = scalar.tag.rawValue
      faults.report(place, "tag '\(tag)' is not allowed", hint: "only !!str is")
      return .unusable
    }
  }

  private mutating func refuseTag(_ tag: Tag, _ usual: String, _ faults: FaultCollector) {
    guard !["", "!", YAMLNode.schema + usual].contains(tag.rawValue) else { return }
    faults.report(place, "tag '\(tag.rawValue)' is not allowed", hint: "only !!str is")
    value = .unusable
  }

  private static func entries(
    of mapping: Node.Mapping, _ masks: [Place: KeyMask], _ faults: FaultCollector
  ) -> [Entry] {
    var entries: [Entry] = []
    var firstPlaces: [String: Place] = [:]
    for (keyNode, valueNode) in mapping {
      let place = Place(keyNode.mark)
      let value = YAMLNode(valueNode, masks, faults)
      guard let scalar = keyNode.scalar, keyNode.anchor == nil else {
        faults.report(place, "a key must be plain text")
        continue
      }
      let key = masks[place]?.unmask(scalar.string) ?? scalar.string
      if let first = firstPlaces[key] {
        faults.report(place, "key '\(key)' is given twice; the first is on line \(first.line)")
      }
      firstPlaces[key] = firstPlaces[key] ?? place
      entries.append(Entry(key: key, place: place, value: value))
    }
    return entries
  }
}
