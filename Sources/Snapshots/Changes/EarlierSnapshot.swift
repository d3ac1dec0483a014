import EventLog
import Files
import Foundation

/// A snapshot that another one is compared with; it is not pruned meanwhile.
package struct EarlierSnapshot: Sendable {
  let record: Changes.Since
  let files: ComparedSnapshot
  private let hold: SnapshotHold

  /// - Throws: `EventLogError` where its manifest is missing or not the one it is named after.
  package init(_ snapshot: PublishedSnapshot) throws {
    hold = try SnapshotHold(snapshot)
    let (manifest, sha256) = try snapshot.checkedManifest()
    record = Changes.Since(
      snapshot: snapshot.name, asOf: manifest.asOf, manifestSha256: sha256)
    files = ComparedSnapshot(folder: snapshot.path, records: manifest.files)
  }

  /// - Throws: `EventLogError` where a file that is compared is not what the manifest says.
  package func check() throws { try files.check() }
}

extension ComparedSnapshot {
  /// - Throws: `EventLogError` where a file that is compared is not what the manifest says.
  func check() throws {
    for file in records where compares(file.path) {
      let path = "\(folder)/\(file.path)"
      guard try SHA256Hasher.hex(ofFile: path) == file.sha256 else {
        throw EventLogError(.damaged, path: path, message: "not what its manifest says")
      }
    }
  }
}
