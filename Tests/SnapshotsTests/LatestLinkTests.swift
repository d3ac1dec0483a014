import Foundation
import Snapshots
import Testing

@Suite("whom `latest` follows") struct LatestLinkTests {
  private let root: String

  init() {
    root =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("scorebook-latest-\(UUID().uuidString)").path
  }

  /// Publishes a snapshot without files, on a day of January 1970.
  private func publish(
    _ definition: String, day: Int64, movesLatest: Bool = false
  ) throws -> PublishedDraft {
    let draft = try SnapshotDraft(
      in: root, asOfName: "1970010\(day)T000000Z",
      manifest: Manifest(
        engine: "test", asOf: (day - 1) * 86_400_000, knownAt: nil,
        definition: .init(name: definition, text: "name: \(definition)"), segments: []))
    return try draft.publish(movesLatest: movesLatest)
  }

  private func latest() -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/latest")
  }

  private func remove() { try? FileManager.default.removeItem(atPath: root) }

  @Test(
    "the first snapshot, and those of its definition's name; of another name only if it is told")
  func names() throws {
    defer { remove() }
    let first = try publish("a", day: 2)
    #expect(first.isNews && first.latestStays == nil && latest() == first.name)
    // Also one with an earlier as-of: it was published last.
    let second = try publish("a", day: 1)
    #expect(second.isNews && latest() == second.name)
    let other = try publish("b", day: 3)
    #expect(!other.isNews && latest() == second.name)
    #expect(other.latestStays?.snapshot == second.name && other.latestStays?.definition == "a")
    #expect(FileManager.default.fileExists(atPath: "\(root)/\(other.name)/manifest.json"))
    let moved = try publish("b", day: 3, movesLatest: true)
    #expect(moved.name == other.name && moved.isNews && latest() == other.name)
    #expect(try !publish("b", day: 3).isNews)
    // From now on it is the other one that is followed.
    #expect(try publish("a", day: 4).latestStays?.definition == "b")
    #expect(try publish("b", day: 5).isNews)
  }

  enum Damage: CaseIterable {
    case gone, empty, changed, file, folder
  }

  @Test(
    "where it leads nowhere, or to what is damaged, any snapshot takes it",
    arguments: Damage.allCases)
  func damaged(damage: Damage) throws {
    defer { remove() }
    let files = FileManager.default
    let first = try publish("a", day: 1)
    let manifest = "\(root)/\(first.name)/manifest.json"
    switch damage {
    case .gone: try files.removeItem(atPath: "\(root)/\(first.name)")
    case .empty: try files.removeItem(atPath: manifest)
    case .changed:
      let text = try String(contentsOfFile: manifest, encoding: .utf8)
      try text.replacing("name: a", with: "name: c").write(
        toFile: manifest, atomically: true, encoding: .utf8)
    case .file:
      try files.removeItem(atPath: "\(root)/latest")
      try Data("a".utf8).write(to: URL(fileURLWithPath: "\(root)/latest"))
    case .folder:
      try files.removeItem(atPath: "\(root)/latest")
      try files.copyItem(atPath: "\(root)/\(first.name)", toPath: "\(root)/latest")
    }
    let other = try publish("b", day: 2)
    #expect(other.isNews && other.latestStays == nil && latest() == other.name)
    let aside = try files.contentsOfDirectory(atPath: root).filter { $0.hasPrefix(".") }
    #expect(aside.count == (damage == .folder ? 1 : 0))
    #expect(aside.allSatisfy { $0.hasPrefix(".damaged-") && $0.hasSuffix("-latest") })
  }

  @Test(
    "a link that somebody wrote with more of the path is followed, and what it leads to not pruned")
  func byHand() throws {
    defer { remove() }
    let first = try publish("a", day: 1)
    _ = try publish("a", day: 2)
    for target in ["./\(first.name)", "\(root)/\(first.name)"] {
      unlink("\(root)/latest")
      symlink(target, "\(root)/latest")
      #expect(try publish("b", day: 3).latestStays?.snapshot == first.name)
      #expect(LatestLink.snapshot(in: root)?.manifest.definition.name == "a")
      let pruned = try PublishedSnapshots.prune(in: root, KeepRules(last: 1))
      #expect(pruned.removed == [])
    }
  }
}
