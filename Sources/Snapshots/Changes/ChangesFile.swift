import EventLog
import Foundation
import Notation
import Workers

/// The columns of `changes.csv`.
package let changesHeader = ["kind", "key", "account", "what", "change", "before", "after"]

/// `changes.csv`, written in parts side by side: each reaches the file once those before it have.
final class ChangesFile: @unchecked Sendable {
  private let file: SnapshotFile
  private let condition = NSCondition()
  /// The part that may write.
  private var turn = 0
  /// The first of the parts that failed.
  private var failedPart = Int.max

  init(_ file: SnapshotFile) throws {
    self.file = file
    try write(Array((csvLine(changesHeader) + "\n").utf8))
  }

  /// Waits until all parts before one are written, and writes.
  ///
  /// - Throws: `CancellationError` where one of them failed; `Interrupted`.
  fileprivate func write(_ text: [UInt8], ofPart part: Int) throws {
    try condition.withLock {
      while turn < part, failedPart > part {
        // Of a part that an interruption kept from beginning nobody would hear.
        try Interruption.check()
        _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1))
      }
      if turn < part { throw CancellationError() }
    }
    try write(text)
  }

  private func write(_ text: [UInt8]) throws { try text.withUnsafeBytes { try file.write($0) } }

  fileprivate func end() {
    condition.withLock {
      turn += 1
      condition.broadcast()
    }
  }

  /// Lets go of those that wait for a part that will not be written; those before it are not concerned.
  func fail(part: Int) {
    condition.withLock {
      failedPart = min(failedPart, part)
      condition.broadcast()
    }
  }

  func finish() throws -> (byteCount: Int, sha256: String) { try file.finish() }
}

/// Writes the rows of one part, gathering them so that few writes reach the file.
final class ChangesPart {
  private let file: ChangesFile
  private let part: Int
  private var text: [UInt8] = []
  private(set) var rowCount = 0

  /// The first part waits for nobody; others gather while they would.
  private static let gatheredByteCount = (first: 1 << 18, others: 8 << 20)

  init(_ file: ChangesFile, part: Int) {
    self.file = file
    self.part = part
  }

  func row(
    _ kind: String, _ key: UnsafeBufferPointer<UInt8>, account: [UInt8], _ what: String,
    _ change: String, _ before: String, _ after: String
  ) throws {
    appendText(kind)
    text.append(UInt8(ascii: ","))
    if needsCSVQuotes(key) {
      text.append(contentsOf: csvField(Array(key)))
    } else {
      text.append(contentsOf: key)
    }
    text.append(UInt8(ascii: ","))
    text.append(contentsOf: csvField(account))
    // Names and numbers need no quotes.
    for field in [what, change, before, after] {
      text.append(UInt8(ascii: ","))
      appendText(field)
    }
    text.append(UInt8(ascii: "\n"))
    rowCount += 1
    let gathered = ChangesPart.gatheredByteCount
    if text.count >= (part == 0 ? gathered.first : gathered.others) { try flush() }
  }

  func finish() throws {
    try flush()
    file.end()
  }

  private func appendText(_ field: String) { text.append(contentsOf: field.utf8) }

  private func flush() throws {
    try file.write(text, ofPart: part)
    text.removeAll(keepingCapacity: true)
  }
}
