import Definition
import Engine
import Files
import Foundation

/// What a monitor wants to know of a run, for the textfile collector of Prometheus' node_exporter.
///
/// A run that fails has no results: what is told of them, and the time of the last success, are then
/// carried over from the file that is there, because they are still true of the snapshot that stands.
package struct RunMetrics: Sendable {
  private let path: String
  /// Tells several books, and several definitions of one, apart.
  private let labels: String
  private let start = DispatchTime.now().uptimeNanoseconds

  /// Begins to count the time.
  package init(path: String, book: Book, pipeline: String) {
    self.path = path
    labels = [("book", book.root), ("pipeline", pipeline)].map { name, value in
      "\(name)=\"\(labelValue(URL(fileURLWithPath: value).standardized.path))\""
    }.joined(separator: ",")
  }

  /// Does the work and writes its metrics, however it ends.
  ///
  /// `work`: hands out the report of what it published, even if it then fails.
  ///
  /// - Throws: What the work throws, else `FileError` where the file cannot be written.
  package func around(
    _ notify: Notify, _ work: (inout RunReport?) throws -> Void
  ) throws {
    var report: RunReport?
    do {
      try work(&report)
    } catch {
      do {
        try write(exitCode: Failure(error).code, report: report)
      } catch let unwritten {
        // It must not hide what went wrong first.
        notify(.warning("\(unwritten)", hint: nil))
      }
      throw error
    }
    try write(exitCode: 0, report: report)
  }

  /// Writes the file anew, so that it appears whole.
  ///
  /// `report`: nil if nothing was published.
  ///
  /// - Throws: `FileError` where it cannot be written.
  private func write(exitCode: Int32, report: RunReport?) throws {
    let old = FileManager.default.contents(atPath: path) ?? Data()
    let oldLines = String(decoding: old, as: UTF8.self).components(separatedBy: "\n")
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    let now = currentMilliseconds()
    let metrics =
      Metric.ofRun(exitCode: exitCode, seconds: seconds, now: now)
      + Metric.ofResults(report, now: now)
    let text = metrics.map { $0.text(labels: labels, old: oldLines) }.joined()
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}

/// Escapes what the text format does not take as it is.
private func labelValue(_ text: String) -> String {
  text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    .replacingOccurrences(of: "\n", with: "\\n")
}
