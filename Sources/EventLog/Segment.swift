import Foundation

/// One file of the log: a line per event, gzip-compressed or plain.
package struct Segment: Sendable, Hashable {
  /// The path below the log's root, its parts separated by `/`; it orders and names the segment.
  package let path: String
  /// The path to open.
  package let file: String
  package let byteCount: Int

  package init(path: String, file: String, byteCount: Int) {
    self.path = path
    self.file = file
    self.byteCount = byteCount
  }

  /// Whether the file is gzip: its name alone decides, so that a damaged start is never taken for text.
  package var isCompressed: Bool { path.hasSuffix(".gz") }
}

/// Returns the segments of the log at `root` in the byte order of their paths.
///
/// A segment is a regular file whose name ends in `.ndjson.gz` or `.ndjson`, at any depth. The chain at
/// the root, names that begin with a dot, links, and what is not a regular file are none.
///
/// - Throws: `EventLogError` where the root or a folder below it cannot be read: a folder that is
///   skipped would be events lost.
package func listSegments(in root: String) throws -> [Segment] {
  var segments: [Segment] = []
  var folders = [""]
  while let folder = folders.popLast() {
    for name in try names(
      inFolder: folder.isEmpty ? root : "\(root)/\(folder)", isRoot: folder.isEmpty)
    {
      let path = folder.isEmpty ? name.text : "\(folder)/\(name.text)"
      let file = "\(root)/\(path)"
      var status = stat()
      guard lstat(file, &status) == 0 else {
        // A file whose name is not text is opened by no path of ours; one that has gone is no segment.
        if !name.isText, isSegmentName(name.text) { throw unreadableName(path) }
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        folders.append(path)
      case S_IFREG where isSegmentName(name.text) && path != chainFileName:
        segments.append(Segment(path: path, file: file, byteCount: Int(status.st_size)))
      default:
        continue
      }
    }
  }
  return segments.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}

private struct FolderEntry {
  let text: String
  let isText: Bool
}

private func isSegmentName(_ name: String) -> Bool {
  name.hasSuffix(".ndjson.gz") || name.hasSuffix(".ndjson")
}

private func names(inFolder folder: String, isRoot: Bool) throws -> [FolderEntry] {
  guard let directory = opendir(folder) else {
    guard isRoot, errno == ENOENT || errno == ENOTDIR else {
      throw EventLogError.system(.io, path: folder, action: "read the folder")
    }
    throw EventLogError(
      .noInput, path: folder, message: errno == ENOENT ? "no such log" : "not a folder",
      hint: "name the folder of the segments with --log, or the book with --book")
  }
  defer { closedir(directory) }
  var entries: [FolderEntry] = []
  errno = 0
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
      Array(raw.prefix { $0 != 0 })
    }
    if name.first != UInt8(ascii: ".") {
      let text = String(decoding: name, as: UTF8.self)
      entries.append(FolderEntry(text: text, isText: text.utf8.elementsEqual(name)))
    }
    errno = 0
  }
  guard errno == 0 else { throw EventLogError.system(.io, path: folder, action: "read the folder") }
  return entries
}

private func unreadableName(_ path: String) -> EventLogError {
  EventLogError(
    .damaged, path: path, message: "the name is not UTF-8",
    hint: "rename the file, or let its name begin with a dot to leave it out")
}
