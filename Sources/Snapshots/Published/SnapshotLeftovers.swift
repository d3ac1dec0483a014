import EventLog
import Files

/// Removes what killed runs and prunings left in a folder of snapshots; only for whoever holds the book's lock.
///
/// One that cannot be removed stays: it is in nobody's way.
///
/// - Throws: `FileError` where the folder cannot be read.
package func removeSnapshotLeftovers(in root: String) throws {
  for name in try fileNames(in: root) where isLeftover(name, in: root) {
    try? removeTree("\(root)/\(name)")
  }
}

/// Whether a name is one that only a draft, a link on its way in or a snapshot on its way out has; nothing
/// else that somebody keeps there is touched.
private func isLeftover(_ name: String, in root: String) -> Bool {
  if let rest = name.withoutPrefix(removalPrefix) {
    return PublishedSnapshot(rest, in: root) != nil
  }
  let process = name.withoutPrefix(draftPrefix) ?? name.withoutPrefix(latestPrefix) ?? ""
  return isNumber(process)
}

/// How the name begins of a snapshot that is being written; the number of its process follows.
let draftPrefix = ".new-"
/// How the name begins of a link that is to become `latest`; the number of its process follows.
let latestPrefix = ".latest-"
/// How the name begins of a snapshot that is on its way out; its own follows.
package let removalPrefix = ".old-"
/// How the name begins of a snapshot that is not what it was: a number, and its own follow.
package let damagedPrefix = ".damaged-"

extension String {
  fileprivate func withoutPrefix(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
