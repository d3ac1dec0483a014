import Foundation
import Reading
import Workers

/// Maps a sheet's file; nil where there is none or anything about it is wrong.
///
/// `jobs`: how many workers check its events.
package func openSheetFile(_ path: String, events: Sheet.EventCheck = .now, jobs: Int = 1) -> Sheet?
{
  // Not waiting: a pipe in the place of a sheet would hold this up for ever.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  return mapSheet(descriptor, events: events, jobs: jobs)
}

/// Maps an open sheet's file; nil where anything about it is wrong.
func mapSheet(_ descriptor: Int32, events: Sheet.EventCheck = .now, jobs: Int = 1) -> Sheet? {
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
  else { return nil }
  let count = Int(status.st_size)
  let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
  guard let memory, memory != MAP_FAILED else { return nil }
  let file = UnsafeRawBufferPointer(start: memory, count: count)
  let sheet = Sheet.open(file, events: .later) {
    munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
  }
  guard let sheet, events == .now else { return sheet }
  let blocks = sheet.blocks
  let checksums = Slots<UInt64>(blocks.count)
  // Interrupted, nothing is confirmed, and whoever is next to look is told.
  try? parallel(blocks.count, jobs: jobs) { block in
    populate(blocks.bytes(of: block))
    checksums[block] = blocks.checksum(of: block)
  }
  return sheet.confirm(checksums.elements) ? sheet : nil
}

/// Fills in all pages at once: every byte is about to be read.
private func populate(_ bytes: UnsafeRawBufferPointer) {
  #if canImport(Glibc)
    guard let start = bytes.baseAddress else { return }
    let offset = Int(bitPattern: start) % Int(getpagesize())
    // Where the kernel cannot, pages come one by one.
    madvise(
      UnsafeMutableRawPointer(mutating: start - offset), bytes.count + offset, MADV_POPULATE_READ)
  #endif
}
