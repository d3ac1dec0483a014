import Yams

/// Returns the one document of a YAML text, or nil after a fault that leaves nothing to look at.
///
/// Keys given twice, anchors and tags are reported; the nodes they spoil are `unusable`.
func parseYAML(_ text: String, _ faults: FaultCollector) -> YAMLNode? {
  // A byte order mark would shift the first line's columns.
  var source = SourceLines(
    text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
  var masks: [Place: KeyMask] = [:]
  while true {
    do {
      // Nodes hold their anchors weakly; the parser keeps them.
      let parser = try Parser(yaml: source.text, resolver: .basic)
      return try withExtendedLifetime(parser) {
        try singleDocument(of: parser, masks, faults)
      }
    } catch YamlError.duplicatedKeysInMapping(_, let context) {
      let place = Place(context.mark)
      // Yams stops at the first such mapping. Hidden, one of the two keys no longer stops it, and
      // what else is wrong comes to light; `YAMLNode` reports the pair.
      // Each pair costs another look at the whole text, so after many of them, or in a long text after a few,
      // one more is enough.
      guard masks.count < maskCountMax, masks.count * source.scalars.count < maskedTextMax,
        let mask = KeyMask(place, number: masks.count, in: source), masks[place] == nil
      else {
        faults.report(place, "a key is given twice in one mapping")
        return nil
      }
      masks[place] = mask
      source.replace(at: mask.offset, by: mask.scalar)
    } catch {
      reportSyntaxFault(error, source, faults)
      return nil
    }
  }
}

/// How many pairs of equal keys are told in one go (a guess: nobody mends more before the next look).
private let maskCountMax = 100
/// How much text is looked at again for their sake (8 Mi characters, a guess: some seconds).
private let maskedTextMax = 1 << 23

private func singleDocument(
  of parser: Parser, _ masks: [Place: KeyMask], _ faults: FaultCollector
) throws -> YAMLNode? {
  guard let root = try parser.nextRoot() else {
    faults.report(Place(line: 1, column: 1), "the file is empty; a definition is a mapping")
    return nil
  }
  let node = YAMLNode(root, masks, faults)
  if let second = try parser.nextRoot() {
    faults.report(
      Place(second.mark), "a second document begins here; a file holds one definition")
  }
  return node
}

/// A scalar put in the place of one character of a key that is given twice.
struct KeyMask {
  let offset: Int
  let original: Unicode.Scalar
  /// From the private use areas: YAML reads it as any letter, and no two masks are the same.
  let scalar: Unicode.Scalar

  init?(_ place: Place, number: Int, in source: SourceLines) {
    guard var offset = source.offset(of: place) else { return nil }
    let first = source.scalars[offset]
    // A flow collection, a block scalar or nothing at all cannot lose its first character.
    if "[{?|>:".unicodeScalars.contains(first) { return nil }
    if first == "\"" || first == "'" {
      offset += 1
      guard offset < source.scalars.count, source.scalars[offset] != first else { return nil }
    }
    guard let scalar = Unicode.Scalar(0xF0000 + UInt32(number)), number < 0xFFFD else { return nil }
    self.offset = offset
    self.original = source.scalars[offset]
    self.scalar = scalar
  }

  /// The key as it was.
  func unmask(_ key: String) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: key.unicodeScalars.map { $0 == scalar ? original : $0 })
    return text
  }
}

extension Place {
  init(_ mark: Mark?) {
    self.init(line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
  }
}

/// Reports what keeps a text from being YAML.
private func reportSyntaxFault(_ error: any Error, _ source: SourceLines, _ faults: FaultCollector)
{
  switch error as? YamlError {
  case .scanner(let context, let problem, let mark, _),
    .parser(let context, let problem, let mark, _),
    .composer(let context, let problem, let mark, _):
    let doing = context.map { " \($0.text)" } ?? ""
    let told = SyntaxWords(
      problem + doing, at: Place(mark), opened: context.map { Place($0.mark) }, in: source)
    faults.report(told.place, told.message, hint: told.hint)
  case .reader(let problem, let offset, _, let yaml):
    let index = offset.flatMap {
      yaml.index(yaml.startIndex, offsetBy: $0, limitedBy: yaml.endIndex)
    }
    let scalars = yaml.unicodeScalars.distance(from: yaml.startIndex, to: index ?? yaml.startIndex)
    faults.report(source.place(of: scalars), "this is not YAML: \(problem)")
  default:
    faults.report(Place(line: 1, column: 1), "this is not YAML: \(error)")
  }
}
