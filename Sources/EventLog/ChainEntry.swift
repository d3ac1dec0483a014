import Files
import Foundation
import Notation

/// The name, at the log's root, of the list of appended segments.
package let chainFileName = "chain.ndjson"

/// One line of the chain: a segment that was appended, or that took the place of others, and all that came
/// before it.
///
/// A line has these members, in this order, and no space between them; a span that is empty has `null` for
/// `first` and `last`, and what stands in brackets is there only where segments were replaced:
///
///     {"number":7,"path":"000007.ndjson.gz","bytes":1817,"events":42,"first":"2026-11-01T08:00:00.000Z",
///      "last":"2026-11-01T19:30:12.250Z","appended":"2026-11-02T02:00:00.000Z","sha256":"…"
///      [,"replaces":["…"],"because":"compact","parts":[{"bytes":900,"lines":20,"events":20,"appended":"…"}]]
///      ,"head":"…"}
///
/// `head` is the SHA-256, in lowercase hexadecimal digits, of this text: the previous line's `head`, or 64
/// zeros before the first line, followed at once by this line as it would be without its last member,
/// that is with a `}` in its place, and without the line feed. So a head vouches for every byte of
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
  /// When the entry was made; of an appended segment, what `--known-at` compares with.
  package let appended: String
  /// The SHA-256 of the segment's file.
  package let sha256: String
  /// The paths of the segments whose place this one takes.
  package let replaces: [String]?
  package let because: Reason?
  /// What remains of each segment that was once appended, in order.
  package let parts: [Part]?
  package private(set) var head: String

  /// Why a segment takes the place of others.
  package enum Reason: String, Sendable, Codable {
    /// Small ones became one; the events are the same.
    case compact
    /// The events of a lead are gone.
    case erase
  }

  /// Whole members of a segment's file that were appended at one time.
  package struct Part: Sendable, Equatable, Codable {
    /// How many bytes of the file they are; the end marker behind the last part is not counted.
    package var bytes: Int
    package var lines: Int
    package var events: Int
    /// When they were appended: what `--known-at` compares with.
    package var appended: String

    package init(bytes: Int, lines: Int, events: Int, appended: String) {
      self.bytes = bytes
      self.lines = lines
      self.events = events
      self.appended = appended
    }
  }

  /// What was appended at one time each, in the order of the file.
  package var appendedParts: [Part] {
    parts ?? [
      Part(
        bytes: bytes - BlockGzipWriter.endMarker.count, lines: events, events: events,
        appended: appended)
    ]
  }

  /// The head before the first line.
  package static let headBeforeAll = String(repeating: "0", count: 64)

  /// Returns this entry with the head it has behind `previousHead`.
  func linked(to previousHead: String) -> ChainEntry {
    var entry = self
    entry.head = SHA256Hasher.hex(of: previousHead + lineWithoutHead)
    return entry
  }
}

extension ChainEntry {
  /// An appended segment.
  init(number: Int, path: String, written: WrittenFile, span: EventSpan, appended: Int64) {
    self.init(
      number: number, path: path, written: written, events: span.eventCount,
      first: span.first.map(timeText), last: span.last.map(timeText), appended: appended)
  }

  init(
    number: Int, path: String, written: WrittenFile, events: Int, first: String?, last: String?,
    appended: Int64, replaces: [String]? = nil, because: Reason? = nil, parts: [Part]? = nil
  ) {
    self.number = number
    self.path = path
    bytes = written.byteCount
    self.events = events
    self.first = first
    self.last = last
    self.appended = timeText(milliseconds: appended)
    sha256 = written.sha256
    self.replaces = replaces
    self.because = because
    self.parts = parts
    head = ""
  }

  /// Returns the line without its head, the text that is hashed behind the previous head.
  var lineWithoutHead: String {
    var line =
      "{\"number\":\(number),\"path\":\(jsonString(path)),\"bytes\":\(bytes),\"events\":\(events)"
      + ",\"first\":\(first.map(jsonString) ?? "null"),\"last\":\(last.map(jsonString) ?? "null")"
      + ",\"appended\":\(jsonString(appended)),\"sha256\":\(jsonString(sha256))"
    if let replaces {
      line += ",\"replaces\":[" + replaces.map(jsonString).joined(separator: ",") + "]"
    }
    if let because { line += ",\"because\":\(jsonString(because.rawValue))" }
    if let parts { line += ",\"parts\":[" + parts.map(\.text).joined(separator: ",") + "]" }
    return line + "}"
  }

  /// Returns the line as it stands in the chain, line feed included.
  var line: String {
    lineWithoutHead.dropLast() + ",\"head\":\(jsonString(head))}\n"
  }
}

extension ChainEntry.Part {
  fileprivate var text: String {
    "{\"bytes\":\(bytes),\"lines\":\(lines),\"events\":\(events)"
      + ",\"appended\":\(jsonString(appended))}"
  }
}

/// What a finished file came to.
struct WrittenFile {
  var byteCount: Int
  var sha256: String
}
