import EventLog
import Files
import Foundation

extension Manifest {
  /// Makes sure that a log is the one that the snapshot was made from.
  ///
  /// Where that stands the manifest cannot say, because it is the same on every machine; it says what the
  /// segments are.
  ///
  /// - Throws: `FileError` where the log has none of them and never had.
  package func checkLog(_ root: String, of snapshot: String) throws {
    guard let first = segments.first, try !isMade(from: root) else { return }
    throw FileError(
      .noInput, path: root, message: "\(snapshot) was made from another log",
      hint: "name that one with --log DIR; its first segment is '\(first.path)'")
  }

  private func isMade(from root: String) throws -> Bool {
    func isThere(_ record: SegmentRecord) throws -> Bool {
      try exists("\(root)/\(record.path)")
    }
    // To find fault with a damaged chain is not this one's work.
    guard let chain = try? withSettledChain(log: root, { try Chain(log: root) }) else {
      return try segments.contains(where: isThere)
    }
    // Also of those that others have taken the place of since.
    let digests = Dictionary(chain.entries.map { ($0.path, $0.sha256) }) { _, last in last }
    return try segments.contains { record in
      try digests[record.path].map { $0 == record.sha256 } ?? isThere(record)
    }
  }
}
