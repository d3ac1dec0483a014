import Foundation
import Snapshots
import TestFiles
import Testing

@Suite("old snapshots that are pruned") struct PruningTests {
  private let folder: TemporaryFolder
  private let names: [String]

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    names = try (1...5).map { try folder.publish(asOf: $0 * 86_400_000) }
  }

  private func prune(
    _ rules: KeepRules, definition: String? = nil, isRehearsal: Bool = false
  ) throws -> PruneReport {
    try PublishedSnapshots.prune(
      in: folder.snapshots, rules, definition: definition, isRehearsal: isRehearsal)
  }

  private func left() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.snapshots).sorted()
  }

  @Test("what no rule wants goes, the oldest first, and a rehearsal only says so")
  func goes() throws {
    #expect(try prune(KeepRules()) == PruneReport())
    let rehearsed = try prune(KeepRules(last: 2), isRehearsal: true)
    #expect(rehearsed.removed == Array(names[..<3]) && rehearsed.inUse == [])
    #expect(try left() == names + ["latest"])
    #expect(try prune(KeepRules(last: 2)) == rehearsed)
    #expect(try left() == names[3...] + ["latest"])
    #expect(try prune(KeepRules(last: 2)) == PruneReport())
  }

  @Test("what `latest` or the file `keep` names stays, and what no manifest tells of")
  func kept() throws {
    unlink("\(folder.snapshots)/latest")
    symlink(names[0], "\(folder.snapshots)/latest")
    try folder.write(
      Array("# for the auditors\n \(names[1]) # until May\n".utf8), to: "snapshots/keep")
    unlink("\(folder.snapshots)/\(names[2])/manifest.json")
    #expect(try prune(KeepRules(last: 1)).removed == [names[3]])
    #expect(try left() == [names[0], names[1], names[2], names[4], "keep", "latest"])
  }

  @Test("each definition's snapshots are counted on their own")
  func definitions() throws {
    let others = try [6, 7].map { try folder.publish("other", asOf: $0 * 86_400_000) }
    #expect(try prune(KeepRules(last: 1), definition: "other").removed == [others[0]])
    #expect(try prune(KeepRules(last: 1)).removed == Array(names[..<4]))
    #expect(try left() == [names[4], others[1], "latest"])
  }

  @Test("a snapshot that somebody holds by a lock on its manifest stays until it is let go")
  func held() throws {
    let hold = try SnapshotHold(try #require(PublishedSnapshot(names[0], in: folder.snapshots)))
    let first = try prune(KeepRules(last: 1))
    #expect(first.removed == Array(names[1..<4]) && first.inUse == [names[0]])
    hold.release()
    let second = try prune(KeepRules(last: 1))
    #expect(second.removed == [names[0]] && second.inUse == [])
    #expect(try left() == [names[4], "latest"])
  }
}
