import Files
import Foundation
import Notation

/// Which files of a plan a CRM has acknowledged, and which keys of each it rejected.
///
/// Each acknowledgement is a line, and synced before the next file is sent. A line that a crash cut off says nothing.
struct AckLog {
  private let path: String
  /// By file's number, the keys that were rejected.
  private(set) var files: [Int: Set<[UInt8]>] = [:]

  private struct Line: Codable {
    var file: Int
    var rejected: [String]
  }

  init(in folder: String) throws {
    path = "\(folder)/acks.ndjson"
    for line in (try wholeFile(path) ?? []).split(separator: UInt8(ascii: "\n")) {
      guard let ack = try? JSONDecoder().decode(Line.self, from: Data(line)) else { continue }
      files[ack.file] = Set(ack.rejected.map { Array($0.utf8) })
    }
  }

  mutating func append(file: Int, rejected: Set<[UInt8]>) throws {
    let disk = Disk.current
    let isNew = try !exists(path)
    let descriptor = retryingOnInterrupt {
      disk.open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o644)
    }
    guard descriptor >= 0 else { throw FileError.system(.cannotCreate, path: path, action: "open") }
    defer { _ = disk.close(descriptor) }
    let keys = rejected.sorted { $0.lexicographicallyPrecedes($1) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A line feed in front: what a crash cut off must not swallow this line.
    let line =
      [UInt8(ascii: "\n")]
      + (try encoder.encode(
        Line(file: file, rejected: keys.map { String(decoding: $0, as: UTF8.self) })))
      + [UInt8(ascii: "\n")]
    try line.withUnsafeBytes { try disk.writeAll($0, to: descriptor, path: path) }
    try disk.syncFile(descriptor, path: path)
    if isNew { try disk.syncFolder(folderPath(of: path)) }
    files[file] = rejected
  }
}
