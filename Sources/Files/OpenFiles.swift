import Foundation

/// Returns the entries of a folder in which another process has something open: a file, a working
/// directory or a mapping.
///
/// It is what `/proc` tells this user of this machine: of other users' processes only root learns
/// anything, of other machines nobody does.
package func entriesInUse(in folder: String) -> Set<String> {
  guard let real = realpath(folder, nil) else { return [] }
  let root = String(cString: real) + "/"
  free(real)
  var entries: Set<String> = []
  func note(_ path: String) {
    guard path.hasPrefix(root) else { return }
    entries.insert(String(path.dropFirst(root.count).prefix { $0 != "/" }))
  }
  let files = FileManager.default
  func linkTarget(_ path: String) -> String? {
    try? files.destinationOfSymbolicLink(atPath: path)
  }
  let own = String(getpid())
  for process in (try? files.contentsOfDirectory(atPath: "/proc")) ?? []
  where process != own && process.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
    let place = "/proc/\(process)"
    for link in ["cwd", "root"] { linkTarget("\(place)/\(link)").map(note) }
    for number in (try? files.contentsOfDirectory(atPath: "\(place)/fd")) ?? [] {
      linkTarget("\(place)/fd/\(number)").map(note)
    }
    guard let maps = files.contents(atPath: "\(place)/maps") else { continue }
    for line in maps.split(separator: UInt8(ascii: "\n")) {
      guard let path = line.firstIndex(of: UInt8(ascii: "/")) else { continue }
      note(String(decoding: line[path...], as: UTF8.self))
    }
  }
  return entries
}
