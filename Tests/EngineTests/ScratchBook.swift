import Definition
import Engine
import Foundation
import Nightly
import Notation
import Testing

/// A book in a folder of its own that is removed with it.
final class ScratchBook: Sendable {
  let book: Book

  init() throws {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("scorebook-\(UUID().uuidString)").path
    book = Book(root)
    try FileManager.default.createDirectory(
      atPath: book.log, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: book.root) }

  /// Writes plain segments.
  func writeLog(_ segments: [(path: String, bytes: [UInt8])]) throws {
    for (path, bytes) in segments {
      let file = URL(fileURLWithPath: "\(book.log)/\(path)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }

  /// Runs a definition given as text; returns the report and the files of the snapshot.
  func run(
    definition text: String, asOf: String, jobs: Int = 2
  ) throws -> (report: RunReport, files: [String: [UInt8]]) {
    let definition = try Definition.load(text: text, file: "definition.yaml")
    let time = try #require(eventTime(asOf))
    let report = try Nightly.run(
      RunPlan(Log(of: book, jobs: jobs), definition, asOf: time, refusedShareMax: 1))
    return (report, try csvFiles())
  }

  /// The CSV files of the latest snapshot by their paths.
  func csvFiles() throws -> [String: [UInt8]] {
    let latest = "\(book.snapshots)/latest"
    var files: [String: [UInt8]] = [:]
    // Enumerating through the link would yield nothing, so its target is named.
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: latest)
    let root = "\(book.snapshots)/\(target)"
    for path in try FileManager.default.subpathsOfDirectory(atPath: root)
    where path.hasSuffix(".csv") {
      files[path] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
    }
    return files
  }
}

/// All files of a published snapshot.
struct PublishedSnapshot {
  var name: String
  var files: [String: [UInt8]] = [:]

  /// The files that are not the same to the byte, or that only one of the two has.
  func differences(from other: PublishedSnapshot, without left: Set<String> = []) -> [String] {
    Set(files.keys).union(other.files.keys).subtracting(left)
      .filter { files[$0] == nil || files[$0] != other.files[$0] }.sorted()
  }
}

extension ScratchBook {
  /// Runs a definition and returns all that was published.
  func snapshot(
    definition: String, asOf: String, jobs: Int = 2
  ) throws -> PublishedSnapshot {
    _ = try run(definition: definition, asOf: asOf, jobs: jobs)
    return try latest()
  }

  /// The snapshot that `latest` points to.
  func latest() throws -> PublishedSnapshot {
    let name = try FileManager.default.destinationOfSymbolicLink(
      atPath: "\(book.snapshots)/latest")
    let root = "\(book.snapshots)/\(name)"
    var snapshot = PublishedSnapshot(name: name)
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path != "lists" {
      snapshot.files[path] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
    }
    return snapshot
  }
}
