import Definition
import Engine
import EventLog
import Files
import Foundation
import Intake
import Snapshots

/// What came of looking at one snapshot by itself.
struct SnapshotExamination: Sendable {
  /// Absent where there is none that can be read.
  private(set) var manifest: Manifest?
  private(set) var byteCount = 0
  private(set) var damage: [Damage] = []
  private(set) var notes: [String] = []

  private let folder: String
  /// The folder as damage names it.
  private let shown: String

  init(of name: String, in root: String, isQuick: Bool) {
    folder = "\(root)/\(name)"
    shown = "snapshots/\(name)"
    do {
      try examine(name, isQuick: isQuick)
    } catch {
      add(.missing, shown, (error as? FileError)?.message ?? "\(error)")
    }
  }

  private mutating func examine(_ name: String, isQuick: Bool) throws {
    let isFolder = try fileStatus(folder, followingLinks: false)?.kind == .folder
    guard try isFolder && (isSnapshotName(name) || exists("\(folder)/manifest.json")) else {
      notes.append("\(shown): not a snapshot")
      return
    }
    guard let manifest = readManifest(name) else { return }
    self.manifest = manifest
    for file in manifest.files {
      check(file.path, bytes: file.bytes, sha256: file.sha256, isQuick: isQuick)
    }
    let hasChanges = try checkChanges(isQuick: isQuick)
    try checkExtras(manifest, also: hasChanges ? ["changes.json", "changes.csv"] : [])
  }

  /// Looks at what has changed since an earlier snapshot, which the manifest does without; returns whether
  /// there is such.
  private mutating func checkChanges(isQuick: Bool) throws -> Bool {
    let path = "\(shown)/changes.json"
    guard try exists("\(folder)/changes.json") else { return false }
    guard
      let bytes = try? RegularFile("\(folder)/changes.json", path: path)
        .bytes(atMost: Manifest.byteCountMax),
      let changes = Changes(json: bytes)
    else {
      add(.manifest, path, "not what a run writes of changes")
      return true
    }
    check(
      "changes.csv", bytes: changes.file.bytes, sha256: changes.file.sha256, isQuick: isQuick)
    return true
  }

  private mutating func readManifest(_ name: String) -> Manifest? {
    let path = "\(shown)/manifest.json"
    let bytes: [UInt8]
    do {
      bytes = try RegularFile("\(folder)/manifest.json", path: path)
        .bytes(atMost: Manifest.byteCountMax)
    } catch {
      add(.missing, path, (error as? FileError)?.message ?? "\(error)")
      return nil
    }
    if isSnapshotName(name), !name.hasSuffix("-\(SHA256Hasher.hex(of: bytes).prefix(8))") {
      add(
        .manifest, path,
        "not the bytes that the folder's name vouches for, so nothing vouches for the files either")
      return nil
    }
    let manifest: Manifest
    do {
      manifest = try Manifest(json: bytes, path: path)
    } catch {
      add(.manifest, path, (error as? FileError)?.message ?? "\(error)")
      return nil
    }
    guard manifest.format == Manifest.formatVersion else {
      notes.append(
        "\(shown): of format \(manifest.format), which this program does not know; not looked at")
      return nil
    }
    if SHA256Hasher.hex(of: manifest.definition.text) != manifest.definition.sha256 {
      add(.manifest, path, "its definition has another SHA-256 than it says")
    }
    if let list = manifest.definition.freeMailSHA256,
      list != SHA256Hasher.hex(of: DomainRule.freeMailText)
    {
      notes.append(
        "\(shown): made with another list 'free-mail' than this program has; it cannot be reproduced"
      )
    }
    return manifest
  }

  private mutating func check(
    _ name: String, bytes: Int, sha256: String, isQuick: Bool
  ) {
    let path = "\(shown)/\(name)"
    do {
      let file = try RegularFile("\(folder)/\(name)", path: path)
      byteCount += file.byteCount
      if file.byteCount != bytes {
        return add(
          .length, path, "\(file.byteCount) bytes long, \(bytes) in the manifest")
      }
      if !isQuick, try file.digest().sha256 != sha256 {
        add(
          .checksum, path, "not the bytes that were published: another SHA-256 than in the manifest"
        )
      }
    } catch {
      let fault = error as? FileError
      let isMissing = fault?.kind == .noInput
      add(
        isMissing ? .missing : .checksum, path,
        isMissing ? "in the manifest, but not there" : fault?.message ?? "\(error)")
    }
  }

  private mutating func checkExtras(_ manifest: Manifest, also others: [String]) throws {
    let known = Set(manifest.files.map(\.path) + ["manifest.json"] + others)
    for path in try filePaths(below: folder) where !known.contains(path) {
      add(.extra, "\(shown)/\(path)", "not in the manifest")
    }
  }

  private mutating func add(_ kind: Damage.Kind, _ file: String, _ message: String) {
    damage.append(Damage(kind, file, message))
  }
}
