import Files
import Foundation

/// The link `latest` in a folder of snapshots, which readers follow.
package enum LatestLink {
  /// Returns the snapshot that it leads to, with its manifest; nil where it leads to none, or to one of
  /// which nothing can be told; one that is pruned once another takes its place is looked for again.
  package static func snapshot(
    in root: String
  ) -> (snapshot: PublishedSnapshot, manifest: Manifest)? {
    let found = try? lookAgain(
      at: { try linkTarget("\(root)/latest") }, isDoubtful: { $0 == nil }
    ) { _ in look(in: root) }
    return found ?? nil
  }

  private static func look(
    in root: String
  ) -> (snapshot: PublishedSnapshot, manifest: Manifest)? {
    let place = URL(fileURLWithPath: "\(root)/latest").resolvingSymlinksInPath()
    guard
      let snapshot = PublishedSnapshot(
        place.lastPathComponent, in: place.deletingLastPathComponent().path),
      let manifest = try? snapshot.checkedManifest().manifest
    else { return nil }
    return (snapshot, manifest)
  }

  /// Switches it to a snapshot of the folder; returns false where it led there before.
  ///
  /// - Throws: `FileError` where it cannot be switched.
  static func lead(to name: String, in root: String) throws -> Bool {
    let latest = "\(root)/latest"
    if try linkTarget(latest) == name { return false }
    let link = "\(root)/\(latestPrefix)\(getpid())"
    unlink(link)
    guard symlink(name, link) == 0 else { throw failure(link, "create a link") }
    if rename(link, latest) != 0 {
      // A folder is in the way, such as a copy of the book makes of a link: it is kept, for whoever wonders.
      let aside = "\(root)/\(damagedPrefix)\(getpid())-latest"
      guard errno == EISDIR, rename(latest, aside) == 0, rename(link, latest) == 0 else {
        throw failure(latest, "switch")
      }
    }
    try syncFolder(root)
    return true
  }

  private static func failure(_ path: String, _ action: String) -> FileError {
    .system(.cannotCreate, path: path, action: action)
  }
}

/// A snapshot that `latest` stays with, because what was published is of another definition.
package struct StandingLatest: Codable, Sendable, Equatable {
  package var snapshot: String
  /// The name of its definition.
  package var definition: String
}
