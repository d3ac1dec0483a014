import Definition
import Engine
import Files
import Foundation
import Intake
import Notation
import Snapshots

/// Where else in a book some keys stand: snapshots, also those that were set aside, and lines in quarantine.
struct LeadHolders {
  private let book: Book
  private let search: KeySearch
  /// Snapshots by their names, in order.
  private(set) var snapshots: [String] = []
  /// Files of the quarantine by their names, in order.
  private(set) var quarantined: [String] = []
  /// What else holds a key in these folders, by its path below the book: it is somebody's own, and stays.
  private(set) var left: [String] = []

  /// Maps whose pushes hold a key, until the CRM has acknowledged that it is cleared.
  private(set) var pushes: [String] = []
  /// Folders of exports, as the book knows them, that hold a key.
  private(set) var exports: [String] = []

  /// Looks for keys as whole words: in CSV, JSON and refused lines, quoted and escaped as they may be there.
  init(of keys: Set<[UInt8]>, in book: Book) throws {
    self.book = book
    search = KeySearch(keys)
    for name in try fileNames(in: book.snapshots) where name != "latest" {
      guard try search.isAnywhere(in: "\(book.snapshots)/\(name)") else { continue }
      if isOwnSnapshot(name) { snapshots.append(name) } else { left.append("snapshots/\(name)") }
    }
    for name in try fileNames(in: book.quarantine) {
      guard try search.isAnywhere(in: "\(book.quarantine)/\(name)") else { continue }
      if try isOwnQuarantine(name) {
        quarantined.append(name)
      } else {
        left.append("quarantine/\(name)")
      }
    }
    for name in try fileNames(in: book.pushed) {
      let folder = "\(book.pushed)/\(name)"
      if try search.isAnywhere(in: folder) { pushes.append(name) }
      let known = try wholeFile("\(folder)/folders") ?? []
      for path in String(decoding: known, as: UTF8.self).split(separator: "\n").map(String.init)
      where try search.isAnywhere(in: path) && !exports.contains(path) { exports.append(path) }
    }
  }

  /// Removes the snapshots, and the lines in quarantine.
  func purge() throws {
    let root = book.snapshots
    for snapshot in snapshots {
      if try linkTarget("\(root)/latest") == snapshot { try removeTree("\(root)/latest") }
      guard PublishedSnapshot(snapshot, in: root) != nil else {
        try removeTree("\(root)/\(snapshot)")
        continue
      }
      // Out of sight first: no reader meets half a snapshot, and a run removes what a crash leaves of it.
      let hidden = "\(root)/\(removalPrefix)\(snapshot)"
      guard Disk.current.rename("\(root)/\(snapshot)", hidden) == 0 else {
        throw FileError(
          .cannotCreate, path: "\(root)/\(snapshot)",
          message: "cannot remove: \(String(cString: strerror(errno)).lowercased())")
      }
      try removeTree(hidden)
    }
    if !snapshots.isEmpty { try syncFolder(root) }
    for file in quarantined { try purgeLines(of: "\(book.quarantine)/\(file)") }
  }

  private func purgeLines(of path: String) throws {
    let bytes = try wholeFile(path) ?? []
    var kept: [UInt8] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let isHeld = line.withUnsafeBytes { search.isIn($0) }
      if !isHeld { kept += line + [UInt8(ascii: "\n")] }
    }
    if kept.isEmpty {
      try removeTree(path)
      try syncFolder(book.quarantine)
    } else {
      try AtomicFile.write(kept, to: path)
    }
  }

  /// Whether a run gave the name: to a snapshot, or to one that it set aside.
  private func isOwnSnapshot(_ name: String) -> Bool {
    guard name.hasPrefix(damagedPrefix) else { return isSnapshotName(name) }
    let parts = name.dropFirst(damagedPrefix.count).split(separator: "-", maxSplits: 1)
    return parts.count == 2 && isNumber(parts[0]) && isSnapshotName(String(parts[1]))
  }

  private func isOwnQuarantine(_ name: String) throws -> Bool {
    let status = try fileStatus("\(book.quarantine)/\(name)", followingLinks: false)
    return status?.kind == .file && !name.hasPrefix(".") && name.hasSuffix(".ndjson")
  }
}
