import EventLog
import Files
import Foundation

/// A snapshot that another one is compared with; it is not pruned meanwhile.
package struct EarlierSnapshot: Sendable {
  let record: Changes.Since
  package let files: ComparedFiles
  private let hold: SnapshotHold

  /// - Throws: `FileError` where its manifest is missing or not the one it is named after.
  package init(_ snapshot: PublishedSnapshot) throws {
    hold = try SnapshotHold(snapshot)
    let (manifest, sha256) = try snapshot.checkedManifest()
    record = Changes.Since(
      snapshot: snapshot.name, asOf: manifest.asOf, manifestSha256: sha256)
    files = ComparedFiles(folder: snapshot.path, manifest.files)
  }

  /// - Throws: `FileError` where a file that is compared is not what the manifest says.
  func check() throws { try files.check() }
}
