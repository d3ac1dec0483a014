import Notation

/// Names in their order, each found without a look at the others.
struct NameList: Sendable, ExpressibleByArrayLiteral {
  let all: [String]
  private let places: [String: Int]
  private let alike: [PatternKey: Int]

  init(_ all: [String]) {
    self.all = all
    var places: [String: Int] = [:]
    var alike: [PatternKey: Int] = [:]
    for (index, name) in all.enumerated() {
      places[name] = places[name] ?? index
      for key in Predicate.Pattern.text(Glob(name)).keysOfWhatItMatches {
        alike[key] = alike[key] ?? index
      }
    }
    self.places = places
    self.alike = alike
  }

  init(arrayLiteral names: String...) { self.init(names) }

  var isEmpty: Bool { all.isEmpty }

  /// Returns the index of the first of that name.
  func firstIndex(of name: String) -> Int? { places[name] }

  /// Returns the index of the first that is the same but for case.
  func firstIndex(ignoringCaseOf name: String) -> Int? {
    alike[Predicate.Pattern.text(Glob(name)).key]
  }

  /// Whether a pattern matches one of them.
  func hasMatch(of pattern: Predicate.Pattern) -> Bool {
    if case .text(let glob) = pattern, !glob.isLiteral { return all.contains { glob.matches($0) } }
    return alike[pattern.key] != nil
  }
}
