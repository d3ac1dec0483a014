import Notation

/// One value of a definition's text replaced, or one key added, and nothing else touched.
struct SettingEdit {
  let text: String
  let before: String?
  let after: String

  private let setting: Setting
  private let file: String

  /// - Throws: `SettingFault` where the path leads nowhere or the value is none.
  init(_ setting: Setting, text: String, file: String) throws {
    self.setting = setting
    self.file = file
    let faults = FaultCollector(file: file)
    guard let root = parseYAML(text, faults), faults.isEmpty else {
      throw DefinitionFaults(faults, text: text)
    }
    // What the parser counts columns in has no byte order mark.
    let mark = text.unicodeScalars.first == "\u{FEFF}" ? "\u{FEFF}" : ""
    let source = SourceLines(String(text.unicodeScalars.dropFirst(mark.isEmpty ? 0 : 1)))
    let extent = NodeExtent(source)
    let path = NodePath(setting.path, in: root, isFlow: extent.isFlow)
    let value = try SettingValue(setting)
    after = value.node.inOneLine

    var draft = Draft(source)
    let wanted: YAMLNode
    if path.isWholeRule, case .mapping = value.node.value {
      // A rule in braces would be read as one with settings of its own.
      before = path.node.inOneLine
      draft.replace(
        extent.range(of: path.node), by: "{ points: \(value.written(inFlow: true)) }")
      wanted = root.replacing(path.trail, by: path.rule(of: value.node))
    } else if path.rest.isEmpty || path.isWholeRule {
      before = path.node.inOneLine
      draft.replace(extent.range(of: path.node), by: value.written(inFlow: path.isInFlow))
      wanted = root.replacing(path.trail, by: value.node)
    } else if path.isPlainRule, path.rest.count == 1 {
      // A rule that is nothing but its points becomes a mapping with one thing more.
      before = nil
      draft.replace(
        extent.range(of: path.node),
        by: "{ points: \(path.node.written), \(path.rest[0]): \(value.written(inFlow: true)) }")
      wanted = root.replacing(path.trail, by: path.ruleWithOneMore(value.node))
    } else if case .mapping(let entries) = path.node.value {
      before = nil
      var (key, value) = (path.rest.joined(separator: "."), value)
      if path.isNewSection {
        // The section comes with it.
        key = path.rest[0]
        value = try SettingValue(
          Setting(path: key, value: "{ \(path.rest[1]): \(value.written(inFlow: true)) }"))
      }
      draft.add(
        key, value, to: path.node, last: entries.last?.value, extent,
        isInFlow: path.isInFlow || extent.isFlow(path.node))
      let entry = YAMLNode.Entry(key: key, place: path.node.place, value: value.node)
      wanted = root.replacing(
        path.trail, by: YAMLNode(.mapping(entries + [entry]), at: path.node.place))
    } else {
      throw SettingEdit.wrongPath(setting, path, file)
    }
    guard let edited = draft.text,
      let result = parseYAML(edited, FaultCollector(file: file)), result.saysTheSame(as: wanted)
    else {
      if !path.rest.isEmpty { throw SettingEdit.wrongPath(setting, path, file) }
      throw SettingFault(
        message: "--set \(setting.path): \(file):\(path.place.line): what stands there cannot be "
          + "replaced where it stands", hint: "change the file by hand")
    }
    self.text = mark + edited
  }

  /// - Throws: `SettingFault` where a fault says that a key that was added may not stand there.
  static func checkNewKey(
    _ setting: Setting, among faults: [DefinitionFault], before: String, after: String,
    _ file: String
  ) throws {
    let collector = FaultCollector(file: file)
    guard let old = parseYAML(before, collector), let new = parseYAML(after, collector) else {
      return
    }
    let place = NodePath(setting.path, in: new) { _ in false }.place
    guard let fault = faults.first(where: { $0.line == place.line && $0.column == place.column })
    else { return }
    let path = NodePath(setting.path, in: old) { _ in false }
    var wrong = wrongPath(setting, path, file)
    wrong.hint = wrong.hint ?? fault.hint
    throw wrong
  }

  /// What is wrong with a path: how far it leads, and what is there.
  private static func wrongPath(_ setting: Setting, _ path: NodePath, _ file: String)
    -> SettingFault
  {
    let names = path.node.childNames
    let missing = path.rest.first ?? ""
    let owner = path.taken.isEmpty ? "the definition" : "'\(path.taken.joined(separator: "."))'"
    let what =
      names.isEmpty
      ? "\(owner) is \(path.node.kind), so nothing in it is called '\(missing)'"
      : "\(owner) has no '\(missing)'"
    let whole = path.rest.joined(separator: ".")
    let near = nearest(to: whole, among: names) ?? nearest(to: missing, among: names)
    let hints = [
      near.map { "did you mean '\($0)'?" },
      names.isEmpty
        ? nil
        : "there are: \(names.prefix(30).joined(separator: ", "))\(names.count > 30 ? " …" : "")",
    ].compactMap { $0 }
    return SettingFault(
      message: "--set \(setting.path): \(file):\(path.place.line): \(what)",
      hint: hints.isEmpty ? nil : hints.joined(separator: " "))
  }
}

extension NodePath {
  /// Whether it leads to the points of a rule that is nothing but its points.
  fileprivate var isWholeRule: Bool { isPlainRule && rest == ["points"] }

  /// Whether it leads into a section of a few words that is not there.
  fileprivate var isNewSection: Bool {
    taken.isEmpty && rest.count == 2 && Definition.sectionsOfWords.contains(rest[0])
  }

  fileprivate var isPlainRule: Bool {
    guard taken.count == 4, taken[0] == "scores", taken[2] == "points" else { return false }
    if case .number = node.value { return true }
    return false
  }

  fileprivate func rule(of points: YAMLNode) -> YAMLNode {
    YAMLNode(
      .mapping([YAMLNode.Entry(key: "points", place: place, value: points)]), at: place)
  }

  fileprivate func ruleWithOneMore(_ value: YAMLNode) -> YAMLNode {
    let points = YAMLNode.Entry(key: "points", place: place, value: node)
    let other = YAMLNode.Entry(key: rest[0], place: place, value: value)
    return YAMLNode(.mapping([points, other]), at: place)
  }
}

/// A value as it was given, and as it is written into a text.
struct SettingValue {
  let node: YAMLNode
  private let text: String

  init(_ setting: Setting) throws {
    func fault(_ what: String, _ hint: String?) -> SettingFault {
      SettingFault(message: "--set \(setting.path)=\(setting.value): \(what)", hint: hint)
    }
    let faults = FaultCollector(file: "--set")
    let source = SourceLines(setting.value)
    guard let node = parseYAML(setting.value, faults), faults.isEmpty else {
      let first = faults.found.first.first
      throw fault(first?.message ?? "no value", first?.hint)
    }
    if node.written.isEmpty, case .null = node.value {
      throw fault("no value", "write --set \(setting.path)=VALUE")
    }
    let extent = NodeExtent(source)
    switch node.value {
    case .list, .mapping:
      guard extent.isFlow(node) else {
        throw fault("a value in one line", "put a list in [ ] and a mapping in { }")
      }
    default: break
    }
    guard !setting.value.unicodeScalars.contains("\n"), let range = extent.range(of: node) else {
      throw fault("a value in one line", nil)
    }
    self.node = node
    var text = ""
    text.unicodeScalars.append(contentsOf: source.scalars[range])
    self.text = text
  }

  /// Within brackets, what would end a plain text there needs quotes.
  func written(inFlow: Bool) -> String {
    guard inFlow, case .text(let plain) = node.value, text == plain,
      plain.unicodeScalars.contains(where: { ",[]{}".unicodeScalars.contains($0) })
    else { return text }
    return
      "'\(plain.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
  }
}

/// A text that is being edited.
private struct Draft {
  private let source: SourceLines
  /// Nil after an edit that could not be made.
  private(set) var text: String?

  init(_ source: SourceLines) {
    self.source = source
  }

  mutating func replace(_ range: Range<Int>?, by written: String) {
    guard let range else { return }
    var scalars = source.scalars
    // What stood there may be nothing, right behind its key's colon.
    let isTight = range.isEmpty && range.lowerBound > 0 && scalars[range.lowerBound - 1] == ":"
    scalars.replaceSubrange(range, with: ((isTight ? " " : "") + written).unicodeScalars)
    set(scalars)
  }

  /// Adds a key behind the last one of a mapping: in the same line within braces, else in one of its
  /// own.
  mutating func add(
    _ key: String, _ value: SettingValue, to mapping: YAMLNode, last: YAMLNode?,
    _ extent: NodeExtent, isInFlow: Bool
  ) {
    let entry = "\(key): \(value.written(inFlow: isInFlow))"
    guard let last else { return replace(extent.range(of: mapping), by: "{ \(entry) }") }
    guard var at = extent.range(of: last)?.upperBound else { return }
    var scalars = source.scalars
    if extent.isFlow(mapping) {
      scalars.insert(contentsOf: ", \(entry)".unicodeScalars, at: at)
    } else {
      while at < scalars.count, scalars[at] != "\n", scalars[at] != "\r" { at += 1 }
      let lineBreak = at < scalars.count && scalars[at] == "\r" ? "\r\n" : "\n"
      let indent = String(repeating: " ", count: mapping.place.column - 1)
      scalars.insert(contentsOf: "\(lineBreak)\(indent)\(entry)".unicodeScalars, at: at)
    }
    set(scalars)
  }

  private mutating func set(_ scalars: [Unicode.Scalar]) {
    var edited = ""
    edited.unicodeScalars.append(contentsOf: scalars)
    text = edited
  }
}
