import Engine
import Files
import Foundation
import Notation

/// What a monitor wants to know of a book, in a file for the textfile collector of Prometheus'
/// node_exporter.
///
/// Runs and appends of a book write the same file: each its own metrics, and those of the other as they
/// stand there. Whatever fails has nothing new to tell of what it was to come to: that is carried over,
/// because it is still true.
package struct MetricsFile: Sendable {
  private let path: String
  /// The label that all metrics of the book begin with.
  let bookLabel: String
  private let start = DispatchTime.now().uptimeNanoseconds

  /// Begins to count the time.
  package init(_ path: String, of book: Book) {
    self.path = path
    bookLabel = pathLabel("book", book.root)
  }

  /// How long the work has taken, and how it ended, if it ended now.
  func ending(exitCode: Int32) -> WorkEnding {
    WorkEnding(
      exitCode: exitCode, seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9,
      time: currentMilliseconds())
  }

  /// Does the work and writes its metrics, however it ends.
  ///
  /// `work`: hands out what it came to, even if it then fails.
  ///
  /// - Throws: What the work throws, else `FileError` where the file cannot be written.
  func around<Outcome>(
    _ notify: Notify, _ work: (inout Outcome?) throws -> Void,
    write: (WorkEnding, Outcome?) throws -> Void
  ) throws {
    var outcome: Outcome?
    do {
      try work(&outcome)
    } catch {
      do {
        try write(ending(exitCode: Failure(error).code), outcome)
      } catch let unwritten {
        // It must not hide what went wrong first.
        notify(.warning("\(unwritten)", hint: nil))
      }
      throw error
    }
    try write(ending(exitCode: 0), outcome)
  }

  /// Writes the file anew, so that it appears whole.
  ///
  /// `others`: metrics of the book that are left as they are.
  ///
  /// - Throws: `FileError` where it cannot be written.
  func write(_ metrics: [Metric], labels: String, leaving others: [Metric]) throws {
    let turn = FolderTurn((path as NSString).deletingLastPathComponent)
    defer { turn.end() }
    let bytes = try wholeFile(path, atMost: 1 << 24) ?? []
    let old = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
    let text =
      metrics.map { $0.text(labels: labels, old: old) }
      + others.map { $0.text(labels: bookLabel, old: old) }
    let file = try AtomicFile(to: path)
    // The collector is another user, whatever this one lets others see of the book.
    file.letAllRead()
    try file.write(Array(text.joined().utf8))
    try file.commit()
  }
}

/// How a run or an append ended.
struct WorkEnding {
  var exitCode: Int32
  var seconds: Double
  var time: Milliseconds
}

extension Metric {
  /// When a command ended, how, and how long it took; carried over where it is not known.
  static func ofLast(_ command: String, _ ending: WorkEnding?) -> [Metric] {
    [
      Metric(
        "last_\(command)_timestamp_seconds", "When the last \(command) ended.",
        ending.map { unixSeconds($0.time) }),
      Metric(
        "last_\(command)_exit_code", "Exit code of the last \(command).",
        ending.map { "\($0.exitCode)" }),
      Metric(
        "last_\(command)_duration_seconds", "How long the last \(command) took.",
        ending.map { roundedDecimal($0.seconds, places: 3) }),
    ]
  }
}

func unixSeconds(_ time: Milliseconds) -> String {
  shortestDecimal(Double(time) / 1000)
}

/// Returns a label whose value is a path, escaped where the text format does not take it as it is.
func pathLabel(_ name: String, _ path: String) -> String {
  let value = URL(fileURLWithPath: path).standardized.path
    .replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    .replacingOccurrences(of: "\n", with: "\\n")
  return "\(name)=\"\(value)\""
}

/// Keeps two of us from changing files of one folder at a time, where the file system has locks.
private struct FolderTurn {
  private let descriptor: Int32

  /// Waits for its turn, which takes no longer than a small file is written.
  init(_ folder: String) {
    descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { flock(descriptor, LOCK_EX) }
  }

  func end() {
    if descriptor >= 0 { close(descriptor) }
  }
}
