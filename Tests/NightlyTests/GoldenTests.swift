import Engine
import Files
import Foundation
import Nightly
import Notation
import TestBooks
import Testing

/// The sample book under the default definition, byte for byte.
///
/// `RECORD_GOLDEN=1` in the environment writes what is found into sample-data/expected and fails, so
/// that a recording is never taken for a pass.
@Suite("The sample book") struct GoldenTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  private static let expected = "\(package)/sample-data/expected"
  /// Kept whole, so that a change can be read; of the large ones the digest.
  private static let whole = ["accounts.csv", "summary.json", "lists/sales-ready.csv"]

  @Test("comes out as it did: accounts, summary and sales-ready leads, and every file's digest")
  func golden() throws {
    let scratch = try ScratchBook()
    let definition = try loadDefinition("\(Self.package)/pipelines/b2b.yaml")
    let asOf = try #require(eventTime("2026-11-01T00:00:00Z"))
    let report = try run(
      RunPlan(
        Log(of: scratch.book, root: "\(Self.package)/sample-data/log", jobs: 2), definition,
        asOf: asOf))

    var found: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: report.snapshot).sorted()
    where path.hasSuffix(".csv") || path == "summary.json" {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(report.snapshot)/\(path)")))
      if Self.whole.contains(path) { found[path] = bytes }
      found["SHA256SUMS", default: []] += Array("\(SHA256Hasher.hex(of: bytes))  \(path)\n".utf8)
    }

    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      for (path, bytes) in found {
        let url = URL(fileURLWithPath: "\(Self.expected)/\(path)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
      }
      Issue.record("recorded into sample-data/expected: look at the difference, then commit it")
      return
    }
    for (path, bytes) in found {
      let wanted = try Data(contentsOf: URL(fileURLWithPath: "\(Self.expected)/\(path)"))
      #expect(bytes == Array(wanted), "\(path) differs from sample-data/expected")
    }
  }
}
