import Definition
import Foundation
import Reading
import Synchronization

/// The sheets of one segment on their way into the cache, in files without a lasting name: they are
/// named by the segment's digest, which is known only once all of it has been read.
///
/// A sheet that is written is used from its file at once, so that it takes no memory besides.
package final class SheetDrafts: Sendable {
  private let folder: String?
  private let files = Mutex<[ObjectIdentifier: String]>([:])

  /// `folder`: nil where no sheet is to be written.
  init(folder: String?) { self.folder = folder }

  deinit {
    for file in files.withLock({ $0.values }) { unlink(file) }
  }

  /// Writes a sheet's bytes and maps them; nil where they cannot be written.
  ///
  /// They are not synced: after a power cut the checksum tells.
  func place(_ region: UnsafeRawBufferPointer) -> Sheet? {
    guard let (file, descriptor) = openNew() else { return nil }
    defer { close(descriptor) }
    let isWritten =
      writeWhole(region, to: descriptor)
      && SheetEnding(of: region).words.withUnsafeBytes { writeWhole($0, to: descriptor) }
    guard isWritten, let sheet = mapSheet(descriptor) else {
      unlink(file)
      return nil
    }
    files.withLock { $0[ObjectIdentifier(sheet)] = file }
    return sheet
  }

  /// Makes a sheet in its file, whose bytes are all 0 at first; nil where there is no room for it.
  func place(
    byteCount: Int, jobs: Int, _ write: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws -> Sheet? {
    guard let (file, descriptor) = openNew() else { return nil }
    defer { close(descriptor) }
    var sheet: Sheet?
    defer { if sheet == nil { unlink(file) } }
    let fileByteCount = byteCount + SheetEnding.byteCount(behind: byteCount)
    // Room is taken first: a mapped file that finds the disk full kills the process.
    guard posix_fallocate(descriptor, 0, off_t(fileByteCount)) == 0,
      let memory = mmap(
        nil, fileByteCount, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      memory != MAP_FAILED
    else { return nil }
    do {
      defer { munmap(memory, fileByteCount) }
      let region = UnsafeMutableRawBufferPointer(start: memory, count: byteCount)
      try write(region)
      SheetEnding(of: UnsafeRawBufferPointer(region)).words.withUnsafeBytes {
        (memory + byteCount).copyMemory(from: $0.baseAddress.unsafelyUnwrapped, byteCount: $0.count)
      }
    }
    sheet = mapSheet(descriptor, jobs: jobs)
    if let sheet { files.withLock { $0[ObjectIdentifier(sheet)] = file } }
    return sheet
  }

  /// Gives a sheet's file its name; returns whether it has it.
  package func name(_ sheet: Sheet, _ path: String) -> Bool {
    guard let file = files.withLock({ $0.removeValue(forKey: ObjectIdentifier(sheet)) }) else {
      return false
    }
    if rename(file, path) == 0 { return true }
    unlink(file)
    return false
  }

  /// Opens a file that was not there before; nil where none can be made.
  private func openNew() -> (file: String, descriptor: Int32)? {
    guard let folder else { return nil }
    while true {
      let file = "\(folder)/\(getpid())-\(SheetDrafts.nextNumber()).draft"
      let descriptor = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor >= 0 { return (file, descriptor) }
      if errno != EEXIST { return nil }
    }
  }

  private static let lastNumber = Atomic<Int>(0)

  private static func nextNumber() -> Int {
    lastNumber.wrappingAdd(1, ordering: .relaxed).newValue
  }
}

extension SheetDrafts? {
  /// Where sheets are placed; nowhere in particular without drafts.
  var placing: (UnsafeRawBufferPointer) -> Sheet? {
    { region in self.flatMap { $0.place(region) } }
  }
}

private func writeWhole(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var rest = bytes
  while rest.count > 0 {
    let written = write(descriptor, rest.baseAddress, rest.count)
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { return false }
    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
  }
  return true
}
