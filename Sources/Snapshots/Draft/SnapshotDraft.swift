import EventLog
import Files
import Foundation
import Tables
import Workers

/// A snapshot being written: complete and synced before anyone can see it.
///
/// It is written into a folder whose name begins with a dot, named after its own digest by one
/// rename, and only then does `latest` lead to it, by another.
///
/// Only one worker at a time has it; the files that it hands out may be written side by side.
package final class SnapshotDraft: @unchecked Sendable {
  private let root: String
  private let folder: String
  private var manifest: Manifest
  private let asOfName: String
  private var isPublished = false
  /// Of a draft in somebody's own folder, that it is no leftover; in a book, the lock says so.
  private var claim: Claim?
  /// Files that are written, but not yet known to be on the disk.
  private var unsealed: [SnapshotFile] = []

  /// `root`: the book's folder of snapshots; it is made where it is missing.
  ///
  /// `asOfName`: the as-of as it begins the snapshot's name.
  package init(in root: String, asOfName: String, manifest: Manifest) throws {
    self.root = root
    self.asOfName = asOfName
    self.manifest = manifest
    folder = "\(root)/\(draftPrefix)\(getpid())"
    try removeSnapshotLeftovers(in: root)
    try makeFolder(root)
    try makeFolder(folder)
    try makeFolder("\(folder)/lists")
  }

  /// A snapshot that nobody publishes: it is kept in a folder of its own.
  ///
  /// `place`: the folder, which must not be there yet, or be empty.
  package init(keptAt place: String, manifest: Manifest) throws {
    let parent = (place as NSString).deletingLastPathComponent
    root = parent.isEmpty ? "." : parent
    asOfName = (place as NSString).lastPathComponent
    self.manifest = manifest
    folder = "\(root)/.\(asOfName).\(getpid())"
    let present = try fileStatus(place)
    guard try present == nil || present?.kind == .folder && fileNames(in: place).isEmpty else {
      throw FileError(
        .cannotCreate, path: place, message: "cannot keep a snapshot there: something is there",
        hint: "name a folder that is not there yet")
    }
    try removeLeftovers(in: root) { name in
      name.hasPrefix(".\(asOfName).") && isNumber(name.dropFirst(asOfName.count + 2))
    }
    try makeFolder(folder)
    claim = Claim(folder: folder)
    try makeFolder("\(folder)/lists")
  }

  deinit {
    if !isPublished { try? removeTree(folder) }
  }

  /// A process can have only so many files open; a shell gives it 256 or 1,024.
  private static let openFilesMax = 64

  /// Writes all tables as CSV files, and the counts of everything.
  package func write(_ groups: [TableGroup], summary: some Encodable, jobs: Int) throws {
    for group in groups {
      let paths = group.tables.map { "\($0.name).csv" }
      let rests = paths.count > SnapshotDraft.openFilesMax
      let sealing = FileSealing()
      var files: [SnapshotFile] = []
      var writers: [CSVTable] = []
      for (table, path) in zip(group.tables, paths) {
        let file = try begin(path)
        files.append(file)
        writers.append(try CSVTable(table, to: file, rests: rests, sealing))
      }
      try writeTables(group, by: writers, jobs: jobs)
      add(files, paths: paths)
    }
    try write("summary.json", stableJSON(summary))
  }

  /// Writes a small file.
  package func write(_ path: String, _ bytes: [UInt8]) throws {
    let file = try begin(path)
    try bytes.withUnsafeBytes { try file.write($0) }
    add([file], paths: [path])
  }

  /// Enters files that are written; they are synced before the manifest is written, at the latest.
  package func add(_ files: [SnapshotFile], paths: [String]) {
    for (path, file) in zip(paths, files) {
      let (byteCount, sha256) = file.digest()
      manifest.files.append(.init(path: path, bytes: byteCount, sha256: sha256))
    }
    unsealed += files
  }

  /// Begins a file that is entered by `add`.
  package func begin(_ path: String) throws -> SnapshotFile {
    try SnapshotFile("\(folder)/\(path)")
  }

  /// Writes down what changed since an earlier snapshot, beside the results: the manifest, and so the name, do
  /// without it.
  ///
  /// `limitedLists`: lists of accounts of which files do not have all members.
  ///
  /// `reasons`: tells when and through what; nil where nobody can.
  ///
  /// - Throws: `FileError` where a file of the earlier snapshot is not what its manifest says.
  package func compare(
    with since: EarlierSnapshot, letters: GradeLetters, limitedLists: Set<String>,
    _ reasons: (any ChangeReasons)?, jobs: Int
  ) throws -> Changes {
    let comparison = try Comparison(
      since: since, ComparedFiles(folder: folder, manifest.files), letters: letters,
      limitedLists: limitedLists, into: try begin("changes.csv"))
    let changes = try comparison.compare(reasons, jobs: jobs).sealed()
    let counts = try begin("changes.json")
    try stableJSON(changes).withUnsafeBytes { try counts.write($0) }
    _ = try counts.finish()
    return changes
  }

  /// Removes what a comparison wrote, or began to write.
  package func forgetChanges() {
    unlink("\(folder)/changes.csv")
    unlink("\(folder)/changes.json")
  }

  /// The bytes of the files written so far.
  package var byteCount: Int { manifest.files.reduce(0) { $0 + $1.bytes } }

  /// Makes the snapshot visible, and lets `latest` lead to it.
  ///
  /// `movesLatest`: whether it does so even where it leads to a snapshot of another definition, by its name.
  package func publish(movesLatest: Bool = false) throws -> PublishedDraft {
    let (manifestBytes, digest) = try seal()
    let name = "\(asOfName)-\(digest.prefix(8))"
    let place = "\(root)/\(name)"
    // The last moment to give up: from here on it is done to the end.
    try Interruption.check()
    if try isSameSnapshot(at: place, manifestBytes) {
      try removeTree(folder)
    } else {
      guard rename(folder, place) == 0 else { throw failure(place, "publish the snapshot") }
    }
    isPublished = true
    try syncFolder(root)
    var published = PublishedDraft(name: name)
    if !movesLatest, let (standing, its) = LatestLink.snapshot(in: root),
      its.definition.name != manifest.definition.name
    {
      published.latestStays = StandingLatest(
        snapshot: standing.name, definition: its.definition.name)
    } else {
      published.isNews = try LatestLink.lead(to: name, in: root)
    }
    return published
  }

  /// Makes the snapshot appear in the folder it is to be kept in.
  package func keep() throws {
    _ = try seal()
    let place = "\(root)/\(asOfName)"
    try Interruption.check()
    guard rename(folder, place) == 0 else { throw failure(place, "keep the snapshot") }
    isPublished = true
    try syncFolder(root)
  }

  /// Writes the manifest and syncs everything; returns it with its digest.
  private func seal() throws -> (manifest: [UInt8], digest: String) {
    for file in unsealed { try file.seal() }
    unsealed = []
    manifest.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let bytes = try stableJSON(manifest)
    let file = try SnapshotFile("\(folder)/manifest.json")
    try bytes.withUnsafeBytes { try file.write($0) }
    let digest = try file.finish().sha256
    try syncFolder("\(folder)/lists")
    try syncFolder(folder)
    return (bytes, digest)
  }

  /// Whether the same results have been published before; then there is nothing to move.
  private func isSameSnapshot(at place: String, _ manifestBytes: [UInt8]) throws -> Bool {
    guard try fileStatus(place, followingLinks: false) != nil else { return false }
    let isSame = try matches("manifest.json", at: place) { file in
      try file.byteCount == manifestBytes.count && file.bytes() == manifestBytes
    }
    let isSound =
      try isSame
      && manifest.files.allSatisfy { record in
        try matches(record.path, at: place) { file in
          try file.byteCount == record.bytes && file.digest().sha256 == record.sha256
        }
      }
    if isSound { return true }
    // Something else stands under this name: it is kept, out of the way, for whoever wonders.
    let aside = "\(root)/\(damagedPrefix)\(getpid())-\((place as NSString).lastPathComponent)"
    guard rename(place, aside) == 0 else { throw failure(place, "move a damaged snapshot aside") }
    return false
  }

  /// Whether a file is there and as it should be; one that cannot be read stops the run instead.
  private func matches(
    _ path: String, at place: String, _ isAsWritten: (borrowing RegularFile) throws -> Bool
  ) throws -> Bool {
    let file = "\(place)/\(path)"
    guard try fileStatus(file)?.kind == .file else { return false }
    return try isAsWritten(RegularFile(file, path: file))
  }

  private func makeFolder(_ path: String) throws {
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw failure(path, "create the folder") }
  }

  private func failure(_ path: String, _ action: String) -> FileError {
    FileError(
      .cannotCreate, path: path, message: "cannot \(action): \(String(cString: strerror(errno)))")
  }
}

/// What came of publishing a draft.
package struct PublishedDraft: Sendable {
  package let name: String
  /// Whether readers of `latest` have seen another snapshot until now.
  package fileprivate(set) var isNews = false
  /// What they go on to see; nil where they see this one.
  package fileprivate(set) var latestStays: StandingLatest?
}
