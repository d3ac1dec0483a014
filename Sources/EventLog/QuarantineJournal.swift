import Files
import Foundation
import Notation

/// Refused lines of an append, set aside as it goes on; the format is that of `QuarantineFile`.
///
/// It appears with the first line that is synced. A line that an earlier append of the same input has set aside
/// already, with the same place and reason, is not set aside again.
package final class QuarantineJournal {
  private let folder: String
  private let name: String
  private let disk = Disk.current
  private var pending: [UInt8] = []
  private var descriptor: Int32 = -1
  private var isSynced = false
  private var byteCount = 0
  private var known: Set<LineDigest>?
  /// The file, once there is one.
  package private(set) var path: String?

  /// - Parameters:
  ///   - folder: the book's quarantine, made where it is missing.
  ///   - name: how the names of such files begin.
  ///   - time: when the append began, in milliseconds; it makes the name.
  package init(in folder: String, name: String, time: Int64) {
    self.folder = folder
    self.name = name + "-" + timeText(milliseconds: time).filter { !"-:.".contains($0) }
  }

  deinit {
    if descriptor >= 0 { _ = disk.close(descriptor) }
  }

  /// Sets a line aside; see `QuarantineFile`.
  ///
  /// `element`: its number in the array that it is an element of, from 1, where it is.
  package func add(
    line: UnsafeRawBufferPointer, byteCount: Int?, source: String, number: Int,
    element: Int? = nil, reason: String
  ) throws {
    var text: [UInt8] = []
    appendQuarantined(
      line: line, byteCount: byteCount, source: source, number: number, element: element,
      reason: reason, to: &text)
    if known == nil { known = try earlierLines() }
    guard known?.insert(LineDigest(text)).inserted == true else { return }
    pending += text
    // Written in pieces of 1 MiB, a guess: refusing a whole wrong file must not hold it in memory.
    if pending.count >= 1 << 20 { try flush() }
  }

  /// Brings what was set aside to the disk.
  package func sync() throws {
    try flush()
    guard descriptor >= 0, let path else { return }
    try checkLength(descriptor, byteCount, path: path)
    try disk.syncFile(descriptor, path: path)
    if !isSynced { try disk.syncFolder(folder) }
    isSynced = true
  }

  /// Removes the file if nothing of it was ever synced: what it tells of did not happen.
  package func abandon() {
    pending = []
    if !isSynced, let path { _ = disk.unlink(path) }
  }

  private func flush() throws {
    if pending.isEmpty { return }
    if descriptor < 0 { try begin() }
    try pending.withUnsafeBytes { try disk.writeAll($0, to: descriptor, path: path ?? folder) }
    byteCount += pending.count
    pending.removeAll(keepingCapacity: true)
  }

  private func begin() throws {
    try disk.makeFolderDurably(folder)
    var serial = 1
    while true {
      let candidate = "\(folder)/\(name)\(serial == 1 ? "" : "-\(serial)").ndjson"
      descriptor = retryingOnInterrupt {
        disk.open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0o644)
      }
      if descriptor >= 0 {
        path = candidate
        return
      }
      guard errno == EEXIST else {
        throw FileError.system(.cannotCreate, path: candidate, action: "create")
      }
      serial += 1
    }
  }

  /// The lines in the files that earlier appends left.
  private func earlierLines() throws -> Set<LineDigest> {
    guard try exists(folder) else { return [] }
    var lines: Set<LineDigest> = []
    let prefix = name.prefix { $0 != "-" } + "-"
    for file in try segmentFiles(in: folder) where file.path.hasPrefix(prefix) {
      try Self.forEachLine(of: file) { lines.insert(LineDigest($0)) }
    }
    return lines
  }

  /// Hands on the lines of such a file, which are longer than those that they tell of may be.
  private static func forEachLine(of file: Segment, _ body: ([UInt8]) -> Void) throws {
    var input = try FileInput(file: file.file, path: file.path)
    var line: [UInt8] = []
    while true {
      let bytes = try input.read()
      if bytes.isEmpty { return }
      for (index, piece) in bytes.split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
      ).enumerated() {
        if index > 0 {
          body(line)
          line.removeAll(keepingCapacity: true)
        }
        line.append(contentsOf: piece)
      }
    }
  }
}
