import EventLog
import Files
import Foundation
import Notation

/// A snapshot that stands in a book's folder of snapshots, told by its name.
package struct PublishedSnapshot: Sendable, Equatable {
  package let name: String
  package let path: String
  /// The as-of in the name: to the second, which the manifest has to the millisecond.
  package let asOf: Milliseconds

  /// Nil where `name` is not one that a snapshot is given: `20261123T020000Z-0a1b2c3d`.
  package init?(_ name: String, in root: String) {
    let bytes = Array(name.utf8)
    guard bytes.count == 25, bytes[16] == UInt8(ascii: "-"),
      bytes[17...].allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 })
    else { return nil }
    let text = Array(name)
    let time =
      String(text[0..<4]) + "-" + String(text[4..<6]) + "-" + String(text[6..<11]) + ":"
      + String(text[11..<13]) + ":" + String(text[13..<16])
    guard let asOf = eventTime(time) else { return nil }
    self.name = name
    self.asOf = asOf
    path = "\(root)/\(name)"
  }

  /// What it was made from.
  ///
  /// - Throws: `FileError` where there is no manifest that can be read.
  package func manifest() throws -> Manifest { try read().manifest }

  /// The manifest and its SHA-256, whose beginning is in the snapshot's name.
  ///
  /// - Throws: `FileError` where it is missing or not the one the snapshot is named after.
  package func checkedManifest() throws -> (manifest: Manifest, sha256: String) {
    let (manifest, bytes) = try read()
    let sha256 = SHA256Hasher.hex(of: bytes)
    guard name.hasSuffix("-" + sha256.prefix(8)) else {
      throw FileError(
        .damaged, path: "\(path)/manifest.json", message: "not the manifest it is named after")
    }
    return (manifest, sha256)
  }

  private func read() throws -> (manifest: Manifest, bytes: [UInt8]) {
    let file = "\(path)/manifest.json"
    let bytes = try RegularFile(file, path: file).bytes(atMost: Manifest.byteCountMax)
    return (try Manifest(json: bytes, path: file), bytes)
  }
}

/// The snapshots that stand in a book's folder of snapshots.
package struct PublishedSnapshots: Sendable {
  /// In the order of their names, so the one with the latest as-of comes last.
  package let all: [PublishedSnapshot]
  /// The name that `latest` points to; nil where nothing has been published.
  package let latest: String?
  /// The names in the file `keep`, which people write: one a line, `#` begins a comment.
  package let kept: Set<String>

  /// - Throws: `FileError` where nobody can tell: what is taken for absent would be pruned.
  package init(in root: String) throws {
    all = try fileNames(in: root).compactMap { PublishedSnapshot($0, in: root) }
    // Whoever sets it by hand may write more of the path.
    latest = try linkTarget("\(root)/latest").map { ($0 as NSString).lastPathComponent }
    let text = try wholeFile("\(root)/keep", atMost: 1 << 24) ?? []
    kept = Set(
      String(decoding: text, as: UTF8.self).components(separatedBy: .newlines).map { line in
        line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      })
  }
}

extension PublishedSnapshots {
  /// Returns a definition's snapshot with the latest as-of before a time; of several with that as-of
  /// the one that `latest` names, else the last by name.
  ///
  /// `before`: as a manifest has it.
  package func latest(of definition: String, before time: String) -> PublishedSnapshot? {
    var found: (snapshot: PublishedSnapshot, asOf: String)?
    for snapshot in all.reversed() {
      // Names are to the second: those of one second are told apart by their manifests.
      if let found, snapshot.asOf < found.snapshot.asOf { break }
      // One that cannot be read cannot be compared with either.
      guard let manifest = try? snapshot.manifest(), manifest.definition.name == definition,
        manifest.asOf < time
      else { continue }
      if found.map({
        manifest.asOf > $0.asOf || manifest.asOf == $0.asOf && snapshot.name == latest
      })
        ?? true
      {
        found = (snapshot, manifest.asOf)
      }
    }
    return found?.snapshot
  }
}
