import Definition
import Engine
import Files
import Foundation

/// What a book's cache holds.
package struct CacheReport: Encodable, Sendable {
  package var sheets = 0
  package var bytes = 0
  /// How many reading halves of definitions have sheets.
  package var halves = 0

  /// - Throws: `FileError` where the cache cannot be looked at.
  package init(of book: Book) throws {
    let folder = CacheFolder(book.cache)
    for half in try folder.halves() {
      halves += 1
      for name in try folder.files(ofHalf: half) {
        // What a run has tidied away meanwhile is not there.
        guard let status = try fileStatus("\(book.cache)/\(half)/\(name)") else { continue }
        sheets += 1
        bytes += status.byteCount
      }
    }
  }
}

/// Deletes a book's cache; the next run reads everything again.
///
/// - Throws: `FileError` where something of it cannot be removed.
package func clearCache(of book: Book) throws {
  guard try fileStatus(book.cache, followingLinks: false) != nil else { return }
  let lock = try book.lock(waitMax: 0)
  defer { lock.release() }
  try CacheFolder(book.cache).clear()
}
