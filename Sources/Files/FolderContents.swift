import Foundation

/// Returns the names in a folder, hidden ones too, in byte order; none where there is no folder.
///
/// A name that is not UTF-8 comes repaired, so it opens nothing.
///
/// - Throws: `FileError` where the folder cannot be read.
package func fileNames(in folder: String) throws -> [String] {
  guard let directory = opendir(folder) else {
    if errno == ENOENT || errno == ENOTDIR { return [] }
    throw FileError.system(.io, path: folder, action: "read the folder")
  }
  defer { closedir(directory) }
  return try rawNames(in: directory, path: folder).map { String(decoding: $0, as: UTF8.self) }
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// Returns the paths of all that is below a folder, but for folders themselves, in byte order; no link is
/// followed.
///
/// - Throws: `FileError` where anything below it cannot be read.
package func filePaths(below folder: String) throws -> [String] {
  try fileNames(in: folder).flatMap { name in
    let path = "\(folder)/\(name)"
    guard try fileStatus(path, followingLinks: false)?.kind == .folder else { return [name] }
    return try filePaths(below: path).map { "\(name)/\($0)" }
  }
}

/// Removes what stands at a path, of a folder all that is in it; nothing where nothing does.
///
/// No link is followed: of one that stands there, or below, the link goes and what it leads to stays.
///
/// - Throws: `FileError` at the first that cannot be removed.
package func removeTree(_ path: String) throws {
  guard let status = try fileStatus(path, followingLinks: false) else { return }
  guard status.kind == .folder else {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw FileError.system(.cannotCreate, path: path, action: "remove")
    }
    return
  }
  try removeContents(of: path, in: AT_FDCWD, Array(path.utf8))
  guard rmdir(path) == 0 || errno == ENOENT else {
    throw FileError.system(.cannotCreate, path: path, action: "remove")
  }
}

/// Removes all that is in a folder, found by its name in another one, so that no link can get in between.
private func removeContents(of path: String, in parent: Int32, _ name: [UInt8]) throws {
  func failure(_ name: [UInt8]) -> FileError {
    .system(
      .cannotCreate, path: "\(path)/\(String(decoding: name, as: UTF8.self))", action: "remove")
  }
  let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
  let descriptor = withCString(name) { openat(parent, $0, flags) }
  guard descriptor >= 0, let directory = fdopendir(descriptor) else {
    let error = FileError.system(.cannotCreate, path: path, action: "read the folder")
    if descriptor >= 0 { close(descriptor) }
    throw error
  }
  defer { closedir(directory) }
  for name in try rawNames(in: directory, path: path) {
    if withCString(name, { unlinkat(descriptor, $0, 0) }) == 0 || errno == ENOENT { continue }
    // What the system says of a folder: EISDIR on Linux, EPERM elsewhere.
    guard errno == EISDIR || errno == EPERM else { throw failure(name) }
    let text = String(decoding: name, as: UTF8.self)
    try removeContents(of: "\(path)/\(text)", in: descriptor, name)
    guard withCString(name, { unlinkat(descriptor, $0, AT_REMOVEDIR) }) == 0 || errno == ENOENT
    else { throw failure(name) }
  }
}

/// Returns the names in an open folder but for itself and the one above it.
private func rawNames(in directory: OpaquePointer, path: String) throws -> [[UInt8]] {
  var names: [[UInt8]] = []
  errno = 0
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in Array(raw.prefix { $0 != 0 }) }
    if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
    errno = 0
  }
  guard errno == 0 else {
    throw FileError.system(.io, path: path, action: "read the folder")
  }
  return names
}

private func withCString<Result>(
  _ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
) -> Result {
  (name + [0]).withUnsafeBytes { raw in
    raw.withMemoryRebound(to: CChar.self) { text in
      // An array with a zero in it has an address.
      body(text.baseAddress.unsafelyUnwrapped)
    }
  }
}
