import Foundation
import Reading
import Workers

/// Maps a sheet's file; nil where there is none or anything about it is wrong.
///
/// `plan`: the reading half it should be of; nil where that is not known, and the sheet only looked at.
///
/// `jobs`: how many workers check its events.
///
/// `keepsPages`: whether what was checked stays in memory, because it will be used at once.
package func openSheetFile(
  _ path: String, of plan: ReadingPlan? = nil, events: Sheet.EventCheck = .now, jobs: Int = 1,
  keepsPages: Bool = true
) -> Sheet? {
  // Not waiting: a pipe in the place of a sheet would hold this up for ever.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  let sheet = mapSheet(descriptor, of: plan, events: events, jobs: jobs)
  if let sheet, !keepsPages { SheetPages([sheet]).letGo() }
  return sheet
}

/// Maps an open sheet's file; nil where anything about it is wrong.
func mapSheet(
  _ descriptor: Int32, of plan: ReadingPlan? = nil, events: Sheet.EventCheck = .now, jobs: Int = 1
) -> Sheet? {
  guard let file = mapSheetFile(descriptor),
    let sheet = Sheet.open(file, of: plan, events: .later, release: unmapSheetFile)
  else { return nil }
  sheet.isMapped = true
  if events == .later { return sheet }
  let isSound = sheet.confirm(of: plan, events, willRead: populate) { count, check in
    let areSound = Slots<Bool>(count)
    // Interrupted, nothing is confirmed, and whoever is next to look is told.
    try? parallel(count, jobs: jobs) { areSound[$0] = check($0) }
    return areSound.elements.count == count && areSound.elements.allSatisfy { $0 }
  }
  return isSound ? sheet : nil
}

/// Maps an open file as it is; nil where it is none that can be a sheet's.
func mapSheetFile(_ descriptor: Int32) -> UnsafeRawBufferPointer? {
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
  else { return nil }
  let count = Int(status.st_size)
  let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
  guard let memory, memory != MAP_FAILED else { return nil }
  return UnsafeRawBufferPointer(start: memory, count: count)
}

@Sendable func unmapSheetFile(_ file: UnsafeRawBufferPointer) {
  munmap(UnsafeMutableRawPointer(mutating: file.baseAddress), file.count)
}

/// Fills in all pages at once: every byte is about to be read.
@Sendable private func populate(_ bytes: UnsafeRawBufferPointer) {
  #if canImport(Glibc)
    guard let start = bytes.baseAddress else { return }
    let offset = Int(bitPattern: start) % Int(getpagesize())
    // Where the kernel cannot, pages come one by one.
    madvise(
      UnsafeMutableRawPointer(mutating: start - offset), bytes.count + offset, MADV_POPULATE_READ)
  #endif
}
