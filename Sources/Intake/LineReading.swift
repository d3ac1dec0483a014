/// What a line of somebody else's format came to.
package enum LineReading: Sendable, Equatable {
  /// The line told of these events: lines of the log, each without its line feed.
  case events([[UInt8]])
  /// The line is whole but tells nothing about a lead, for this reason.
  case skipped(String)
  /// The line is not of its format, for this reason.
  case refused(String)
}

/// Turns the lines of one file into event lines, one by one and in order.
///
/// A reader may remember lines of its file, so a file has a reader of its own. The same file always gives
/// the same events with the same ids: to append it twice changes nothing.
package protocol LineReader {
  /// Reads a line; a line feed or carriage return at its end is passed over.
  mutating func read(_ line: UnsafeRawBufferPointer) -> LineReading
  /// Returns whether a line tells by itself that nothing of it is missing.
  func isWhole(_ line: UnsafeRawBufferPointer) -> Bool
}

extension LineReader {
  package func isWhole(_ line: UnsafeRawBufferPointer) -> Bool { false }
}

/// Events that are in the log's own format already; whether they are valid is for the log to say.
package struct NativeEvents: LineReader {
  package init() {}

  package func read(_ line: UnsafeRawBufferPointer) -> LineReading {
    let text = withoutLineEnd(line)
    guard text.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return .skipped("blank") }
    return .events([Array(text)])
  }

  package func isWhole(_ line: UnsafeRawBufferPointer) -> Bool {
    (try? JSONParser.object(line)) != nil
  }
}

/// Returns the line without the line feed and the carriage return at its end.
func withoutLineEnd(_ line: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
  var text = line[...]
  if text.last == 0x0A { text = text.dropLast() }
  if text.last == 0x0D { text = text.dropLast() }
  return text
}
