import Files
import Foundation

/// What came of pruning.
package struct PruneReport: Codable, Sendable, Equatable {
  /// The names of the snapshots that were removed, the oldest first.
  package var removed: [String] = []
  /// Those that would have been, but that another process has open.
  package var inUse: [String] = []

  package init() {}
}

extension PublishedSnapshots {
  /// Removes the snapshots that no rule wants, each definition's on its own.
  ///
  /// Never the newest, nor what `latest` or the file `keep` names, nor what another process has open.
  /// Each goes out of sight by one rename first, so that nobody finds half of it.
  ///
  /// `definition`: only this one's; all unless told otherwise.
  ///
  /// `isRehearsal`: nothing is removed, only said.
  ///
  /// - Throws: `FileError` where a snapshot cannot be removed.
  package static func prune(
    in root: String, _ rules: KeepRules, definition: String? = nil, isRehearsal: Bool = false
  ) throws -> PruneReport {
    var report = PruneReport()
    if rules.isEmpty { return report }
    let snapshots = try PublishedSnapshots(in: root)
    let expendable = snapshots.byDefinition
      .filter { definition == nil || $0.key == definition }
      .flatMap { rules.expendable(of: $0.value) }
      .filter { $0.name != snapshots.latest && !snapshots.kept.contains($0.name) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    if expendable.isEmpty { return report }

    let open = try entriesInUse(in: root)
    for snapshot in expendable {
      // Nobody can begin to hold it while it is on its way out.
      guard !open.contains(snapshot.name),
        let alone = try SnapshotHold(alone: snapshot.path)
      else {
        report.inUse.append(snapshot.name)
        continue
      }
      defer { alone.release() }
      if try isRehearsal || remove(snapshot, in: root) {
        report.removed.append(snapshot.name)
      } else {
        report.inUse.append(snapshot.name)
      }
    }
    return report
  }

  /// The snapshots of each definition, in order; one whose manifest cannot be read is nobody's, and stays.
  private var byDefinition: [String: [PublishedSnapshot]] {
    var groups: [String: [PublishedSnapshot]] = [:]
    for snapshot in all {
      guard let manifest = try? snapshot.manifest() else { continue }
      groups[manifest.definition.name, default: []].append(snapshot)
    }
    return groups
  }

  /// Returns false if somebody has opened it meanwhile; then it is back in its place.
  private static func remove(_ snapshot: PublishedSnapshot, in root: String) throws -> Bool {
    let aside = "\(removalPrefix)\(snapshot.name)"
    func failure(_ action: String) -> FileError {
      FileError(
        .cannotCreate, path: snapshot.path,
        message: "cannot \(action): \(String(cString: strerror(errno)).lowercased())")
    }
    guard rename(snapshot.path, "\(root)/\(aside)") == 0 else { throw failure("prune") }
    if try entriesInUse(in: root).contains(aside) {
      guard rename("\(root)/\(aside)", snapshot.path) == 0 else { throw failure("put back") }
      return false
    }
    do {
      try removeTree("\(root)/\(aside)")
    } catch let error as FileError {
      throw FileError(
        .io, path: error.path, message: error.message,
        hint: "the next run tries again; is the folder writable?")
    }
    return true
  }
}
