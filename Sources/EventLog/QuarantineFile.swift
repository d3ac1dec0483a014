import Files
import Foundation
import Notation

/// Refused lines set aside, a JSON object each: where the line stood, why it was refused, and the line.
///
///     {"file":"a.ndjson","line":3,"reason":"json","bytes":11,"text":"{\"id\":\"x\","}
///
/// `bytes` is the length of the whole line; an overlong one is kept by its head alone. A line that is not
/// UTF-8, or of which JSON would escape too much, stands in `base64` instead of `text`. The file appears when it
/// is committed, whole.
package final class QuarantineFile {
  private let file: AtomicFile
  private var pending: [UInt8] = []
  /// How many lines have been set aside.
  package private(set) var lineCount = 0

  package init(to path: String) throws {
    file = try AtomicFile(to: path)
  }

  /// Sets a line aside.
  ///
  /// - Parameters:
  ///   - line: its bytes, or the head of them, with or without the line feed.
  ///   - byteCount: how long the whole line is where `line` is only its head.
  ///   - source: the file it stood in.
  ///   - number: its number there, from 1.
  ///   - reason: why it was refused.
  /// - Throws: `FileError` where the disk does not take it.
  package func add(
    line: UnsafeRawBufferPointer, byteCount: Int? = nil, source: String, number: Int, reason: String
  ) throws {
    appendQuarantined(
      line: line, byteCount: byteCount, source: source, number: number, reason: reason, to: &pending
    )
    lineCount += 1
    // Written in pieces of 1 MiB, a guess: refusing a whole wrong file must not hold it in memory.
    if pending.count >= 1 << 20 { try flush() }
  }

  /// Makes the file appear, durably.
  package func commit() throws {
    try flush()
    try file.commit()
  }

  private func flush() throws {
    try file.write(pending)
    pending.removeAll(keepingCapacity: true)
  }
}

/// Whether a line is kept as text: UTF-8 that does not grow more than base64 would by what JSON has escaped, as a line
/// of zeros does six times over.
private func isText(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
  let controlCount = bytes.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  return controlCount * 5 <= bytes.count / 3 && String(validating: bytes, as: UTF8.self) != nil
}

/// Appends a refused line as it stands in quarantine.
func appendQuarantined(
  line: UnsafeRawBufferPointer, byteCount: Int?, source: String, number: Int, element: Int? = nil,
  reason: String, to text: inout [UInt8]
) {
  let bytes = line.last == UInt8(ascii: "\n") ? line.dropLast() : line[...]
  text.append(contentsOf: "{\"file\":\(jsonString(source)),\"line\":\(number)".utf8)
  if let element { text.append(contentsOf: ",\"element\":\(element)".utf8) }
  text.append(contentsOf: ",\"reason\":\(jsonString(reason))".utf8)
  text.append(contentsOf: ",\"bytes\":\(byteCount ?? bytes.count)".utf8)
  if isText(bytes) {
    text.append(contentsOf: ",\"text\":".utf8)
    appendJSONString(bytes, to: &text)
  } else {
    text.append(contentsOf: ",\"base64\":\"\(Data(bytes).base64EncodedString())\"".utf8)
  }
  text.append(contentsOf: "}\n".utf8)
}
