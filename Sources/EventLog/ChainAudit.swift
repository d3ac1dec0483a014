import Files
import Foundation

/// The chain of a log as it is found, with every fault in it.
///
/// Where `Chain` stops at the first fault, this goes on: what can still be told of the segments is told.
package struct ChainAudit: Sendable {
  /// What a line of the chain says, if it follows from the one before: else nothing vouches for it.
  package struct Record: Sendable, Decodable {
    package let number: Int
    package let path: String
    package let bytes: Int
    package let events: Int
    package let sha256: String
    package let head: String
    /// The paths of the segments whose place this one takes.
    package let replaces: [String]?
  }

  package struct Fault: Sendable, Equatable {
    /// The line of the chain, from 1, and the byte at which it begins.
    package let line: Int
    package let byte: Int
    package let message: String
  }

  package private(set) var records: [Record] = []
  package private(set) var faults: [Fault] = []
  /// Whether the log has a chain at all.
  package private(set) var isPresent = false
  /// How many bytes behind the last whole line a crash has left.
  package private(set) var tornByteCount = 0
  /// The heads of all lines that follow from those before them, in order.
  package private(set) var heads: [String] = []
  private var byteCount = 0
  /// What the next line may follow from: the head that the last line states, and the one it should.
  private var precedents = [ChainEntry.headBeforeAll]

  /// The head of the last line that follows from those before it.
  package var head: String { heads.last ?? ChainEntry.headBeforeAll }

  /// What is known of a chain that cannot be read.
  package static let none = ChainAudit()

  private init() {}

  /// Reads the chain of the log at `root`.
  ///
  /// - Throws: `FileError` where it cannot be read, or is no regular file.
  package init(log root: String) throws {
    let file = "\(root)/\(chainFileName)"
    var status = stat()
    guard lstat(file, &status) == 0 else { return }
    isPresent = true
    // Opened and closed: what is no regular file could hold up its reader for ever.
    _ = try RegularFile(file, path: chainFileName)
    let segment = Segment(path: chainFileName, file: file, byteCount: 0)
    try readLines(of: segment) { batch in
      guard !batch.isOverlong else {
        faults.append(
          Fault(line: batch.firstLine, byte: byteCount, message: "longer than a line may be"))
        byteCount += batch.byteCount + 1
        return
      }
      var number = batch.firstLine
      let lines = batch.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for line in lines.dropLast() {
        take(Array(line), number)
        byteCount += line.count + 1
        number += 1
      }
      // Only the end of the file can lack its line feed.
      tornByteCount = lines.last?.count ?? 0
    }
  }

  private mutating func take(_ line: [UInt8], _ number: Int) {
    func fault(_ message: String) -> Fault {
      Fault(line: number, byte: byteCount, message: message)
    }
    guard let record = try? JSONDecoder().decode(Record.self, from: Data(line)),
      let bare = ChainAudit.withoutHead(line, record.head)
    else {
      faults.append(fault("not an entry of the chain"))
      return
    }
    let heads = precedents.map { SHA256Hasher.hex(of: Array($0.utf8) + bare) }
    if heads.contains(record.head) {
      self.heads.append(record.head)
      precedents = [record.head]
      if let words = wordsForNonsense(in: record) {
        faults.append(fault(words))
      } else {
        records.append(record)
      }
    } else {
      faults.append(
        fault(
          "its head does not follow from the line before it: a line was changed, taken out or moved"
        ))
      precedents = [record.head] + heads.prefix(1)
    }
  }

  /// What is wrong with what an entry says, though its head is right.
  private func wordsForNonsense(in record: Record) -> String? {
    if record.bytes < 0 || record.events < 0 { return "a negative length or count" }
    if !isInside(record.path) || !(record.replaces ?? []).allSatisfy(isInside) {
      return "'\(record.path)' is no path below the log"
    }
    if let last = records.last, record.number <= last.number {
      return "number \(record.number) follows number \(last.number)"
    }
    return nil
  }

  /// Returns the text that is hashed behind the previous head: the line as it was before its head.
  private static func withoutHead(_ line: [UInt8], _ head: String) -> [UInt8]? {
    let tail = Array(",\"head\":\"\(head)\"}".utf8)
    guard head.utf8.count == 64, line.suffix(tail.count).elementsEqual(tail) else { return nil }
    return line.dropLast(tail.count) + [UInt8(ascii: "}")]
  }
}

/// Whether a path stays below the folder it is taken from.
package func isInside(_ path: String) -> Bool {
  !path.isEmpty && !path.utf8.contains(0)
    && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0 != "." && $0 != ".."
    }
}
