import Files
import Foundation

/// The chain of a log as it stands on disk.
package struct Chain: Sendable, Equatable {
  package private(set) var entries: [ChainEntry] = []
  /// How many bytes the whole lines have; what follows them was cut by a crash and never confirmed.
  private(set) var wholeByteCount = 0
  package private(set) var hasTornEnd = false

  /// The head of the last entry.
  package var head: String { entries.last?.head ?? ChainEntry.headBeforeAll }

  /// Reads the chain of the log at `root`; a log without one has an empty chain.
  ///
  /// - Throws: `FileError` where a line is not an entry or does not follow from the one before it.
  package init(log root: String) throws {
    let file = "\(root)/\(chainFileName)"
    guard access(file, F_OK) == 0 else { return }
    let segment = Segment(path: chainFileName, file: file, byteCount: 0)
    try readLines(of: segment) { batch in
      var number = batch.firstLine
      let lines = batch.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for line in lines.dropLast() {
        guard !batch.isOverlong else { break }
        entries.append(try Self.entry(line, after: head, at: number))
        wholeByteCount += line.count + 1
        number += 1
      }
      // Only the end of the file can lack its line feed.
      hasTornEnd = lines.last?.isEmpty == false
      if batch.isOverlong { throw Self.broken(number, "longer than a line may be") }
    }
  }

  /// Takes note of an entry that has been written.
  mutating func note(_ entry: ChainEntry, lineByteCount: Int) {
    entries.append(entry)
    wholeByteCount += lineByteCount
    hasTornEnd = false
  }

  private static func entry(
    _ line: Slice<UnsafeRawBufferPointer>, after head: String, at number: Int
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
