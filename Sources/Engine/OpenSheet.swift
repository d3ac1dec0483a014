import EventLog
import Foundation
import Reading

/// Maps a sheet's file; nil where there is none or anything about it is wrong.
func openSheetFile(_ path: String) -> Sheet? {
  // Not waiting: a pipe in the place of a sheet would hold this up for ever.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  return mapSheet(descriptor)
}

/// Maps an open sheet's file; nil where anything about it is wrong.
func mapSheet(_ descriptor: Int32) -> Sheet? {
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
  else { return nil }
  let count = Int(status.st_size)
  // Filled in at once: every byte is about to be checked.
  let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE | populate, descriptor, 0)
  guard let memory, memory != MAP_FAILED else { return nil }
  return Sheet.open(UnsafeRawBufferPointer(start: memory, count: count)) { file in
    munmap(UnsafeMutableRawPointer(mutating: file.baseAddress), file.count)
  }
}

#if canImport(Glibc)
  private let populate = MAP_POPULATE
#else
  private let populate: Int32 = 0
#endif
