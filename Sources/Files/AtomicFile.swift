import Foundation

/// A file that appears whole or not at all.
///
/// The bytes go to a file beside it whose name begins with a dot. `commit` syncs that file, renames it into
/// place and syncs the folder: when it returns, the bytes survive power loss. Without a commit nothing
/// is left behind, but by a killed process; that goes when the same file is written next.
package final class AtomicFile {
  /// The path that appears.
  package let path: String
  private let temporaryPath: String
  private let disk: Disk
  private var descriptor: Int32
  private let claim: Claim
  private var byteCount = 0

  /// Opens the file beside `path`; a file that stands at `path` is replaced at `commit`.
  package init(to path: String) throws {
    self.path = path
    let disk = Disk.current
    self.disk = disk
    let folder = folderPath(of: path)
    let target = path.split(separator: "/").last ?? "file"
    // Whether there is a folder at all is told when the file is made.
    try? removeLeftovers(in: folder) { AtomicFile.target(ofTemporary: $0) == target }
    var serial = 0
    while true {
      let candidate = "\(folder)/.\(target).\(getpid())-\(serial)\(temporarySuffix)"
      serial += 1
      let opened = retryingOnInterrupt {
        disk.open(candidate, O_WRONLY | O_CREAT | O_EXCL, 0o644)
      }
      if opened >= 0 {
        guard let claim = Claim(opened) else {
          _ = disk.close(opened)
          continue
        }
        self.claim = claim
        descriptor = opened
        temporaryPath = candidate
        return
      }
      guard errno == EEXIST else {
        throw FileError.system(.cannotCreate, path: path, action: "create")
      }
    }
  }

  deinit {
    abandon()
  }

  /// Adds bytes at the end.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    precondition(descriptor >= 0, "a committed file takes no more bytes")
    try disk.writeAll(bytes, to: descriptor, path: path)
    byteCount += bytes.count
  }

  /// Adds bytes at the end.
  package func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  /// Lets every user read the file, whatever this process lets others see of what it makes.
  package func letAllRead() {
    precondition(descriptor >= 0, "a committed file is as it is")
    _ = fchmod(descriptor, 0o644)
  }

  /// Makes the file appear, durably.
  package func commit() throws {
    // Until it has its name: between closing and renaming it looks like what a killed process left.
    defer { claim.release() }
    try seal()
    guard disk.rename(temporaryPath, path) == 0 else {
      let error = FileError.system(.cannotCreate, path: path, action: "rename into place")
      _ = disk.unlink(temporaryPath)
      throw error
    }
    try disk.syncFolder(folderPath(of: path))
  }

  /// Brings all bytes to the disk and closes the file; it still has its name with a dot.
  private func seal() throws {
    try checkLength(descriptor, byteCount, path: path)
    try disk.syncFile(descriptor, path: path)
    let closing = descriptor
    descriptor = -1
    // Not retried: after an interrupted close the descriptor is gone, and may be another's by now.
    guard disk.close(closing) == 0 else {
      let error = failure("close")
      _ = disk.unlink(temporaryPath)
      throw error
    }
  }

  /// Gives up: nothing appears and nothing stays.
  package func abandon() {
    defer { claim.release() }
    guard descriptor >= 0 else { return }
    _ = disk.close(descriptor)
    descriptor = -1
    _ = disk.unlink(temporaryPath)
  }

  private func failure(_ action: String) -> FileError {
    .system(.io, path: path, action: action)
  }
}

extension AtomicFile {
  /// Writes a whole file at once.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try AtomicFile(to: path)
    try file.write(bytes)
    try file.commit()
  }

  /// The name of the file that a temporary one was to become; nil if a name is not one of ours.
  package static func target(ofTemporary name: String) -> Substring? {
    guard name.hasPrefix("."), name.hasSuffix(temporarySuffix) else { return nil }
    let body = name.dropFirst().dropLast(temporarySuffix.count)
    guard let dot = body.lastIndex(of: ".") else { return nil }
    let numbers = body[dot...].dropFirst().split(separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2 && numbers.allSatisfy(isNumber) ? body[..<dot] : nil
  }
}

private let temporarySuffix = ".tmp"
