import Files
import Foundation
import Synchronization

/// A disk on which one system call fails, or none works any more from some call on.
package final class FaultyDisk: Sendable {
  package enum Fault: Sendable, CustomStringConvertible {
    /// One call fails with this error; all others work.
    case once(Int32)
    /// From one call on nothing reaches the disk, as when the process has been killed before it.
    case killed
    /// The same, but half of what that call was to write is there.
    case killedWriting
    /// One call takes half of what it is to write, and says that it took all.
    case lying

    package var description: String {
      switch self {
      case .once(let code): "one call fails: \(String(cString: strerror(code)))"
      case .killed: "killed before a call"
      case .killedWriting: "killed within a write"
      case .lying: "one write says that it took more than it did"
      }
    }
  }

  /// A disk on which everything works, and syncing takes no time.
  package static let quick = FaultyDisk(at: 0).disk

  /// Does something once for each fault at each system call that it makes: half a write only where one is.
  package static func forEachFault(
    _ fault: Fault, calls: [String], _ body: (FaultyDisk, _ after: String) throws -> Void
  ) rethrows {
    for (index, call) in calls.enumerated() {
      switch fault {
      case .killedWriting, .lying: if !call.hasPrefix("write") { continue }
      case .once, .killed: break
      }
      try body(FaultyDisk(fault, at: index + 1), "at \(call), the call \(index + 1)")
    }
  }

  package static let faults: [Fault] = [.once(EIO), .killed, .killedWriting, .lying]

  private let fault: Fault
  private let place: Int
  private let calls = Mutex<[String]>([])

  /// `place`: the number of the call that fails, from 1; 0 for none.
  package init(_ fault: Fault = .killed, at place: Int) {
    self.fault = fault
    self.place = place
  }

  /// What was called, each with the last part of the path it was about.
  package var trace: [String] { calls.withLock { $0 } }

  /// Counts a call; returns whether it fails.
  private func fails(_ call: String) -> Bool {
    let count = calls.withLock {
      $0.append(call)
      return $0.count
    }
    guard place > 0, count >= place else { return false }
    switch fault {
    case .once(let code):
      errno = code
      return count == place
    case .killed, .killedWriting:
      errno = EIO
      return true
    case .lying:
      return count == place
    }
  }

  private func name(_ descriptor: Int32) -> String {
    let link = "/proc/self/fd/\(descriptor)"
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? "?"
    return (path as NSString).lastPathComponent
  }

  package var disk: Disk {
    let system = Disk.system
    return Disk(
      open: { path, flags, mode in
        self.fails("open \((path as NSString).lastPathComponent)")
          ? -1 : system.open(path, flags, mode)
      },
      write: { descriptor, bytes in
        guard self.fails("write \(self.name(descriptor))") else {
          return system.write(descriptor, bytes)
        }
        let half = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)])
        switch self.fault {
        case .once, .killed: break
        case .killedWriting:
          if self.trace.count == self.place { _ = system.write(descriptor, half) }
        case .lying:
          _ = system.write(descriptor, half)
          return bytes.count
        }
        errno = EIO
        return -1
      },
      // Not really: no test cuts the power, and thousands of syncs would take minutes.
      sync: { self.fails("sync \(self.name($0))") ? -1 : 0 },
      truncate: { self.fails("truncate \(self.name($0))") ? -1 : system.truncate($0, $1) },
      // A dead process has no descriptors either.
      close: {
        let fails = self.fails("close \(self.name($0))")
        let code = system.close($0)
        if fails { errno = EIO }
        return fails ? -1 : code
      },
      rename: {
        self.fails("rename \(($1 as NSString).lastPathComponent)") ? -1 : system.rename($0, $1)
      },
      unlink: {
        self.fails("unlink \(($0 as NSString).lastPathComponent)") ? -1 : system.unlink($0)
      },
      makeFolder: {
        self.fails("make \(($0 as NSString).lastPathComponent)") ? -1 : system.makeFolder($0)
      })
  }
}
