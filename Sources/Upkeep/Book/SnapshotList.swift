import Definition
import Engine
import EventLog
import Files
import Foundation
import Notation
import Snapshots

/// A published snapshot as a list shows it.
package struct SnapshotEntry: Codable, Sendable {
  package var name: String
  package var asOf: String
  package var knownAt: String?
  /// The definition's name, and the SHA-256 of its text.
  package var definition: String?
  package var definitionSha256: String?
  package var leads: Int?
  /// Of all its files.
  package var bytes: Int
  package var isLatest: Bool
  /// Whether the file `keep` names it.
  package var isKept: Bool
  /// Why nothing more can be said of it.
  package var fault: String?
}

/// Returns a book's snapshots, the one with the latest as-of last.
///
/// - Throws: `FileError` where the folder of snapshots cannot be read.
package func listSnapshots(of book: Book) throws -> [SnapshotEntry] {
  // What `latest` leads to may be newer than the list.
  try book.besideWriters(isDoubtful: { !$0.contains(where: \.isLatest) }) {
    let snapshots = try PublishedSnapshots(in: book.snapshots)
    return try snapshots.all.map { try SnapshotEntry($0, among: snapshots) }
  }
}

extension SnapshotEntry {
  /// - Throws: `FileError` where the snapshot is gone by the time all is known of it.
  fileprivate init(_ snapshot: PublishedSnapshot, among snapshots: PublishedSnapshots) throws {
    let status = try fileStatus(snapshot.path, followingLinks: false)
    self.init(
      name: snapshot.name, asOf: timeText(milliseconds: snapshot.asOf),
      bytes: 0, isLatest: snapshot.name == snapshots.latest,
      isKept: snapshots.kept.contains(snapshot.name))
    do {
      let manifest = try snapshot.manifest()
      asOf = manifest.asOf
      knownAt = manifest.knownAt
      definition = manifest.definition.name
      definitionSha256 = manifest.definition.sha256
      leads = try leadCount(snapshot)
      bytes = try byteCount(below: snapshot.path)
    } catch {
      fault = "\(error)"
    }
    guard let status, try fileStatus(snapshot.path, followingLinks: false) == status else {
      throw FileError(.changed, path: snapshot.path, message: "the snapshot has just been removed")
    }
  }
}

/// Prunes a book's snapshots by rules, those of each definition on their own.
///
/// - Throws: `FileError`; `Interrupted`.
package func pruneSnapshots(
  of book: Book, _ rules: KeepRules, waitMax: Milliseconds, isRehearsal: Bool
) throws -> PruneReport {
  let lock = try book.lock(waitMax: waitMax)
  defer { lock.release() }
  return try PublishedSnapshots.prune(in: book.snapshots, rules, isRehearsal: isRehearsal)
}

private func leadCount(_ snapshot: PublishedSnapshot) throws -> Int {
  let file = "\(snapshot.path)/summary.json"
  guard let bytes = try wholeFile(file, atMost: Manifest.byteCountMax),
    let summary = try? JSONDecoder().decode(PublishedSummary.self, from: Data(bytes))
  else { throw FileError(.damaged, path: file, message: "not a summary of a snapshot") }
  return summary.leads.known
}

private func byteCount(below folder: String) throws -> Int {
  try filePaths(below: folder).reduce(0) { sum, path in
    let status = try fileStatus("\(folder)/\(path)", followingLinks: false)
    return sum + (status?.kind == .file ? status?.byteCount ?? 0 : 0)
  }
}
