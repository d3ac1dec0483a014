import CExchange
import Files
import Foundation

/// A folder that takes the place of the one exported before, all files at once.
///
/// It is made beside the old one, then the two change places. Killed at any moment, a process leaves the one or the
/// other; what else it leaves goes with the next export beside it.
final class ExportFolder {
  private let target: String
  private let scratch: ScratchFolder
  private let folder: String

  /// - Throws: `FileError` where something stands at the path that no export made, or nothing can be made beside it.
  init(at path: String) throws {
    target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    try ExportFolder.check(target)
    let parent = folderPath(of: target)
    try Disk.current.makeFolderDurably(parent)
    scratch = try ScratchFolder(in: parent)
    folder = scratch.path + "/export"
    try Disk.current.makeFolderDurably(folder)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Lets it appear, durably.
  func publish() throws {
    try syncFolder(folder)
    let old = scratch.path + "/old"
    if try fileStatus(target) == nil {
      try move(folder, to: target)
    } else if exchange_paths(folder, target) != 0 {
      // A file system that cannot exchange two names has none for a moment.
      try move(target, to: old)
      try move(folder, to: target)
    }
    try syncFolder(folderPath(of: target))
  }

  private func move(_ path: String, to target: String) throws {
    guard Disk.current.rename(path, target) == 0 else {
      throw FileError.system(.cannotCreate, path: target, action: "rename into place")
    }
  }

  private struct Listing: Decodable { var files: [String] }

  /// What is replaced must be an export, and nothing else in it.
  private static func check(_ path: String) throws {
    guard let status = try fileStatus(path) else { return }
    guard status.kind == .folder else {
      throw FileError(
        .cannotCreate, path: path, message: "a file is in the way", hint: "name a folder")
    }
    let present = try fileNames(in: path)
    if present.isEmpty { return }
    let text = try wholeFile("\(path)/\(descriptionFileName)", atMost: 1 << 28)
    let listing = text.flatMap { try? JSONDecoder().decode(Listing.self, from: Data($0)) }
    let known = Set((listing?.files ?? []) + [descriptionFileName])
    if listing != nil, known.isSuperset(of: present) { return }
    let stranger = present.first { listing == nil || !known.contains($0) } ?? ""
    throw FileError(
      .cannotCreate, path: path, message: "has '\(stranger)', which no export wrote",
      hint: "an export replaces a folder whole; name an empty or a new one")
  }
}

/// A file that is written a little at a time, and appears whole.
final class ExportFile {
  /// What is to be written next.
  var bytes: [UInt8] = []
  private let file: AtomicFile
  private(set) var byteCount = 0

  private static let bufferByteCount = 1 << 20

  init(_ path: String) throws {
    file = try AtomicFile(to: path)
    file.letAllRead()
    bytes.reserveCapacity(ExportFile.bufferByteCount * 2)
  }

  /// Writes what has come together, once it is worth it.
  func flush(isLast: Bool = false) throws {
    if bytes.count < ExportFile.bufferByteCount, !isLast { return }
    byteCount += bytes.count
    try file.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  func commit() throws {
    try flush(isLast: true)
    try file.commit()
  }
}
