import Definition
import Engine
import Foundation
import Nightly
import Notation
import Reading

/// A book in a folder of its own that is removed with it.
package final class ScratchBook: Sendable {
  package let book: Book

  package init() throws {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("scorebook-\(UUID().uuidString)").path
    book = Book(root)
    try FileManager.default.createDirectory(
      atPath: book.log, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: book.root) }

  /// Writes plain segments.
  package func writeLog(_ segments: [(path: String, bytes: [UInt8])]) throws {
    for (path, bytes) in segments {
      let file = URL(fileURLWithPath: "\(book.log)/\(path)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }

  /// Runs a definition given as text; returns the report and the files of the snapshot.
  @discardableResult
  package func run(
    definition text: String, asOf: String, jobs: Int = 2
  ) throws -> (report: RunReport, files: [String: [UInt8]]) {
    let definition = try Definition.load(text: text, file: "definition.yaml")
    var plan = RunPlan(
      Log(of: book, jobs: jobs), definition, asOf: time(asOf), refusedShareMax: 1)
    // What is returned is what `latest` leads to, of whatever definition.
    plan.movesLatest = true
    return (try Nightly.run(plan), try csvFiles())
  }

  /// Brings the log's sheets together as they are for a definition.
  package func gather(_ definition: Definition, asOf: String) throws -> GatheredLog {
    let reader = try LogReader(Log(of: book, jobs: 2))
    return try GatheredLog(
      definition, try reader.sheets(for: ReadingPlan(definition)), asOf: time(asOf), jobs: 2)
  }

  /// Runs a definition and returns all that was published.
  package func snapshot(
    definition: String, asOf: String, jobs: Int = 2
  ) throws -> SnapshotBytes {
    try run(definition: definition, asOf: asOf, jobs: jobs)
    return try latest()
  }

  private func time(_ text: String) -> Milliseconds {
    guard let time = eventTime(text) else { preconditionFailure("\(text) is no time") }
    return time
  }

  /// All files of the snapshot that `latest` points to.
  package func latest() throws -> SnapshotBytes {
    // Enumerating through the link would yield nothing, so its target is named.
    let name = try FileManager.default.destinationOfSymbolicLink(
      atPath: "\(book.snapshots)/latest")
    let root = "\(book.snapshots)/\(name)"
    var snapshot = SnapshotBytes(name: name)
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path != "lists" {
      snapshot.files[path] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
    }
    return snapshot
  }

  /// The CSV files of the latest snapshot by their paths.
  package func csvFiles() throws -> [String: [UInt8]] {
    try latest().files.filter { $0.key.hasSuffix(".csv") }
  }
}

/// All files of a published snapshot.
package struct SnapshotBytes {
  package let name: String
  package fileprivate(set) var files: [String: [UInt8]] = [:]

  /// The files that are not the same to the byte, or that only one of the two has.
  package func differences(
    from other: SnapshotBytes, without left: Set<String> = []
  ) -> [String] {
    Set(files.keys).union(other.files.keys).subtracting(left)
      .filter { files[$0] == nil || files[$0] != other.files[$0] }.sorted()
  }
}
