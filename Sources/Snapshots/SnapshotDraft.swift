import EventLog
import Foundation

/// A snapshot being written: complete and synced before anyone can see it.
///
/// It is written into a folder whose name begins with a dot, named after its own digest by one
/// rename, and only then does `latest` point to it, by another.
package final class SnapshotDraft {
  private let root: String
  private let folder: String
  private var manifest: Manifest
  private let asOfName: String
  private var isPublished = false

  /// `root`: the book's folder of snapshots; it is made where it is missing.
  ///
  /// `asOfName`: the as-of as it begins the snapshot's name.
  package init(in root: String, asOfName: String, manifest: Manifest) throws {
    self.root = root
    self.asOfName = asOfName
    self.manifest = manifest
    folder = "\(root)/.new-\(getpid())"
    try SnapshotDraft.removeLeftovers(in: root)
    try makeFolder(root)
    try makeFolder(folder)
    try makeFolder("\(folder)/lists")
  }

  deinit {
    if !isPublished { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// Writes one file in pieces and records its checksum.
  package func write(
    _ path: String, _ pieces: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let file = try SnapshotFile("\(folder)/\(path)")
    try pieces { try file.write($0) }
    let (byteCount, sha256) = try file.finish()
    manifest.files.append(.init(path: path, bytes: byteCount, sha256: sha256))
  }

  package func write(_ path: String, _ bytes: [UInt8]) throws {
    try write(path) { write in try bytes.withUnsafeBytes { try write($0) } }
  }

  /// Files written side by side are entered together, in the order of their paths.
  package func add(_ files: [SnapshotFile], paths: [String]) throws {
    for (path, file) in zip(paths, files) {
      let (byteCount, sha256) = try file.finish()
      manifest.files.append(.init(path: path, bytes: byteCount, sha256: sha256))
    }
  }

  /// Begins a file that is finished by `add`.
  package func begin(_ path: String) throws -> SnapshotFile {
    try SnapshotFile("\(folder)/\(path)")
  }

  /// The bytes of the files written so far.
  package var byteCount: Int { manifest.files.reduce(0) { $0 + $1.bytes } }

  /// Makes the snapshot visible; returns its name.
  package func publish() throws -> String {
    manifest.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let manifestBytes = try stableJSON(manifest)
    let file = try SnapshotFile("\(folder)/manifest.json")
    try manifestBytes.withUnsafeBytes { try file.write($0) }
    let digest = try file.finish().sha256
    let name = "\(asOfName)-\(digest.prefix(8))"
    try syncFolder("\(folder)/lists")
    try syncFolder(folder)

    let place = "\(root)/\(name)"
    if try isSameSnapshot(at: place, manifestBytes) {
      try FileManager.default.removeItem(atPath: folder)
    } else {
      guard rename(folder, place) == 0 else { throw failure(place, "publish the snapshot") }
    }
    isPublished = true
    try syncFolder(root)
    try point(latest: name)
    return name
  }

  /// Whether the same results have been published before; then there is nothing to move.
  private func isSameSnapshot(at place: String, _ manifestBytes: [UInt8]) throws -> Bool {
    guard FileManager.default.fileExists(atPath: place) else { return false }
    let present = FileManager.default.contents(atPath: "\(place)/manifest.json")
    let isSound = manifest.files.allSatisfy { record in
      let url = URL(fileURLWithPath: "\(place)/\(record.path)")
      guard let bytes = try? Data(contentsOf: url, options: .alwaysMapped) else { return false }
      return bytes.count == record.bytes
        && bytes.withUnsafeBytes({ SHA256Hasher.hex(of: $0) }) == record.sha256
    }
    if isSound, present.map({ Array($0) }) == manifestBytes { return true }
    // Something else stands under this name: it is kept, out of the way, for whoever wonders.
    let aside = "\(root)/.damaged-\(getpid())-\((place as NSString).lastPathComponent)"
    guard rename(place, aside) == 0 else { throw failure(place, "move a damaged snapshot aside") }
    return false
  }

  private func point(latest name: String) throws {
    let link = "\(root)/.latest-\(getpid())"
    unlink(link)
    guard symlink(name, link) == 0 else { throw failure(link, "create a link") }
    guard rename(link, "\(root)/latest") == 0 else { throw failure("\(root)/latest", "switch") }
    try syncFolder(root)
  }

  /// Removes what a killed run left behind.
  private static func removeLeftovers(in root: String) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    for name in names where name.hasPrefix(".new-") || name.hasPrefix(".latest-") {
      try? FileManager.default.removeItem(atPath: "\(root)/\(name)")
    }
  }

  private func makeFolder(_ path: String) throws {
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw failure(path, "create the folder") }
  }

  private func failure(_ path: String, _ action: String) -> EventLogError {
    EventLogError(
      .cannotCreate, path: path, message: "cannot \(action): \(String(cString: strerror(errno)))")
  }
}

/// One file of a snapshot, hashed as it is written.
///
/// Only one worker at a time writes to it.
package final class SnapshotFile: @unchecked Sendable {
  private let path: String
  private let descriptor: Int32
  private var byteCount = 0
  private var hasher: SHA256Hasher? = SHA256Hasher()
  private var isOpen = true

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw EventLogError(
        .cannotCreate, path: path, message: "cannot create: \(String(cString: strerror(errno)))")
    }
  }

  deinit { if isOpen { close(descriptor) } }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    hasher?.update(bytes)
    byteCount += bytes.count
    var rest = bytes
    while rest.count > 0 {
      let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure("write") }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  func finish() throws -> (byteCount: Int, sha256: String) {
    guard fsync(descriptor) == 0 else { throw failure("sync") }
    isOpen = false
    guard close(descriptor) == 0 else { throw failure("close") }
    guard let hasher = hasher.take() else {
      preconditionFailure("a snapshot's file is finished once")
    }
    return (byteCount, hasher.finish())
  }

  private func failure(_ action: String) -> EventLogError {
    EventLogError(
      .io, path: path, message: "cannot \(action): \(String(cString: strerror(errno)))")
  }
}
