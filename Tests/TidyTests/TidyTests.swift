import Foundation
import Testing

/// Files that anybody can take in, and pages whose links lead somewhere.
@Suite("Tidiness") struct TidyTests {
  private static let fileLineCountMax = 400
  /// A room that is larger is two.
  ///
  /// Audit is next to be cut: moments could leave histories.
  private static let roomLineCountMax = 7200

  @Test("nothing is left to do in the sources")
  func leftovers() throws {
    // Spelled in two halves, so that this file does not name itself.
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    let files = try ["Sources", "Tests"].flatMap { try SourceFile.all(in: $0, ending: ".swift") }
    for file in files {
      for (number, line) in file.lines.enumerated() where marks.contains(where: line.contains) {
        Issue.record("\(file.path):\(number + 1): do it or drop it")
      }
    }
  }

  @Test("no file is a giant, and no room")
  func sizes() throws {
    for target in try Target.all() {
      let counts = try target.files().map { (path: $0.path, lines: $0.lines.count) }
      #expect(try !counts.isEmpty || target.isC, "\(target.folder)")
      for (path, lines) in counts where lines > Self.fileLineCountMax {
        Issue.record("\(path): \(lines) lines; at most \(Self.fileLineCountMax)")
      }
      let sum = counts.reduce(0) { $0 + $1.lines }
      #expect(!target.isRoom || sum <= Self.roomLineCountMax, "\(target.folder)")
    }
  }

  @Test("every relative link of every Markdown page leads to a file")
  func markdown() throws {
    let pages = try SourceFile.all(in: "", ending: ".md")
    #expect(!pages.isEmpty)
    for page in pages {
      let folder = (page.path as NSString).deletingLastPathComponent
      for link in links(page.text) {
        let target = link.hasPrefix("/") ? link : "/\(folder)/\(link)"
        let isThere = FileManager.default.fileExists(atPath: SourceFile.root + target)
        #expect(isThere, "\(page.path): \(link)")
      }
    }
  }

  /// The targets of the links in a Markdown text that lead to files.
  private func links(_ text: String) -> [String] {
    var isFenced = false
    var found: [String] = []
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isFenced.toggle() }
      if isFenced { continue }
      let prose = line.replacingOccurrences(
        of: "`[^`]*`", with: "", options: .regularExpression)
      for part in prose.components(separatedBy: "](").dropFirst() {
        let target = part.components(separatedBy: ")")[0].components(separatedBy: " ")[0]
          .components(separatedBy: "#")[0]
        if target.isEmpty || target.contains(":") { continue }
        found.append(target.removingPercentEncoding ?? target)
      }
    }
    return found
  }

  @Test("links are read as they are written")
  func reading() {
    let page = """
      [a](a.md) and [b](../b.md#part), not [c](https://example.com) nor [d](#here) nor `[e](e)`
      ```
      [f](f.md)
      ```
      ![g](g%20h.png "title")
      """
    #expect(links(page) == ["a.md", "../b.md", "g h.png"])
  }
}
