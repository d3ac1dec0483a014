import Foundation
import Notation

/// What stopped work on the log: one fault of one file, in words for whoever runs the program.
package struct FileError: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable, Equatable {
    /// There is nothing to read at the path.
    case noInput
    /// The file's bytes are not what they should be.
    case damaged
    /// The file is more than a limit allows.
    case beyondLimit
    /// A file or folder cannot be created.
    case cannotCreate
    /// The system refused to read or write.
    case io
    /// Another living process writes to the book.
    case locked
    /// Another file has taken the place of the one that was listed.
    case changed
  }

  package let kind: Kind
  package let path: String
  /// What is wrong, in lowercase, without the path.
  package let message: String
  /// What to do about it.
  package let hint: String?

  package init(_ kind: Kind, path: String, message: String, hint: String? = nil) {
    self.kind = kind
    self.path = path
    self.message = message
    self.hint = hint
  }

  package var description: String { "\(visibleText(path)): \(visibleText(message))" }

  /// The exit code of a process that stops for this reason, after `sysexits.h`.
  package var exitCode: Int32 {
    switch kind {
    case .noInput: 66
    case .damaged, .beyondLimit: 65
    case .cannotCreate: 73
    case .io, .changed: 74
    case .locked: 75
    }
  }
}

extension FileError {
  /// Returns the fault of a system call that has just failed, named by the system's own words.
  package static func system(
    _ kind: Kind, path: String, action: String, code: Int32 = errno, hint: String? = nil
  ) -> FileError {
    FileError(
      kind, path: path, message: "cannot \(action): \(systemMessage(code))", hint: hint)
  }

  /// Returns the fault of an `open` that has just failed: absent input is told from unreadable.
  package static func cannotOpen(_ path: String, shown: String, code: Int32 = errno) -> FileError {
    system(
      code == ENOENT || code == ENOTDIR ? .noInput : .io, path: shown, action: "open", code: code)
  }

  private static func systemMessage(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
