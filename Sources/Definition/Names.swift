/// What a definition declares, so that each reference can be resolved wherever it stands.
///
/// Gathered before anything is looked at closely: what is declared but wrong is still declared, and
/// so its mistakes are reported once, not at each mention.
struct Names {
  let journey: NameList
  let interactions: NameList
  let scores: NameList
  let grades: NameList
  /// By grade, best first.
  let letters: [NameList]
  /// By grade.
  let isLadder: [Bool]
  let personaGroups: NameList
  /// By group.
  let personas: [NameList]
  let lists: NameList
  let touches: NameList
  let accountScores: NameList
  let accountLists: NameList
  let asksNPS: Bool
  let excludes: Bool
  /// By which dates and times in the definition are read.
  let clock: WallClock

  /// Takes what it can and reports nothing; those who load each part do.
  init(_ root: YAMLNode) {
    journey = NameList(root["journey"]?.items.compactMap(\.textIfAny) ?? [])
    interactions = NameList(root["interactions"]?.keys ?? [])
    scores = NameList(root["scores"]?.keys ?? [])
    lists = NameList(root["lists"]?.keys ?? [])
    touches = NameList(root["touches"]?.keys ?? [])
    accountScores = NameList(root["accounts"]?["scores"]?.keys ?? [])
    accountLists = NameList(root["accounts"]?["lists"]?.keys ?? [])
    asksNPS = root["nps"] != nil
    excludes = root["exclude"] != nil
    let timezone = root["timezone"]?.textIfAny ?? "UTC"
    clock = WallClock(timezone: isTimezone(timezone) ? timezone : "UTC")
    let grades = root["grades"]?.entries ?? []
    self.grades = NameList(grades.map(\.key))
    isLadder = grades.map { $0.value["start"] != nil }
    letters = zip(grades, isLadder).map { grade, isLadder in
      NameList(isLadder ? Grade.ladder.reversed() : grade.value["letters"]?.keys ?? [])
    }
    let groups = root["personas"]?.entries ?? []
    personaGroups = NameList(groups.map(\.key))
    personas = groups.map { group in
      NameList(
        group.value.items.compactMap { $0["name"]?.textIfAny }
          + (group.value["highest"]?.keys ?? []))
    }
  }
}

extension YAMLNode {
  /// None where it is no mapping.
  var entries: [Entry] {
    if case .mapping(let entries) = value { entries } else { [] }
  }

  /// None where it is no list.
  var items: [YAMLNode] {
    if case .list(let items) = value { items } else { [] }
  }

  fileprivate var keys: [String] { entries.map(\.key) }

  fileprivate var textIfAny: String? {
    if case .text(let text) = value { text } else { nil }
  }

  subscript(key: String) -> YAMLNode? {
    entries.last { $0.key == key }?.value
  }
}

/// Returns whether a text can be a name: `[a-z0-9][a-z0-9_-]*`.
func isName(_ text: String) -> Bool {
  guard let first = text.utf8.first, first != UInt8(ascii: "_"), first != UInt8(ascii: "-") else {
    return false
  }
  return text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
