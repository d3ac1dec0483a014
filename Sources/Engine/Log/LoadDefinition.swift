import Definition
import Foundation
import Intake

/// Loads a definition from a file.
///
/// - Throws: `DefinitionFaults` with every mistake in it; `RunError` where there is no such file.
package func loadDefinition(_ path: String) throws -> Definition {
  var isFolder: ObjCBool = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
    throw RunError(
      .noInput, "\(path): no such definition",
      hint: "is the path right? `scorebook init DIR` makes a book with one")
  }
  // One byte more than may be, because a device or a pipe could have no end.
  guard !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path),
    let bytes = try? file.read(upToCount: Definition.byteCountMax + 1)
  else {
    throw RunError(.noInput, "\(path): \(isFolder.boolValue ? "a folder" : "cannot be read")")
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw RunError(.badData, "\(path): not UTF-8", hint: "save the definition as UTF-8")
  }
  return try Definition.load(text: text, file: path)
}
