import Foundation

/// Brings files to the disk while others are written: a sync waits, and needs no processor.
///
/// A disk brings many files to rest in the time of one, so several threads wait at once. Nobody waits for
/// them here: a file remembers what failed, and fails again when its snapshot is published.
final class FileSealing: @unchecked Sendable {
  private let condition = NSCondition()
  private var files: [SnapshotFile] = []
  private var threadCount = 0

  private static let threadCountMax = 16
  /// Files wait open, and a process can have only so many of them.
  private static let waitingMax = 32

  /// Takes a file to which nothing more is written.
  func take(_ file: SnapshotFile) {
    condition.withLock {
      while files.count >= FileSealing.waitingMax { condition.wait() }
      files.append(file)
      guard threadCount < FileSealing.threadCountMax else { return }
      threadCount += 1
      // Threads of their own: those of the workers' priority are as many as there are processors.
      Thread.detachNewThread { [self] in
        while let file = next() { try? file.seal() }
      }
    }
  }

  private func next() -> SnapshotFile? {
    condition.withLock {
      guard let file = files.popLast() else {
        threadCount -= 1
        return nil
      }
      condition.signal()
      return file
    }
  }
}
