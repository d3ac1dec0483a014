import Engine
import Files
import Foundation
import Notation
import Snapshots

/// What a book knows of a map's pushes: `pushed/NAME/push.json`, which is switched by one rename.
///
/// Folders beside it hold what was acknowledged, and the plan that is under way; others are left over.
struct PushRecord: Codable, Sendable {
  var schema = 1
  var map: String
  /// How many folders there have been.
  var serial = 0
  /// The folder with what was acknowledged; absent before the first push.
  var state: String?
  /// The folder with the plan that is under way; absent between pushes.
  var plan: String?
  /// Which records the rows of the state are for.
  var targets: [Target] = []
  /// The as-of of the snapshot of which something was acknowledged last.
  var lastAsOf: String?

  struct Target: Codable, Equatable, Sendable {
    var table: String
    var object: String
    var key: String
  }
}

/// The folder of a map's pushes, held by one process at a time.
final class PushFolder {
  let path: String
  private let lock: BookLock
  private(set) var record: PushRecord

  /// Makes the folder where it is missing, takes its lock and clears away what is left over.
  init(of book: Book, map: String) throws {
    guard try fileStatus(book.root)?.kind == .folder else {
      throw RunError(.noInput, "\(book.root): no such book", hint: "name it with --book")
    }
    try book.makeFolder(book.pushed)
    path = "\(book.pushed)/\(map)"
    try book.makeFolder(path)
    lock = try BookLock(book: path)
    record = try PushFolder.read("\(path)/push.json") ?? PushRecord(map: map)
    for name in try fileNames(in: path)
    where PushFolder.isOwn(name) && name != record.state && name != record.plan {
      try removeTree("\(path)/\(name)")
    }
  }

  private static func read(_ path: String) throws -> PushRecord? {
    guard let bytes = try wholeFile(path, atMost: 1 << 24) else { return nil }
    guard let record = try? JSONDecoder().decode(PushRecord.self, from: Data(bytes)),
      record.schema == 1
    else {
      throw FileError(
        .damaged, path: path, message: "it does not say what was pushed",
        hint: "bring it back from a copy; removed with its folder, everything is sent once more")
    }
    return record
  }

  private static func isOwn(_ name: String) -> Bool {
    (name.hasPrefix("plan-") || name.hasPrefix("state-"))
      && isNumber(name.drop { $0 != "-" }.dropFirst())
  }

  /// Makes a new folder, which nobody knows of before the record names it.
  func makeFolder(_ kind: String) throws -> String {
    record.serial += 1
    let name = "\(kind)-\(record.serial)"
    try Disk.current.makeFolderDurably("\(path)/\(name)")
    return name
  }

  /// Switches to other folders, durably, and removes those that nobody needs any more.
  func commit(_ change: (inout PushRecord) -> Void) throws {
    let before = record
    change(&record)
    try AtomicFile.write(try stableJSON(record), to: "\(path)/push.json")
    for name in [before.state, before.plan].compactMap({ $0 })
    where name != record.state && name != record.plan {
      try removeTree("\(path)/\(name)")
    }
  }

  /// Notes where files for the map have been written, for whoever erases a lead.
  func note(folder: String) throws {
    let file = "\(path)/folders"
    let known = try wholeFile(file, atMost: 1 << 24) ?? []
    let lines = String(decoding: known, as: UTF8.self).split(separator: "\n").map(String.init)
    if lines.contains(folder) { return }
    try AtomicFile.write(Array((lines + [folder]).map { "\($0)\n" }.joined().utf8), to: file)
  }
}

/// The name of the file with an object's rows.
func rowFileName(of table: String, isClearing: Bool = false) -> String {
  let name = String(table.map { $0 == "/" ? "." : $0 })
  return isClearing ? "\(name).cleared.csv" : "\(name).csv"
}
