import Engine
import Foundation
import Testing

@Suite("the definitions in pipelines/")
struct PipelineTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("pipelines").path

  /// The files that are there, so that a new one is tested without being named here.
  private static let files: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?
    .filter { $0.hasSuffix(".yaml") }.sorted() ?? []

  @Test("those that people are pointed to are there")
  func areThere() {
    for name in [
      "b2b", "dynamics", "eloqua", "hubspot", "marketo", "mautic", "newsletter", "pardot",
      "product-led", "shop",
    ] {
      #expect(Self.files.contains("\(name).yaml"))
    }
  }

  @Test("each is sound, and proves itself by examples that come out", arguments: files)
  func provesItself(_ file: String) throws {
    let definition = try loadDefinition("\(Self.folder)/\(file)")
    #expect(definition.examples.count >= 3 && definition.warnings.isEmpty)
    for failure in try failures(ofExamplesIn: definition) {
      Issue.record("\(file):\(failure.line): '\(failure.example)': \(failure.message)")
    }
  }
}
