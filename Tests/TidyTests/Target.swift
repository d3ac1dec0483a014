import Foundation

/// A target as Package.swift has it, which is read as the text it is.
struct Target {
  enum Kind: String {
    case library = "target", executable = "executableTarget", test = "testTarget"
  }

  let kind: Kind
  let name: String
  /// Its folder below the repository's root.
  let folder: String
  /// What it may import, of ours and of others.
  let dependencies: Set<String>

  /// Whether it is a part of the program, not of its tests.
  var isRoom: Bool { folder.hasPrefix("Sources/") }

  static func all() throws -> [Target] {
    let path = "\(SourceFile.root)/Package.swift"
    return all(in: try String(contentsOfFile: path, encoding: .utf8))
  }

  static func all(in package: String) -> [Target] {
    // A target begins a line; what depends on another only mentions it, within one.
    package.components(separatedBy: "\n    .").dropFirst().compactMap { text in
      guard let kind = Kind(rawValue: text.components(separatedBy: "(")[0]),
        let name = quoted(text, behind: "name: ", upTo: "\n").first
      else { return nil }
      let folder = kind == .test ? "Tests/\(name)" : "Sources/\(name)"
      return Target(
        kind: kind, name: name,
        folder: quoted(text, behind: " path: ", upTo: "\n").first ?? folder,
        dependencies: Set(dependencies(text)))
    }
  }

  private static func dependencies(_ text: String) -> [String] {
    var text = text
    // Which package a product is of, and when a target is wanted, is nothing to import.
    for aside in [#"package: "[^"]*""#, #"\.when\([^)]*\)"#] {
      text = text.replacingOccurrences(of: aside, with: "", options: .regularExpression)
    }
    return quoted(text, behind: "dependencies: [", upTo: "]")
  }

  /// What stands in quotes between the first of two marks and the next other one.
  private static func quoted(_ text: String, behind start: String, upTo end: String) -> [String] {
    guard let found = text.range(of: start) else { return [] }
    let parts = text[found.upperBound...].components(separatedBy: end)[0]
      .components(separatedBy: "\"")
    return parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
  }

  /// Whether there is no Swift in it.
  var isC: Bool {
    get throws { try files().isEmpty && !SourceFile.all(in: folder, ending: ".c").isEmpty }
  }

  func files() throws -> [SourceFile] { try SourceFile.all(in: folder, ending: ".swift") }
}
