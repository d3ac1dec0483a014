import Foundation

/// The name, at the log's root, of the list of appended segments.
package let chainFileName = "chain.ndjson"

/// One line of the chain: a segment that was appended, and all that came before it.
///
/// A line has exactly these members, in this order, and no space between them; a span that is empty has
/// `null` for `first` and `last`:
///
///     {"number":7,"path":"000007.ndjson.gz","bytes":1817,"events":42,"first":"2026-11-01T08:00:00.000Z",
///      "last":"2026-11-01T19:30:12.250Z","appended":"2026-11-02T02:00:00.000Z","sha256":"…","head":"…"}
///
/// `head` is the SHA-256, in lowercase hexadecimal digits, of this text: the previous line's `head`, or 64
/// zeros before the first line, followed at once by this line as it would be without its last member,
/// that is with `"sha256":"…"}` at its end, and without the line feed. So a head vouches for every byte of
/// every segment up to its own.
package struct ChainEntry: Sendable, Equatable, Codable {
  package let number: Int
  /// The segment's path below the log's root.
  package let path: String
  /// How many bytes the segment's file has.
  package let bytes: Int
  package let events: Int
  /// The time of the earliest event.
  package let first: String?
  /// The time of the latest event.
  package let last: String?
  /// When the segment was appended: what `--known-at` compares with.
  package let appended: String
  /// The SHA-256 of the segment's file.
  package let sha256: String
  package let head: String

  /// The head before the first line.
  package static let headBeforeAll = String(repeating: "0", count: 64)

  /// Returns the line without its head, the text that is hashed behind the previous head.
  var lineWithoutHead: String {
    "{\"number\":\(number),\"path\":\(jsonString(path)),\"bytes\":\(bytes),\"events\":\(events)"
      + ",\"first\":\(first.map(jsonString) ?? "null"),\"last\":\(last.map(jsonString) ?? "null")"
      + ",\"appended\":\(jsonString(appended)),\"sha256\":\(jsonString(sha256))}"
  }

  /// Returns the line as it stands in the chain, line feed included.
  var line: String {
    lineWithoutHead.dropLast() + ",\"head\":\(jsonString(head))}\n"
  }

  /// Returns this entry with the head it has behind `previousHead`.
  func linked(to previousHead: String) -> ChainEntry {
    ChainEntry(
      number: number, path: path, bytes: bytes, events: events, first: first, last: last,
      appended: appended, sha256: sha256, head: SHA256Hasher.hex(of: previousHead + lineWithoutHead)
    )
  }
}
