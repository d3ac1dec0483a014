import Foundation

/// Returns the entries of a folder in which another process has something open: a file, a working
/// directory or a mapping.
///
/// It is what `/proc` tells this user of this machine: of other users' processes only root learns
/// anything, of other machines nobody does.
///
/// - Throws: `FileError` where nobody can tell which folder it is.
package func entriesInUse(in folder: String) throws -> Set<String> {
  guard try exists(folder) else { return [] }
  guard let real = realpath(folder, nil) else {
    throw FileError(
      .io, path: folder,
      message: "cannot look at the folder: \(String(cString: strerror(errno)).lowercased())")
  }
  let root = String(cString: real) + "/"
  free(real)
  var entries: Set<String> = []
  func note(_ path: String?) {
    guard let path, path.hasPrefix(root) else { return }
    entries.insert(String(path.dropFirst(root.count).prefix { $0 != "/" }))
  }
  let own = String(getpid())
  // Of processes that end meanwhile, or are another user's, nothing can be told.
  for process in (try? fileNames(in: "/proc")) ?? []
  where process != own && process.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
    let place = "/proc/\(process)"
    for link in ["cwd", "root"] { (try? linkTarget("\(place)/\(link)")).map(note) }
    for number in (try? fileNames(in: "\(place)/fd")) ?? [] {
      (try? linkTarget("\(place)/fd/\(number)")).map(note)
    }
    guard let maps = FileManager.default.contents(atPath: "\(place)/maps") else { continue }
    for line in maps.split(separator: UInt8(ascii: "\n")) {
      guard let path = line.firstIndex(of: UInt8(ascii: "/")) else { continue }
      note(String(decoding: line[path...], as: UTF8.self))
    }
  }
  return entries
}
