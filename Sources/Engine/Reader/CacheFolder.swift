import Definition
import EventLog
import Files
import Foundation
import Intake

/// The names in a book's cache that are its own: all that is looked at there, and all that is ever removed.
///
///     index.json
///     <16 hexadecimal digits>/<64 hexadecimal digits>.<number>.sheet
///     <16 hexadecimal digits>/<64 hexadecimal digits>.merged.sheet
///     <16 hexadecimal digits>/<process>-<number>.draft
///
/// Whatever else somebody keeps there stays. No link is followed, be it the cache itself or a folder in it: what
/// it leads to is somebody's, and to be removed is what a cache is for.
package struct CacheFolder: Sendable {
  let root: String

  package init(_ root: String) { self.root = root }

  var index: String { "\(root)/index.json" }

  /// The path in whose place a link stands, so that nothing can be kept of a reading half.
  package func linkInPlace(ofHalf half: String) throws -> String? {
    try [root, "\(root)/\(half)"].first {
      try fileStatus($0, followingLinks: false)?.kind == .link
    }
  }

  /// The reading halves that have a folder, in order.
  ///
  /// - Throws: `FileError` where the folder cannot be read.
  package func halves() throws -> [String] {
    guard try isFolder(root) else { return [] }
    return try fileNames(in: root).filter {
      try CacheFolder.isHalf($0) && isFolder("\(root)/\($0)")
    }
  }

  /// The names of a half's sheets and drafts, in order.
  ///
  /// - Throws: `FileError` where the folder cannot be read.
  package func files(ofHalf half: String) throws -> [String] {
    try fileNames(in: "\(root)/\(half)").filter(CacheFolder.isOwnFile)
  }

  /// Removes a file of a half.
  package func remove(_ file: String, ofHalf half: String) throws {
    try removeTree("\(root)/\(half)/\(file)")
  }

  /// Removes a half's folder, unless somebody keeps something else in it.
  func removeIfEmpty(half: String) { rmdir("\(root)/\(half)") }

  /// Removes all that is the cache's own, and its folder, unless somebody keeps something else in it.
  ///
  /// - Throws: `FileError` where something cannot be removed.
  package func clear() throws {
    for half in try halves() {
      for file in try files(ofHalf: half) { try remove(file, ofHalf: half) }
      removeIfEmpty(half: half)
    }
    if try isFolder(root) {
      try removeTree(index)
      rmdir(root)
    } else {
      try removeTree(root)
    }
  }

  private func isFolder(_ path: String) throws -> Bool {
    try fileStatus(path, followingLinks: false)?.kind == .folder
  }

  /// Whether a name is that of a reading half.
  static func isHalf(_ name: some StringProtocol) -> Bool { isHexadecimal(name, count: 16) }

  /// Whether a name is that of a sheet of one of some segments, by their digests, and of that segment alone.
  package static func isSheet(_ name: String, ofAny digests: Set<String>) -> Bool {
    name.hasSuffix(".sheet") && !name.hasSuffix(".merged.sheet")
      && digests.contains(String(name.prefix { $0 != "." }))
  }

  private static func isOwnFile(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    switch (parts.count, parts.last) {
    case (3, "sheet"):
      return isHexadecimal(parts[0], count: 64) && (parts[1] == "merged" || isNumber(parts[1]))
    case (2, "draft"):
      let numbers = parts[0].split(separator: "-", omittingEmptySubsequences: false)
      return numbers.count == 2 && numbers.allSatisfy(isNumber)
    default: return false
    }
  }

  private static func isHexadecimal(_ text: some StringProtocol, count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
  }
}
