import Definition
import EventLog
import Files
import Foundation
import Intake

/// Loads a definition from a file.
///
/// - Throws: `DefinitionFaults` with every mistake in it; `RunError` where there is no such file.
package func loadDefinition(_ path: String) throws -> Definition {
  guard let status = try fileStatus(path) else {
    throw RunError(
      .noInput, "\(path): no such definition",
      hint: "is the path right? `scorebook init DIR` makes a book with one")
  }
  if status.kind == .folder { throw RunError(.noInput, "\(path): a folder") }
  // What a shell puts in the place of a command is a pipe below /dev; any other would wait for somebody to write.
  if status.kind == .other, !path.hasPrefix("/dev/") {
    throw RunError(.noInput, "\(path): not a regular file")
  }
  // One byte more than may be, because a device or a pipe could have no end.
  let bytes = try beginning(ofInput: path, atMost: Definition.byteCountMax + 1)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw RunError(.badData, "\(path): not UTF-8", hint: "save the definition as UTF-8")
  }
  return try Definition.load(text: text, file: path)
}
