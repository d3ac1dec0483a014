/// What a definition declares, so that each reference can be resolved wherever it stands.
///
/// Gathered before anything is looked at closely: what is declared but wrong is still declared, and
/// so its mistakes are reported once, not at each mention.
struct Names {
  var journey: [String] = []
  var interactions: [String] = []
  var scores: [String] = []
  var grades: [GradeName] = []
  var personas: [GroupName] = []
  var lists: [String] = []
  var touches: [String] = []
  var asksNPS = false
  var excludes = false
  /// By which dates and times in the definition are read.
  var clock = WallClock(timezone: "UTC")

  struct GradeName {
    package var name: String
    /// Best first.
    var letters: [String]
    var isLadder: Bool
  }

  struct GroupName {
    package var name: String
    var personas: [String]
  }

  /// Takes what it can and reports nothing; those who load each part do.
  init(_ root: YAMLNode) {
    journey = root["journey"]?.items.compactMap(\.textIfAny) ?? []
    interactions = root["interactions"]?.keys ?? []
    scores = root["scores"]?.keys ?? []
    lists = root["lists"]?.keys ?? []
    touches = root["touches"]?.keys ?? []
    asksNPS = root["nps"] != nil
    excludes = root["exclude"] != nil
    if let timezone = root["timezone"]?.textIfAny, isTimezone(timezone) {
      clock = WallClock(timezone: timezone)
    }
    grades = (root["grades"]?.entries ?? []).map { entry in
      let isLadder = entry.value["start"] != nil
      let letters = isLadder ? Grade.ladder.reversed() : entry.value["letters"]?.keys ?? []
      return GradeName(name: entry.key, letters: letters, isLadder: isLadder)
    }
    personas = (root["personas"]?.entries ?? []).map { entry in
      GroupName(
        name: entry.key, personas: entry.value.items.compactMap { $0["name"]?.textIfAny })
    }
  }
}

extension YAMLNode {
  fileprivate var entries: [Entry] {
    if case .mapping(let entries) = value { entries } else { [] }
  }

  fileprivate var items: [YAMLNode] {
    if case .list(let items) = value { items } else { [] }
  }

  fileprivate var keys: [String] { entries.map(\.key) }

  fileprivate var textIfAny: String? {
    if case .text(let text) = value { text } else { nil }
  }

  fileprivate subscript(key: String) -> YAMLNode? {
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
