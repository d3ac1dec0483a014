import Definition
import Engine
import EventLog
import Files
import Foundation
import Intake
import Reading
import Snapshots
import Workers

/// What came of looking at a book's snapshots.
struct SnapshotFindings: Sendable {
  var counts = VerifyReport.SnapshotCounts()
  var damage: [Damage] = []
  var notes: [String] = []
  /// The definitions that the manifests keep.
  var definitionTexts: Set<String> = []
}

/// Looks at each snapshot: its manifest, its files, and the segments it was made from.
func verifySnapshots(_ plan: VerifyPlan, _ log: LogFindings) throws -> SnapshotFindings {
  let root = plan.book.snapshots
  var found = SnapshotFindings()
  let names: [String]
  let compared: LogFindings
  do {
    names = try fileNames(in: root)
    // A run may have published what was appended since the log was looked at.
    compared = try log.extended(by: plan)
    try found.checkLatest(root, others: names.contains(where: isSnapshotName))
  } catch let error as FileError {
    found.damage.append(Damage(.missing, "snapshots", error.message))
    return found
  }

  let folders = names.filter { !$0.hasPrefix(".") && $0 != "latest" }
  let examinations = Slots<SnapshotExamination>(folders.count)
  try parallel(folders.count, jobs: plan.jobs) { index in
    examinations[index] = SnapshotExamination(
      of: folders[index], in: root, isQuick: plan.depth == .quick)
  }
  for (name, examination) in zip(folders, examinations.elements) {
    // One that a writer has removed meanwhile is none.
    guard (try? exists("\(root)/\(name)")) ?? true else { continue }
    found.take(examination, name)
    if let manifest = examination.manifest { found.compare(manifest, name, with: compared) }
  }
  for name in names where name.hasPrefix(damagedPrefix) {
    found.notes.append("snapshots/\(name): set aside by a run, which put a sound one in its place")
  }
  found.definitionTexts = Set(examinations.elements.compactMap { $0.manifest?.definition.text })
  return found
}

extension LogFindings {
  /// The same, and what the chain says and which segments there are by now.
  fileprivate func extended(by plan: VerifyPlan) throws -> LogFindings {
    var found = self
    // Of a log that cannot be listed all has been told.
    guard let (listing, chain) = try? plan.listLog() else { return found }
    found.records.merge(
      ChainComparison(segments: listing.segments, chain: chain, name: "log").records
    ) { $1 }
    let known = Set(segments.map(\.path))
    found.segments += listing.segments.filter { !known.contains($0.path) }
    return found
  }
}

extension SnapshotFindings {
  fileprivate mutating func take(_ examination: SnapshotExamination, _ name: String) {
    damage += examination.damage
    notes += examination.notes
    guard isSnapshotName(name) || examination.manifest != nil else { return }
    counts.snapshots += 1
    counts.files += examination.manifest?.files.count ?? 0
    counts.bytes += examination.byteCount
  }

  fileprivate mutating func checkLatest(_ root: String, others: Bool) throws {
    let latest = "\(root)/latest"
    guard try fileStatus(latest, followingLinks: false) != nil else {
      if others { notes.append("snapshots: there is no 'latest'; the next run makes it") }
      return
    }
    guard let name = try linkTarget(latest) else {
      damage.append(Damage(.latest, "snapshots/latest", "not a link; the next run makes it"))
      return
    }
    counts.latest = name
    guard try exists("\(latest)/manifest.json") else {
      damage.append(
        Damage(.latest, "snapshots/latest", "leads to '\(name)', where there is no snapshot"))
      return
    }
  }

  /// Compares the segments that a snapshot was made from with the log.
  ///
  /// A chain says of each segment what it was, also of one that has been replaced since. Without one, a
  /// file that has changed may be meant to: that is told, and no damage.
  fileprivate mutating func compare(
    _ manifest: Manifest, _ name: String, with log: LogFindings
  ) {
    let present = Dictionary(
      log.segments.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let file = "snapshots/\(name)/manifest.json"
    var changed = 0
    var met = 0
    for segment in manifest.segments {
      if let record = log.records[segment.path] {
        met += 1
        // What a salvage has read is damaged, and known to be.
        guard record.sha256 != segment.sha256, manifest.salvaged == nil else { continue }
        damage.append(
          Damage(
            .manifest, file, "made from other bytes of \(segment.path) than the chain vouches for"))
      } else if let there = present[segment.path] {
        met += 1
        let isSame =
          there.byteCount == segment.bytes
          && (log.digests[segment.path].map { $0 == segment.sha256 } ?? true)
        if !isSame { changed += 1 }
      } else {
        changed += 1
      }
    }
    if met == 0, !manifest.segments.isEmpty {
      notes.append("snapshots/\(name): made from another log")
    } else if changed > 0 {
      notes.append(
        "snapshots/\(name): \(changed) of the \(manifest.segments.count) segments it was made from "
          + "have changed or gone since")
    }
  }
}
