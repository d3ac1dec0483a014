import Files
import Foundation

/// The chain of a log as it stands on disk.
package struct Chain: Sendable, Equatable {
  package private(set) var entries: [ChainEntry] = []
  /// How many bytes the whole lines have; what follows them was cut by a crash and never confirmed.
  private(set) var wholeByteCount = 0
  package private(set) var hasTornEnd = false
  private var sense = ChainSense()

  /// The head of the last entry.
  package var head: String { entries.last?.head ?? ChainEntry.headBeforeAll }

  /// Reads the chain of the log at `root`; a log without one has an empty chain.
  ///
  /// - Throws: `FileError` where a line is not an entry or does not follow from the one before it.
  package init(log root: String) throws {
    let file = try ChainFile(log: root)
    var sense = ChainSense()
    try file.forEachLine { line, number, _ in
      let entry = try Self.entry(line, after: head, at: number)
      if let words = sense.fault(in: entry.record) { throw Self.broken(number, words) }
      entries.append(entry)
    }
    guard file.endsAsWritten else {
      throw Self.broken(entries.count + 1, "no beginning of an entry, and no line")
    }
    wholeByteCount = file.wholeByteCount
    hasTornEnd = file.tornByteCount > 0
    self.sense = sense
  }

  /// Returns what the chain will be once an entry is written, whose line has so many bytes.
  ///
  /// - Throws: `FileError` where no reader would take the entry.
  func extended(by entry: ChainEntry, lineByteCount: Int) throws -> Chain {
    var chain = self
    if let words = chain.sense.fault(in: entry.record) {
      throw FileError(
        .damaged, path: entry.path, message: "cannot be entered in the chain: \(words)")
    }
    guard wholeByteCount + lineByteCount <= ChainFile.byteCountMax else {
      throw FileError(
        .beyondLimit, path: chainFileName,
        message: "has no room for another entry; at most \(ChainFile.byteCountMax) bytes are read")
    }
    chain.entries.append(entry)
    chain.wholeByteCount += lineByteCount
    chain.hasTornEnd = false
    return chain
  }

  private static func entry(
    _ line: UnsafeRawBufferPointer, after head: String, at number: Int
  ) throws -> ChainEntry {
    guard let entry = try? JSONDecoder().decode(ChainEntry.self, from: Data(line)),
      entry.line.utf8.dropLast().elementsEqual(line)
    else { throw broken(number, "not an entry of the chain") }
    guard entry.linked(to: head) == entry else {
      throw broken(number, "its head does not follow from the line before it")
    }
    return entry
  }

  private static func broken(_ number: Int, _ message: String) -> FileError {
    FileError(
      .damaged, path: chainFileName, message: "line \(number): \(message)",
      hint: "what is in the chain is never changed: restore the file from a backup")
  }
}
