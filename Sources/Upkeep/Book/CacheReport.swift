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

  package init(of book: Book) {
    let files = FileManager.default
    for half in (try? files.contentsOfDirectory(atPath: book.cache)) ?? []
    where half != "index.json" {
      halves += 1
      for name in (try? files.contentsOfDirectory(atPath: "\(book.cache)/\(half)")) ?? [] {
        sheets += 1
        let attributes = try? files.attributesOfItem(atPath: "\(book.cache)/\(half)/\(name)")
        bytes += (attributes?[.size] as? Int) ?? 0
      }
    }
  }
}

/// Deletes a book's cache; the next run reads everything again.
package func clearCache(of book: Book) throws {
  guard FileManager.default.fileExists(atPath: book.cache) else { return }
  let lock = try book.lock(waitMax: 0)
  defer { lock.release() }
  do {
    try FileManager.default.removeItem(atPath: book.cache)
  } catch {
    throw FileError(.cannotCreate, path: book.cache, message: "cannot delete the cache")
  }
}
