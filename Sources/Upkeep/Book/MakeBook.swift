import Engine
import Files
import Foundation

/// Makes a book where there is none; returns false, and changes nothing, where there is one.
package func makeBook(_ book: Book) throws -> Bool {
  if FileManager.default.fileExists(atPath: book.definition) { return false }
  try book.makeFolder(book.log)
  try AtomicFile.write(Array(exampleDefinition.utf8), to: book.definition)
  return true
}
