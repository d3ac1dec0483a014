import Definition
import Engine
import Files
import Foundation
import Intake
import Notation

/// Where else in a book some keys stand: published snapshots, and lines in quarantine.
struct LeadHolders {
  private let book: Book
  private let names: WordSearch
  /// Snapshots by their names, in order.
  private(set) var snapshots: [String] = []
  /// Files of the quarantine by their names, in order.
  private(set) var quarantined: [String] = []

  /// Looks for keys as whole words: in CSV, JSON and refused lines, quoted and escaped as they may be there.
  init(of keys: Set<[UInt8]>, in book: Book) throws {
    self.book = book
    names = WordSearch(Set(keys.flatMap(writtenForms)))
    for snapshot in try visibleNames(in: book.snapshots) where snapshot != "latest" {
      let folder = "\(book.snapshots)/\(snapshot)"
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      if try files.contains(where: { try holds("\(folder)/\($0)") }) { snapshots.append(snapshot) }
    }
    for file in try visibleNames(in: book.quarantine)
    where try holds("\(book.quarantine)/\(file)") {
      quarantined.append(file)
    }
  }

  /// Removes the snapshots, and the lines in quarantine.
  func purge() throws {
    let files = FileManager.default
    for snapshot in snapshots {
      let latest = "\(book.snapshots)/latest"
      if (try? files.destinationOfSymbolicLink(atPath: latest)) == snapshot {
        try files.removeItem(atPath: latest)
      }
      // Out of sight first: no reader meets half a snapshot, and a run removes what a crash leaves of it.
      let hidden = "\(book.snapshots)/.new-purged-\(snapshot)"
      try files.moveItem(atPath: "\(book.snapshots)/\(snapshot)", toPath: hidden)
      try files.removeItem(atPath: hidden)
    }
    if !snapshots.isEmpty { try syncFolder(book.snapshots) }
    for file in quarantined { try purgeLines(of: "\(book.quarantine)/\(file)") }
  }

  private func purgeLines(of path: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var kept: [UInt8] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      if !Array(line).withUnsafeBytes(names.finds) { kept += Array(line) + [UInt8(ascii: "\n")] }
    }
    if kept.isEmpty {
      try FileManager.default.removeItem(atPath: path)
      try syncFolder(book.quarantine)
    } else {
      try AtomicFile.write(kept, to: path)
    }
  }

  private func holds(_ path: String) throws -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
    else { return false }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    return bytes.withUnsafeBytes(names.finds)
  }
}

/// A key as it is, as CSV quotes it, and as JSON escapes it, once or within a refused line once more.
private func writtenForms(_ key: [UInt8]) -> [[UInt8]] {
  func escaped(_ bytes: [UInt8]) -> [UInt8] { Array(jsonString(bytes).dropFirst().dropLast()) }
  let doubled = key.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
  return [key, doubled, escaped(key), escaped(escaped(key))]
}

/// The names in a folder that do not begin with a dot, in order; none where there is no folder.
private func visibleNames(in folder: String) throws -> [String] {
  guard FileManager.default.fileExists(atPath: folder) else { return [] }
  return try FileManager.default.contentsOfDirectory(atPath: folder)
    .filter { !$0.hasPrefix(".") }
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
