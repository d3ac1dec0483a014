import EventLog
import Foundation

/// A folder that goes away with its test.
package final class TemporaryFolder: Sendable {
  package let path = "\(NSTemporaryDirectory())/scorebook-\(UUID().uuidString)"

  package init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file below the folder, making the folders it needs; returns it as a segment.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> Segment {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return Segment(path: name, file: "\(path)/\(name)", byteCount: bytes.count)
  }

  package func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  package var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
