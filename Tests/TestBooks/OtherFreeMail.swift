import Files
import Foundation

extension ScratchBook {
  /// Makes of the latest snapshot one that a program with another list `free-mail` would have made; returns its name.
  package func pretendOtherFreeMail(than sha256: String) throws -> String {
    let files = FileManager.default
    let name = try files.destinationOfSymbolicLink(atPath: "\(book.snapshots)/latest")
    let path = "\(book.snapshots)/\(name)/manifest.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacingOccurrences(of: sha256, with: String(sha256.reversed()))
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let other = name.prefix(17) + SHA256Hasher.hex(of: text).prefix(8)
    try files.moveItem(atPath: "\(book.snapshots)/\(name)", toPath: "\(book.snapshots)/\(other)")
    try files.removeItem(atPath: "\(book.snapshots)/latest")
    return String(other)
  }
}
