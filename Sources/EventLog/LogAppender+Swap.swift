import Files
import Foundation

/// The steps of a swap, in an order that a crash may cut anywhere:
///
/// 1. the new file, whole and synced, under a name with a dot: no segment yet, and removed if it stays so;
/// 2. its entry in the chain, synced: from here on the swap will be finished, by whoever writes next;
/// 3. the new file takes its name: a reader that sees it passes over those it replaces;
/// 4. the replaced files go.
extension LogAppender {
  /// Begins a segment that takes the place of neighbours in the log, given in its order.
  ///
  /// `ahead`: how many other replacements are drafted and will be committed before it.
  ///
  /// - Throws: `FileError` where another segment would change places with it.
  package func beginReplacement(of paths: [String], ahead: Int = 0) throws -> ReplacementDraft {
    guard let first = paths.first, let last = paths.last else {
      preconditionFailure("a replacement replaces at least one segment")
    }
    let number = try nextNumber() + ahead
    let path = SegmentName.replacement(first: first, last: last, number: number)
    try checkPlace(of: path, replacing: paths)
    return try ReplacementDraft(path: path, number: number, replaces: paths, root: root)
  }

  /// Begins to write a segment anew that the chain does not have.
  package func beginRewrite(of segment: Segment, serial: Int) throws -> RewriteDraft {
    try RewriteDraft(of: segment, log: root, serial: serial)
  }

  /// Puts a drafted replacement in the place of the segments it replaces, which are then gone.
  ///
  /// When this throws, the log is as it was, or the next writer finishes the swap.
  package func commit(
    _ draft: ReplacementDraft, because: ChainEntry.Reason, first: String?, last: String?,
    appended: Int64
  ) throws -> ChainEntry {
    let number = try nextNumber()
    precondition(draft.number == number, "replacements are committed in the order of their drafts")
    let written = try draft.finish()
    let entry: ChainEntry
    do {
      entry = try enter(
        ChainEntry(
          number: number, path: draft.path, written: written,
          events: draft.parts.reduce(0) { $0 + $1.events }, first: first, last: last,
          appended: appended, replaces: draft.replaces, because: because, parts: draft.parts))
    } catch {
      if chain.cutTornEnd(log: root) {
        _ = Disk.current.unlink("\(root)/\(SegmentName.waiting(draft.path))")
      }
      throw error
    }
    try finish(entry)
    return entry
  }

  /// Finishes the swaps that a crash cut off behind their entry, and removes replacements without one.
  func finishSwaps() throws {
    let swaps = chain.entries.filter { $0.replaces != nil }
    for entry in swaps { try finish(entry) }
    for name in try hiddenNames(in: root) {
      guard SegmentName.replacement(waitingAs: name) != nil else { continue }
      guard Disk.current.unlink("\(root)/\(name)") == 0 || errno == ENOENT else {
        throw FileError.system(.io, path: "\(root)/\(name)", action: "remove")
      }
    }
  }

  private func finish(_ entry: ChainEntry) throws {
    let disk = Disk.current
    let waiting = "\(root)/\(SegmentName.waiting(entry.path))"
    let place = "\(root)/\(entry.path)"
    if access(waiting, F_OK) == 0 {
      guard disk.rename(waiting, place) == 0 else {
        throw FileError.system(.io, path: place, action: "rename into place")
      }
      // Before the replaced files go: power loss must not take both.
      try disk.syncFolder(root)
    }
    guard access(place, F_OK) == 0 else { return }
    for path in entry.replaces ?? [] {
      guard disk.unlink("\(root)/\(path)") == 0 || errno == ENOENT else {
        throw FileError.system(.io, path: "\(root)/\(path)", action: "remove")
      }
    }
  }

  /// Makes sure that a replacement will stand where the segments stand that it replaces.
  private func checkPlace(of path: String, replacing replaced: [String]) throws {
    var paths = try segmentFiles(in: root).map(\.path)
    guard let start = paths.firstIndex(of: replaced[0]),
      paths[start...].prefix(replaced.count).elementsEqual(replaced)
    else {
      throw FileError(
        .damaged, path: replaced[0], message: "cannot be replaced: a segment is missing beside it")
    }
    paths.replaceSubrange(start..<start + replaced.count, with: [path])
    for (one, next) in zip(paths, paths.dropFirst()) {
      guard one.utf8.lexicographicallyPrecedes(next.utf8) else {
        let other = one == path ? next : one
        throw FileError(
          .cannotCreate, path: other,
          message: "its name stands in the way of \(path), which must not change places with it",
          hint: "rename it so that it sorts before \(replaced[0]) or behind all segments")
      }
    }
  }
}

/// Returns the names in a folder that begin with a dot.
private func hiddenNames(in folder: String) throws -> [String] {
  guard let directory = opendir(folder) else {
    throw FileError.system(.io, path: folder, action: "read the folder")
  }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
      String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name.hasPrefix(".") { names.append(name) }
  }
  return names
}
