import Definition
import EventLog
import Foundation
import Reading

/// Loads a definition from a file.
///
/// - Throws: `DefinitionFaults` with every mistake in it; `RunError` where there is no such file.
package func loadDefinition(_ path: String) throws -> Definition {
  guard let bytes = FileManager.default.contents(atPath: path) else {
    throw RunError(
      .noInput, "\(path): no such definition",
      hint: "name one with -p FILE, or make one with: scorebook init DIR")
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw RunError(.badData, "\(path): not UTF-8", hint: "save the definition as UTF-8")
  }
  return try Definition.load(text: text, file: path)
}

/// Returns the milliseconds of an RFC 3339 time, or nil where it is none.
package func parseTime(_ text: String) -> Milliseconds? {
  var bytes = Array(text.utf8)
  let count = bytes.count
  bytes += [UInt8](repeating: 0, count: 16)
  return bytes.withUnsafeBufferPointer { eventTime($0.baseAddress.unsafelyUnwrapped, count) }
}

/// Makes a book where there is none; returns false, and changes nothing, where there is one.
package func makeBook(_ book: Book) throws -> Bool {
  if FileManager.default.fileExists(atPath: book.definition) { return false }
  try book.makeFolder(book.log)
  try AtomicFile.write(Array(exampleDefinition.utf8), to: book.definition)
  return true
}
