import Foundation

/// A file of the repository.
struct SourceFile {
  /// Below the repository's root.
  let path: String
  let text: String

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The files with an ending below a folder, in order, but for hidden ones and what is built.
  static func all(in folder: String, ending: String) throws -> [SourceFile] {
    let top = folder.isEmpty ? root : "\(root)/\(folder)"
    var files: [SourceFile] = []
    guard let paths = FileManager.default.enumerator(atPath: top) else { return [] }
    for case let path as String in paths {
      if path.hasPrefix(".") || path.contains("/.") {
        paths.skipDescendants()
      } else if path.hasSuffix(ending) {
        let text = try String(contentsOfFile: "\(top)/\(path)", encoding: .utf8)
        files.append(SourceFile(path: folder.isEmpty ? path : "\(folder)/\(path)", text: text))
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  var lines: [String] { text.components(separatedBy: "\n") }

  /// The modules that it imports, each with its line.
  var imports: [(module: String, line: Int)] {
    let levels: Set = ["public", "package", "internal", "private"]
    return SwiftText(text).lines.enumerated().compactMap { number, line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"),
        words[..<place].allSatisfy({ $0.hasPrefix("@") || levels.contains(String($0)) }),
        let module = words.last?.split(separator: ".").first
      else { return nil }
      return (String(module), number + 1)
    }
  }
}
