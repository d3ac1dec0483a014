import Engine
import Files
import Foundation

/// Makes a book where there is none; returns false, and changes nothing, where there is one.
package func makeBook(_ book: Book) throws -> Bool {
  if try exists(book.definition) { return false }
  try book.makeRoot()
  try book.makeFolder(book.log)
  try AtomicFile.write(Array(exampleDefinition.utf8), to: book.definition)
  return true
}
