import Files
import Foundation

/// Returns every file below `root` that looks like a segment, in the byte order of their paths.
///
/// Such is a regular file whose name ends in `.ndjson.gz` or `.ndjson`, at any depth, but for the chain at the
/// root and names that begin with a dot; in a log of another format it is what `isSegment` says, by the path
/// below the root. What the chain says of them is not asked.
///
/// - Throws: `FileError` where the root or anything below it cannot be read, or a name is not text: what is
///   skipped would be events lost.
package func segmentFiles(
  in root: String, where isSegment: (_ path: String) -> Bool = isSegmentName
) throws -> [Segment] {
  let (segments, faults) = try segmentsAndFaults(in: root, where: isSegment)
  if let fault = faults.first { throw fault }
  return segments
}

/// Returns the same, and beside them a fault for each that cannot be opened because its name is not text.
func segmentsAndFaults(
  in root: String, where isSegment: (_ path: String) -> Bool = isSegmentName
) throws -> (segments: [Segment], faults: [FileError]) {
  var segments: [Segment] = []
  var faults: [FileError] = []
  var folders = [""]
  while let folder = folders.popLast() {
    for entry in try entries(inFolder: folder, root: root) {
      let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
      switch entry.kind {
      // A name that is not text cannot be told or written down, and its repaired form opens nothing.
      case .folder where !entry.isText:
        faults.append(strangeName(path))
      case .folder:
        folders.append(path)
      case .file(let status) where path != chainFileName && isSegment(path):
        if entry.isText {
          segments.append(Segment(path: path, file: "\(root)/\(path)", listed: status))
        } else {
          faults.append(strangeName(path))
        }
      default:
        continue
      }
    }
  }
  segments.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  return (segments, faults)
}

private struct FolderEntry {
  enum Kind {
    case folder, file(FileStatus), other
  }

  package let name: String
  let isText: Bool
  let kind: Kind
}

/// Returns whether a file is a segment of the log's own format, by its name.
func isSegmentName(_ path: String) -> Bool {
  path.hasSuffix(".ndjson.gz") || path.hasSuffix(".ndjson")
}

/// Returns what is in a folder, but for names that begin with a dot.
private func entries(inFolder folder: String, root: String) throws -> [FolderEntry] {
  let path = folder.isEmpty ? root : "\(root)/\(folder)"
  guard let directory = opendir(path) else { throw cannotRead(path, isRoot: folder.isEmpty) }
  defer { closedir(directory) }
  var entries: [FolderEntry] = []
  errno = 0
  while let found = readdir(directory) {
    let name = withUnsafeBytes(of: &found.pointee.d_name) { raw in
      Array(raw.prefix { $0 != 0 })
    }
    if name.first != UInt8(ascii: "."),
      let entry = try entry(name, in: directory, path: path)
    {
      entries.append(entry)
    }
    errno = 0
  }
  guard errno == 0 else { throw cannotRead(path, isRoot: false) }
  return entries
}

/// Returns what a name stands for; nil if it has gone meanwhile.
private func entry(
  _ name: [UInt8], in directory: OpaquePointer, path: String
) throws -> FolderEntry? {
  var status = stat()
  let code = (name + [0]).withUnsafeBytes { raw in
    raw.withMemoryRebound(to: CChar.self) { text in
      text.baseAddress.map { fstatat(dirfd(directory), $0, &status, AT_SYMLINK_NOFOLLOW) } ?? -1
    }
  }
  let text = String(decoding: name, as: UTF8.self)
  guard code == 0 else {
    if errno == ENOENT { return nil }
    throw FileError.system(.io, path: "\(path)/\(text)", action: "look at the file")
  }
  let kind: FolderEntry.Kind =
    switch status.st_mode & S_IFMT {
    case S_IFDIR: .folder
    case S_IFREG: .file(FileStatus(status))
    default: .other
    }
  return FolderEntry(name: text, isText: text.utf8.elementsEqual(name), kind: kind)
}

private func cannotRead(_ folder: String, isRoot: Bool) -> FileError {
  guard isRoot, errno == ENOENT || errno == ENOTDIR else {
    return .system(.io, path: folder, action: "read the folder")
  }
  return FileError(
    .noInput, path: folder, message: errno == ENOENT ? "no such log" : "not a folder",
    hint: "name the folder of the segments with --log, or the book with --book")
}

private func strangeName(_ path: String) -> FileError {
  FileError(
    .damaged, path: path, message: "the name is not UTF-8",
    hint: "rename it, or let its name begin with a dot to leave it out")
}
