import Foundation
import Reading

/// The pages of sheets that are mapped from files, for whoever goes through them part by part and is to hold few at a
/// time.
package struct SheetPages: Sendable {
  private let sheets: [Sheet]

  package init(_ sheets: [Sheet]) {
    self.sheets = sheets.filter(\.isMapped)
    for sheet in self.sheets { SheetPages.fence(sheet.memory) }
  }

  /// Lets go of all of them; what is touched again comes again, from the file, which was checked.
  package func letGo() {
    for sheet in sheets { SheetPages.letGo(sheet.memory) }
  }

  private static func letGo(_ file: UnsafeRawBufferPointer) {
    madvise(UnsafeMutableRawPointer(mutating: file.baseAddress), file.count, MADV_DONTNEED)
  }

  /// Keeps a touch from bringing more than what is near.
  ///
  /// Linux (6.18) maps the whole folio that a page is in, which may have two megabytes, if it lies in one mapping. Every
  /// other piece is left out of core dumps, which has no other effect than that its neighbours are mappings of their own.
  private static func fence(_ file: UnsafeRawBufferPointer) {
    #if canImport(Glibc)
      guard let start = UnsafeMutableRawPointer(mutating: file.baseAddress) else { return }
      for offset in stride(from: 0, to: file.count, by: 2 * fenceByteCount) {
        // Where it cannot be, more memory is held, and nothing else.
        madvise(start + offset, min(fenceByteCount, file.count - offset), MADV_DONTDUMP)
      }
    #endif
  }

  /// Less than a large folio, and so much that a book of a hundred gigabytes has no more pieces than Linux allows.
  private static let fenceByteCount = 512 << 10
}
